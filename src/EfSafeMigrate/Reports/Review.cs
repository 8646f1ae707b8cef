using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Reports;

/// <summary>What a review found, for every format alike.</summary>
internal sealed record Review
{
    /// <summary>The project, or the file that holds the text.</summary>
    public required string Project { get; init; }

    /// <summary>Null for a text, as are the three behind it.</summary>
    public string? Context { get; init; }
    public string? EfVersion { get; init; }
    public string? Provider { get; init; }
    public string? ProviderVersion { get; init; }

    /// <summary>What carries a text out; null for a project.</summary>
    public ScriptTransaction? Transaction { get; init; }
    public required Engine Engine { get; init; }
    public EngineBasis EngineBasis { get; init; }

    /// <summary>Engines behind the same provider, when nothing says which one it is.</summary>
    public IReadOnlyList<Engine> OtherEngines { get; init; } = [];
    public required FactSheet Facts { get; init; }

    /// <summary>Which migrations these are and why, when nobody named them; null where somebody did.</summary>
    public string? Chosen { get; init; }

    /// <summary>What this review does not tell, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
    public required IReadOnlyList<ReviewedMigration> Migrations { get; init; }

    /// <summary>Findings at or above it, or such as need a waiver, make the exit code 1; null for never.</summary>
    public required Severity? FailOn { get; init; }

    public IEnumerable<Finding> Findings => Migrations.SelectMany(migration => migration.Findings);

    public int Code => FailOn is { } threshold && Findings.Any(finding => finding.Counts && (finding.Severity >= threshold || finding.NeedsWaiver)) ? ExitCode.Findings : ExitCode.Clean;

    /// <param name="together">
    /// True when the migrations reach the database in one go, so that a table created by an earlier one is in nobody's use yet;
    /// false to judge each as if it were deployed by itself.
    /// </param>
    /// <param name="advice">True to hear the rules on design as well.</param>
    public static IReadOnlyList<ReviewedMigration> Judge(ChangeSet changes, bool together, Engine engine, FactSheet facts, bool advice = false) =>
        Once(together ? Judge(changes.WithRulesOfEarlierSql(), engine, facts, advice)
            : changes.WithRulesOfEarlierSql().Migrations.SelectMany(migration => Judge(new ChangeSet([migration]), engine, facts, advice)));

    private static ReviewedMigration[] Once(IEnumerable<ReviewedMigration> reviewed)
    {
        var said = new HashSet<string>();
        return [.. reviewed.Select(each => each with { Findings = [.. each.Findings.Where(finding => !RuleBook.IsOfSession(finding) || said.Add(finding.Rule))] })];
    }

    private static ReviewedMigration[] Judge(ChangeSet set, Engine engine, FactSheet facts, bool advice)
    {
        var situations = RuleBook.Situations(set, engine, facts).ToLookup(situation => situation.Migration.Id);
        return [.. set.Migrations.Select(migration => ReviewedMigration.Of(migration, [.. situations[migration.Id]], advice))];
    }
}

internal sealed record ReviewedMigration(MigrationChanges Migration, IReadOnlyList<Situation> Situations, IReadOnlyList<Finding> Findings)
{
    public Severity Severity => Findings.Where(finding => finding.Waiver is null).Select(finding => finding.Severity).DefaultIfEmpty().Max();

    /// <summary>Waivers of what no rule says here.</summary>
    public IReadOnlyList<Waiver> UnusedWaivers { get; init; } = [];

    public static ReviewedMigration Of(MigrationChanges migration, IReadOnlyList<Situation> situations, bool advice)
    {
        var findings = situations.SelectMany(situation => RuleBook.Judge(situation, advice)).ToArray();
        return new(migration, situations, findings)
        {
            UnusedWaivers =
            [
                .. migration.Changes.SelectMany(change => change.Waivers).Distinct()
                    .Where(waiver => RuleBook.CanBeUsed(waiver, advice))
                    .Except(findings.Select(finding => finding.Waiver).OfType<Waiver>()),
            ],
        };
    }
}
