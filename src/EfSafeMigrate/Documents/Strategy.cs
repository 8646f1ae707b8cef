using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Documents;

internal enum StrategyKind { OneShot, Phased, BackwardCompatible }

/// <summary>How the change and the release that runs live together.</summary>
/// <param name="Because">One sentence, as Markdown.</param>
internal sealed record Strategy(StrategyKind Kind, string Because)
{
    public string Word => Kind switch
    {
        StrategyKind.OneShot => "one-shot",
        StrategyKind.Phased => "phased",
        _ => "backward compatible",
    };

    public static Strategy Of(Dossier dossier)
    {
        if (dossier.Held.Count > 0 || dossier.Migrations.Any(migration => migration.Migration.Phase is not null))
        {
            return new(StrategyKind.Phased, "Both releases work from the expansion to the contract; the contract takes away what only the old one needs, and waits until that is gone.");
        }
        var stops = dossier.Migrations.SelectMany(migration => migration.Findings)
            .Where(finding => finding is { Waiver: null, Category: Category.Incompatible or Category.Destructive, Severity: Severity.Dangerous }).ToArray();
        return stops.Length == 0
            ? new(StrategyKind.BackwardCompatible, "No finding says that the release that runs now would stop working; the new one is deployed behind the migrations.")
            : new(StrategyKind.OneShot, $"The release that runs now does not survive it ({Risk.Sources(stops)}): stop it first, and start the new one afterwards. {ToolCalls.Short("rewrite MIGRATION")} writes phases instead, where they are possible.");
    }
}

internal enum RiskLevel { Low, Medium, High }

/// <summary>How much can go wrong, by the findings alone.</summary>
/// <param name="Because">One sentence, as Markdown.</param>
internal sealed record Risk(RiskLevel Level, string Because)
{
    private const int Named = 4;

    public string Word => Level.ToString().ToLowerInvariant();

    public static Risk Of(Dossier dossier)
    {
        var grave = Standing(dossier, Severity.Dangerous, contract: false);
        var contracts = Standing(dossier, Severity.Dangerous, contract: true);
        var careful = dossier.Migrations.SelectMany(migration => migration.Findings).Where(finding => finding is { Waiver: null, IsAdvice: false, Severity: Severity.Careful }).ToArray();
        return grave.Count > 0 ? new(RiskLevel.High, $"Dangerous outside of a contract: {Sources(grave)}.")
            : contracts.Count > 0 ? new(RiskLevel.Medium, $"Dangerous only in a contract, which waits for evidence: {Sources(contracts)}.")
            : dossier.Held.Count > 0 ? new(RiskLevel.Medium, "A contract is held: what it takes away is not judged before it is written.")
            : careful.Length > 0 ? new(RiskLevel.Medium, $"To be watched: {Sources(careful)}.")
            : new(RiskLevel.Low, "No rule finds anything to worry about.");
    }

    /// <summary>Rules with the migrations in which they speak, as Markdown.</summary>
    public static string Sources(IReadOnlyList<Finding> findings) => Page.Some(
        [.. findings.Select(finding => $"{Markdown.Code(finding.Rule)} in {Markdown.Code(MigrationChanges.NameOf(finding.Origin.Migration))}").Distinct()], Named);

    private static List<Finding> Standing(Dossier dossier, Severity severity, bool contract) =>
        [.. dossier.Migrations.Where(migration => IsContract(migration) == contract).SelectMany(migration => migration.Findings).Where(finding => finding is { Waiver: null, IsAdvice: false } && finding.Severity == severity)];

    private static bool IsContract(ReviewedMigration migration) => Updates.Horizon.PhaseOf(migration.Migration) == Plans.PhaseKind.Contract;
}
