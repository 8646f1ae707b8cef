using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Documents;

/// <summary>How the migrations reach the database: one call of <c>apply</c> after another, each as far as the next contract.</summary>
internal sealed record Rollout(IReadOnlyList<RolloutRun> Runs)
{
    public bool IsPhased => Runs.Any(run => run.Plan is not null);

    public static Rollout Of(Dossier dossier)
    {
        List<List<PlannedUpdate>> groups = [];
        foreach (var migration in dossier.Migrations.Where(each => dossier.Database?.Applied.Contains(each.Migration.Id) != true).Select(each => PlannedUpdate.Of(each, dossier.Engine)))
        {
            if (groups.Count == 0 || groups[^1][0].IsContract != migration.IsContract || (migration.IsContract && PlanOf(groups[^1][0]) != PlanOf(migration)))
            {
                groups.Add([]);
            }
            groups[^1].Add(migration);
        }
        // Where there is one contract at the end, phases say how far a run goes; otherwise migrations do.
        var contracts = groups.Count(group => group[0].IsContract) + dossier.Held.Count;
        var isSimple = contracts <= 1 && groups.Count(group => !group[0].IsContract) <= 1 && (dossier.Held.Count == 0 || groups.Count <= 1) && (groups.Count == 0 || !groups[0][0].IsContract || groups.Count == 1);
        return new([.. groups.Select(group => Run(group, isSimple, dossier)), .. dossier.Held.Select(held => Run(held, isSimple))]);
    }

    private static string? PlanOf(PlannedUpdate migration) => migration.Judged.Migration.Phase?.Plan;

    private static RolloutRun Run(IReadOnlyList<PlannedUpdate> group, bool isSimple, Dossier dossier) => new(
        group, isSimple ? group[0].IsContract ? ["--until contract"] : [] : [$"--to {Word(group[^1].Id)}"])
    {
        Plan = group.Select(PlanOf).FirstOrDefault(plan => plan is not null),
        Hash = dossier.Database is { } database && dossier.AlsoPending.Count == 0
            ? UpdatePlan.HashOf(database.Target.Fingerprint, group.Select(migration => new ApprovedMigration(migration.Id, migration.Checksum))) : null,
    };

    private static RolloutRun Run(HeldContract held, bool isSimple) => new(
        [], isSimple ? ["--until contract"] : [$"--to {Word($"{held.Name}{held.Migrations[^1].Suffix}")}"])
    {
        Plan = held.Name, Held = held,
    };

    private static string Word(string name) => ShellWord.Of(name, windows: false);
}

/// <summary>One call of <c>apply</c>.</summary>
/// <param name="Migrations">In order; none for a contract that is written later.</param>
/// <param name="Reach">What says how far it goes.</param>
internal sealed record RolloutRun(IReadOnlyList<PlannedUpdate> Migrations, IReadOnlyList<string> Reach)
{
    /// <summary>The plan whose phases run; null where no migration is one.</summary>
    public string? Plan { get; init; }

    /// <summary>The contract that has to be written first; null for all others.</summary>
    public HeldContract? Held { get; init; }

    /// <summary>Of the plan, as <c>apply --plan-only</c> shows it on the database that was looked at; null where none was, or something else is pending too.</summary>
    public string? Hash { get; init; }

    public bool IsContract => Held is not null || Migrations[0].IsContract;

    public bool Destroys => Loses.Count > 0;

    /// <summary>Names of migrations that destroy data.</summary>
    public IReadOnlyList<string> Loses => Held is { } held
        ? [.. held.Migrations.Where(migration => Drops.Any(drop => migration.Up.Contains(drop, StringComparison.Ordinal))).Select(migration => $"{held.Name}{migration.Suffix}")]
        : [.. Migrations.Where(migration => migration.Destroys.Count > 0).Select(migration => migration.Name)];

    public bool Fills => Migrations.Any(migration => migration.Judged.Migration.Backfills.Count > 0);

    /// <summary>The phases it goes through, where migrations say them.</summary>
    public IReadOnlyList<PhaseKind> Phases => Held is not null ? [PhaseKind.Contract]
        : [.. Migrations.Where(migration => migration.Judged.Migration.Phase is not null).Select(migration => migration.Phase).Distinct()];

    /// <summary>As generated code and SQL say it.</summary>
    private static readonly string[] Drops = ["DropColumn(", "DropTable(", "DROP COLUMN ", "DROP TABLE "];

    /// <summary>Names in order, also of what is not written yet.</summary>
    public IReadOnlyList<string> Names => Held is { } held
        ? [.. held.Migrations.Select(migration => $"{held.Name}{migration.Suffix}")] : [.. Migrations.Select(migration => migration.Id)];

    public IEnumerable<Change> Changes => Migrations.SelectMany(migration => migration.Judged.Migration.Changes);
}
