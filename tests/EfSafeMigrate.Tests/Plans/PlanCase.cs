using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>A model change, given as the schemas before and after, and how the plan for it comes about.</summary>
internal sealed record PlanCase(string Name, string Source, string Target)
{
    public static readonly Engine Engine = PostgresEngine.Value;

    /// <summary>The engine it is planned for.</summary>
    public Engine On { get; init; } = Engine;

    /// <summary>Columns EF takes for renamed.</summary>
    public IReadOnlyList<RenameColumn> Guessed { get; init; } = [];

    /// <summary>Tables that get another name.</summary>
    public IReadOnlyList<RenameTable> Tables { get; init; } = [];

    public Decisions Decisions { get; init; } = Decisions.None;

    public EngineVersion Version { get; init; } = new(15);

    /// <summary>Rows of the schema before, as SQL.</summary>
    public string Rows { get; init; } = "";

    /// <summary>Queries that answer the same before and after: what the change must not lose.</summary>
    public (string? Before, string? After) Kept { get; init; }

    public DatabaseModel Before => Read(Source);

    public DatabaseModel After => Read(Target);

    /// <summary>With tables under their new names, as the differ is told.</summary>
    private DatabaseModel Start => Tables.Aggregate(Before, Evolution.After);

    private SchemaDiffer Differ => new(On);

    private SqlDialect Dialect => SqlDialect.Of(On.Id);

    public MigrationChanges Pending
    {
        get
        {
            var renamed = Guessed.Aggregate(Start, Evolution.After);
            IReadOnlyList<ProposedOperation> operations = [.. Guessed.Select(Renamed), .. Diff(renamed, After)];
            List<Change> changes = [];
            var model = Start;
            foreach (var (operation, at) in operations.Select((operation, at) => (operation, at)))
            {
                var origin = new Origin(Origin.PendingModel, at, OperationReader.NameOf(operation.Operation));
                foreach (var change in ChangeReader.Carried(operation.Operation, operation.Commands, model, Dialect))
                {
                    changes.Add(change with { Origin = origin with { Emitted = change.Origin.Emitted } });
                    model = model.After(change);
                }
            }
            return new(Origin.PendingModel, Start, changes)
            {
                Commands = [.. operations.SelectMany((operation, at) => operation.Commands.Select(command => new Command(command.Sql, command.Suppressed, [at])))],
            };
        }
    }

    public Draft Propose() => Planner.Propose("Change", Pending, After, On, Version, Decided);

    /// <summary>EF's guesses are right unless the case decides otherwise.</summary>
    private Decisions Decided => (Decisions == Decisions.None ? new(Guessed, [], []) : Decisions) with { Tables = Tables };

    public Plan Plan()
    {
        var draft = Propose();
        draft.OneShot.ShouldBeNull();
        return draft.Bind(Stages(draft.Migrations.Select(migration => migration.Edits)));
    }

    /// <summary>The operations of one migration that does it all: EF's own, with renames as decided.</summary>
    public IReadOnlyList<ProposedOperation> Direct
    {
        get
        {
            IReadOnlyList<RenameColumn> renames =
            [
                .. Decisions.Renames,
                .. Guessed.Where(guess => !Decisions.Separate.Any(separate => separate.Column == guess.Name) && !Decisions.Renames.Any(rename => rename.Name == guess.Name)),
            ];
            return [.. Tables.Select(Differ.Rename), .. renames.Select(Renamed), .. Diff(renames.Aggregate(Start, Evolution.After), After)];
        }
    }

    public StagesResult Stages(IEnumerable<IReadOnlyList<ModelEdit>> stages)
    {
        var previous = Start;
        List<StageResult> results = [];
        foreach (var edits in stages)
        {
            var model = InterimSchema.Of(Start, After, edits);
            results.Add(new("", "", model) { Up = Diff(previous, model), Down = Diff(model, previous) });
            previous = model;
        }
        return new(results, Diff(previous, After).Count == 0);
    }

    /// <summary>What EF proposes between two schemas, where EF itself is asked; null for what is imitated here.</summary>
    public Func<DatabaseModel, DatabaseModel, IReadOnlyList<ProposedOperation>>? Proposed { get; init; }

    public override string ToString() => Name;

    public static RenameColumn Rename(string table, string old, string fresh) => new(new(null, table), old, fresh);

    private IReadOnlyList<ProposedOperation> Diff(DatabaseModel before, DatabaseModel after) => Proposed is { } ask ? ask(before, after) : [.. Differ.Diff(before, after).Select(Provided)];

    private ProposedOperation Renamed(RenameColumn rename) => Provided(Differ.Rename(rename));

    private ProposedOperation Provided(ProposedOperation operation) => On == Engine || Proposed is not null ? operation : On.Id == "sqlserver" ? SqlServerSql.Of(operation, On) : PomeloSql.Of(operation);

    private DatabaseModel Read(string sql) =>
        StatementReader.Read(sql, Dialect, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);
}
