using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Updates;

/// <summary>What a run will do to one database: the migrations, their commands, what each costs, and a hash that changes when any of it does.</summary>
internal sealed record UpdatePlan(Target Target, IReadOnlyList<PlannedUpdate> Migrations)
{
    /// <summary>Over the migrations, their commands and the database's identity; estimates are not part of it.</summary>
    public string Hash { get; } = HashOf(Target.Fingerprint, Migrations.Select(migration => new ApprovedMigration(migration.Id, migration.Checksum)));

    /// <summary>Pending after what this run applies, oldest first; not part of the hash, for they do not run.</summary>
    public IReadOnlyList<MigrationChanges> Later { get; init; } = [];

    /// <summary>Bytes needed beside what is there; null when a size is unknown.</summary>
    public long? Disk => UpdateEstimate.Of([.. Migrations.SelectMany(migration => migration.Judged.Situations)]).Disk;

    /// <summary>What it leads back to, the id of a migration or EF's word for nothing; null where migrations are applied.</summary>
    public string? DownTo => Migrations is [.., { Judged.Migration.DownTo: { } last }] ? last : null;

    public bool IsUndo => DownTo is not null;

    /// <summary>The command that goes on with it after it was stopped.</summary>
    public string Again => DownTo is { } id ? $"dotnet safe-migrate rollback {id}" : RunContext.Resume;

    public bool Destroys => Migrations.Any(migration => migration.Destroys.Count > 0);

    /// <summary>Neighbours of one phase together, in order.</summary>
    public IReadOnlyList<IReadOnlyList<PlannedUpdate>> Phases
    {
        get
        {
            List<List<PlannedUpdate>> phases = [];
            foreach (var migration in Migrations)
            {
                if (phases.Count == 0 || phases[^1][0].Phase != migration.Phase)
                {
                    phases.Add([]);
                }
                phases[^1].Add(migration);
            }
            return phases;
        }
    }

    public static string HashOf(string fingerprint, IEnumerable<ApprovedMigration> migrations) =>
        Digest.Of([fingerprint, .. migrations.SelectMany(migration => new[] { migration.Id, migration.Checksum })]);

    /// <param name="changes">The pending migrations with everything the provider will run.</param>
    /// <param name="together">False when others use what one has made before the next comes.</param>
    public static UpdatePlan Of(Target target, ChangeSet changes, Engine engine, FactSheet facts, bool together = true) =>
        new(target, [.. Review.Judge(changes.WithPartitions(facts), together, engine, facts).Select(migration => PlannedUpdate.Of(migration, engine))]);
}

/// <summary>The database a plan is for.</summary>
/// <param name="Server">Host and port, or the file's name.</param>
/// <param name="User">The database's user; empty where there are none.</param>
/// <param name="Fingerprint">The same for this database by whatever name it is reached, and another for its copy.</param>
internal sealed record Target(string Server, string Database, string User, string Fingerprint)
{
    public string? Environment { get; init; }
}

/// <summary>One migration that a run applies.</summary>
internal sealed record PlannedUpdate(ReviewedMigration Judged, IReadOnlyList<PlannedCommand> Commands)
{
    public string Id => Judged.Migration.Id;

    public string Name => Judged.Migration.Name;

    /// <param name="name">As a person types it: the id, or the name without its timestamp.</param>
    public bool IsNamed(string name) => string.Equals(Id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The phase it says it is; an ordinary migration is an expansion of its own.</summary>
    public PhaseKind Phase => Horizon.PhaseOf(Judged.Migration);

    /// <summary>The table in which EF records migrations; null when it was not asked.</summary>
    public TableName? HistoryTable { get; init; }

    /// <summary>Something in it runs outside a transaction: it is committed in parts.</summary>
    public bool InParts => Commands.Any(command => command.Suppressed);

    public bool IsContract => Phase == PhaseKind.Contract;

    /// <summary>It is undone.</summary>
    public bool IsUndo => Judged.Migration.DownTo is not null;

    /// <summary>What undoing it takes away, as it was counted; null where nobody counted.</summary>
    public IReadOnlyList<LostRows>? Losses { get; init; }

    /// <summary>Of the commands' texts, without the version that EF writes into its own table.</summary>
    public string Checksum { get; } = Judged.Migration.DownTo is null ? ChecksumOf(Judged.Migration.Commands) : Digest.Of("undo", ChecksumOf(Judged.Migration.Commands));

    public static string ChecksumOf(IEnumerable<Command> commands) => Digest.Of(commands.SelectMany(command => new[] { command.Sql, command.Suppressed ? "alone" : "together" }));

    /// <summary>What it destroys, a sentence for each: what a rule says of it, and drops that no rule minds because nobody uses the thing any more.</summary>
    public IReadOnlyList<string> Destroys
    {
        get
        {
            if (Losses is not null)
            {
                return [.. Losses.Where(loss => loss.Rows != 0).Select(loss => loss.Sentence)];
            }
            var said = Judged.Findings.Where(finding => finding is { Category: Category.Destructive, Severity: > Severity.Safe }).ToArray();
            var told = said.Select(finding => finding.Origin).ToHashSet();
            return [.. said.Select(finding => finding.Message), .. Judged.Situations.Where(situation => !told.Contains(situation.Change.Origin)).Select(Loss).OfType<string>()];
        }
    }

    private static string? Loss(Situation situation) => situation.IsOnNewTable ? null : situation.Change switch
    {
        DropTable { Table: var table } when situation.Before.Find(table)?.Kind is null or TableKind.Table or TableKind.Partitioned => $"{table} is dropped with its rows.",
        DropColumn { Table: var table, Name: var name } when !situation.IsNew(table, name) => $"{table}.{name} is dropped with its values.",
        Truncate { Table: var table } => $"{table} is emptied.",
        _ => null,
    };

    public static PlannedUpdate Of(ReviewedMigration judged, Engine engine) =>
        new(judged,
        [
            .. judged.Migration.Commands.Select(command => PlannedCommand.Of(command, judged, engine)),
            .. judged.Migration.History is { } history ? [new PlannedCommand(history, Suppressed: false, [], Waiting.Brief) { IsHistory = true }] : Array.Empty<PlannedCommand>(),
        ])
        {
            HistoryTable = StatementReader.Read(judged.Migration.History ?? "", SqlDialect.Of(engine.Id), DatabaseModel.Empty).Select(change => change.Target).FirstOrDefault(table => table is not null),
        };
}

/// <summary>One command as EF will send it.</summary>
/// <param name="Situations">The changes it makes.</param>
internal sealed record PlannedCommand(string Sql, bool Suppressed, IReadOnlyList<Situation> Situations, Waiting Waiting)
{
    /// <summary>EF's own record of the migration.</summary>
    public bool IsHistory { get; init; }

    /// <summary>A backfill of the tool's own: it goes on where it was stopped, and does nothing twice. Null for every other command.</summary>
    public BackfillSpec? Backfill { get; init; }

    /// <summary>How to find out whether a stopped run has done it already.</summary>
    public Leftover? Leftover { get; init; }

    public Blocks Blocks => Situations.Count == 0 ? Blocks.Nothing : Situations.Max(situation => situation.Impact.Blocks);

    /// <summary>The strongest lock, in the engine's words; null when none is known.</summary>
    public TableLock? Lock => Situations.SelectMany(situation => situation.Impact.Locks).OrderByDescending(taken => taken.Blocks).FirstOrDefault();

    public static PlannedCommand Of(Command command, ReviewedMigration judged, Engine engine)
    {
        var situations = judged.Situations.Where(situation => command.Operations.Contains(situation.Change.Origin.Operation)).ToArray();
        // What blocks nobody may wait; outside the transaction what is not understood is a build or a backfill, which must not be killed by a timeout.
        var patient = situations.Length > 0 && situations.All(situation => situation.Impact.IsModelled && situation.Impact.Blocks == Blocks.Nothing);
        return new(command.Sql, command.Suppressed, situations, patient || command.Suppressed ? Waiting.Patient : Waiting.Brief)
        {
            Backfill = command.Operations.Select(operation => judged.Migration.Backfills.GetValueOrDefault(operation)).FirstOrDefault(spec => spec is not null),
            Leftover = command.Suppressed && engine.HasUpdates && situations is [var only] ? engine.Updates.LeftBy?.Invoke(only.Change) : null,
        };
    }
}
