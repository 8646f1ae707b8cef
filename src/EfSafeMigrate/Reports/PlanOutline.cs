using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>What is said of a plan before anything is written, for every format alike.</summary>
/// <param name="Headline">One sentence.</param>
/// <param name="Undo">One sentence; followed by the losses, if there are any.</param>
/// <param name="Losses">What going back does not bring back, a sentence each.</param>
/// <param name="Notes">What else is to be known, a sentence each.</param>
internal sealed record PlanOutline(
    string Name, string Headline, IReadOnlyList<OutlinedMigration> Migrations, string Undo, IReadOnlyList<string> Losses, IReadOnlyList<string> Notes)
{
    public IReadOnlyList<PhaseKind> Phases => [.. Migrations.Select(migration => migration.Phase).Distinct()];

    /// <param name="judged">The plan's migrations as changes, judged, in order.</param>
    /// <param name="held">The contract is written later.</param>
    public static PlanOutline Of(Plan plan, IReadOnlyList<ReviewedMigration> judged, bool held)
    {
        List<OutlinedMigration> migrations = [];
        foreach (var (migration, reviewed) in plan.Migrations.Zip(judged))
        {
            var first = migrations.Count == 0 || migrations[^1].Phase != migration.Kind;
            migrations.Add(new(plan.Name + migration.Suffix, migration.Kind, migration.Summary.Count == 0 ? ["nothing in the database"] : migration.Summary,
                migration.Up.Any(step => step is Fill) ? "locks rows only" : Cost(reviewed))
            {
                First = first,
                Wait = first && migration.Kind == PhaseKind.Contract ? $"deploy the new release; wait until the old one is gone{(held ? "; then write the contract" : "")}" : null,
            });
        }
        string[] losses = [.. plan.Migrations.SelectMany(migration => migration.Loses.Select(loss => $"{migration.Suffix}: {loss}"))];
        return new(
            plan.Name, $"{plan.Migrations.Count} migrations; the release that runs now works until the contract.", migrations,
            losses.Length == 0 ? "every phase has a Down that loses nothing." : "every phase has a Down; data is lost only by", losses, plan.Notes);
    }

    public static int Number(PhaseKind phase) => (int)phase + 1;

    public static string Word(PhaseKind phase) => phase.ToString().ToLowerInvariant();

    /// <summary>The strongest lock on a table that is in use, and how long it lasts.</summary>
    public static string Cost(ReviewedMigration reviewed)
    {
        var strongest = reviewed.Situations
            .Where(situation => !situation.IsOnNewTable && situation.Impact.Blocks != Blocks.Nothing)
            .OrderByDescending(situation => situation.Impact.Lasting).ThenByDescending(situation => situation.Impact.Blocks)
            .FirstOrDefault();
        return strongest switch
        {
            null => reviewed.Situations.Any(situation => situation.Impact.Lasting) ? "nobody waits" : "no lock",
            { Impact.Lasting: false } => $"≤ {Say.Duration(strongest.Estimate.High ?? TimeSpan.FromMilliseconds(5))} lock",
            { Estimate: { Low: { } low, High: { } high } } => $"≈ {Say.Duration(Estimate.Middle(low, high))} lock",
            _ => "lock, size unknown",
        };
    }
}

/// <param name="Does">As clauses.</param>
/// <param name="Cost">What others notice.</param>
internal sealed record OutlinedMigration(string Name, PhaseKind Phase, IReadOnlyList<string> Does, string Cost)
{
    /// <summary>Of its phase.</summary>
    public bool First { get; init; }

    /// <summary>What has to happen before it; null when it follows at once.</summary>
    public string? Wait { get; init; }
}
