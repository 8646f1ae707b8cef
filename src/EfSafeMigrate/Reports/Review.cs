using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>What a review found, for every format alike.</summary>
internal sealed record Review
{
    public required string Project { get; init; }
    public required string Context { get; init; }
    public required string EfVersion { get; init; }
    public required string Provider { get; init; }
    public required string ProviderVersion { get; init; }
    public required Engine Engine { get; init; }
    public EngineBasis EngineBasis { get; init; }

    /// <summary>Engines behind the same provider, when nothing says which one it is.</summary>
    public IReadOnlyList<Engine> OtherEngines { get; init; } = [];
    public required FactSheet Facts { get; init; }
    public required IReadOnlyList<ReviewedMigration> Migrations { get; init; }

    /// <summary>Findings at or above it make the exit code 1; null for never.</summary>
    public required Severity? FailOn { get; init; }

    public IEnumerable<Finding> Findings => Migrations.SelectMany(migration => migration.Findings);

    public int Code => FailOn is { } threshold && Findings.Any(finding => !finding.IsAdvice && finding.Severity >= threshold) ? ExitCode.Findings : ExitCode.Clean;

    /// <param name="together">
    /// True when the migrations reach the database in one go, so that a table created by an earlier one is in nobody's use yet;
    /// false to judge each as if it were deployed by itself.
    /// </param>
    /// <param name="advice">True to hear the rules on design as well.</param>
    public static IReadOnlyList<ReviewedMigration> Judge(ChangeSet changes, bool together, Engine engine, FactSheet facts, bool advice = false) =>
        together ? Judge(changes.WithRulesOfEarlierSql(), engine, facts, advice)
        : [.. changes.WithRulesOfEarlierSql().Migrations.SelectMany(migration => Judge(new ChangeSet([migration]), engine, facts, advice))];

    private static ReviewedMigration[] Judge(ChangeSet set, Engine engine, FactSheet facts, bool advice)
    {
        var situations = RuleBook.Situations(set, engine, facts).ToLookup(situation => situation.Migration.Id);
        return [.. set.Migrations.Select(migration =>
            new ReviewedMigration(migration, [.. situations[migration.Id]], [.. situations[migration.Id].SelectMany(situation => RuleBook.Judge(situation, advice))]))];
    }
}

internal sealed record ReviewedMigration(MigrationChanges Migration, IReadOnlyList<Situation> Situations, IReadOnlyList<Finding> Findings)
{
    public Severity Severity => Findings.Count == 0 ? Severity.Safe : Findings.Max(finding => finding.Severity);
}
