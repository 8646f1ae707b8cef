using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Uses;

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

    /// <summary>The other tool that keeps the migrations; null for those of EF and for a text.</summary>
    public string? Tool { get; init; }

    /// <summary>What carries a text out; null for a project.</summary>
    public ScriptTransaction? Transaction { get; init; }
    public required Engine Engine { get; init; }
    public EngineBasis EngineBasis { get; init; }

    /// <summary>Engines behind the same provider, when nothing says which one it is.</summary>
    public IReadOnlyList<Engine> OtherEngines { get; init; } = [];
    public required FactSheet Facts { get; init; }

    /// <summary>Which migrations these are and why, when nobody named them; null where somebody did.</summary>
    public string? Chosen { get; init; }
    public required IReadOnlyList<ReviewedMigration> Migrations { get; init; }

    /// <summary>What accepted history keeps out of the report; null for a text.</summary>
    public Baselined? Baselined { get; init; }

    /// <summary>What in the code uses what the changes touch; null where nobody asked.</summary>
    public CodeUses? CodeUses { get; init; }

    /// <summary>What else is to be known, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Findings at or above it, or such as need a waiver, make the exit code 1; null for never.</summary>
    public required Severity? FailOn { get; init; }

    public IEnumerable<Finding> Findings => Migrations.SelectMany(migration => migration.Findings);

    /// <summary>Where its files stand.</summary>
    public ReviewedFolder Folder { get; init; } = ReviewedFolder.Here;

    public int Code => Findings.Any(Fails) ? ExitCode.Findings : ExitCode.Clean;

    /// <summary>The exit code comes of this finding.</summary>
    public bool Fails(Finding finding) => FailOn is { } threshold && finding.Counts && (finding.Severity >= threshold || finding.NeedsWaiver);

    /// <summary>Findings of rules that the settings turn off.</summary>
    public int TurnedOff => Migrations.Sum(migration => migration.TurnedOff);

    /// <param name="together">
    /// True when the migrations reach the database in one go, so that a table created by an earlier one is in nobody's use yet;
    /// false to judge each as if it were deployed by itself.
    /// </param>
    /// <param name="advice">True to hear the rules on design as well.</param>
    public static IReadOnlyList<ReviewedMigration> Judge(ChangeSet changes, bool together, Engine engine, FactSheet facts, bool advice = false, Policy? policy = null)
    {
        var (all, terms) = (changes.WithRulesOfEarlierSql(), policy ?? Policy.None);
        var judged = Once(together ? Judge(all, engine, facts, advice, terms) : all.Migrations.SelectMany(migration => Judge(new ChangeSet([migration]), engine, facts, advice, terms)));
        Waiver[] used = [.. judged.SelectMany(each => each.Findings).Select(finding => finding.Waiver).OfType<Waiver>()];
        Change[] stale = [.. terms.Stale([.. all.Migrations.Select(migration => migration.Id)], used, advice)];
        return stale.Length == 0 ? judged : [.. judged, .. Judge(new([new(SettingsFile.Name, DatabaseModel.Empty, stale)]), engine, facts, advice, terms)];
    }

    private static ReviewedMigration[] Once(IEnumerable<ReviewedMigration> reviewed)
    {
        var said = new HashSet<string>();
        return [.. reviewed.Select(each => each with { Findings = [.. each.Findings.Where(finding => !RuleBook.IsOfSession(finding) || said.Add(finding.Rule))] })];
    }

    private static ReviewedMigration[] Judge(ChangeSet set, Engine engine, FactSheet facts, bool advice, Policy policy)
    {
        var situations = RuleBook.Situations(set, engine, facts).ToLookup(situation => situation.Migration.Id);
        return
        [
            .. set.Migrations.Select(migration => ReviewedMigration.Of(
                migration, [.. situations[migration.Id]], advice, policy,
                unused => RuleBook.Situations(new([migration with { Changes = unused, Waivers = [] }]), engine, facts))),
        ];
    }
}

internal sealed record ReviewedMigration(MigrationChanges Migration, IReadOnlyList<Situation> Situations, IReadOnlyList<Finding> Findings)
{
    public Severity Severity => Findings.Where(finding => finding.Waiver is null).Select(finding => finding.Severity).DefaultIfEmpty().Max();

    /// <summary>Waivers of what no rule says here.</summary>
    public IReadOnlyList<Waiver> UnusedWaivers { get; init; } = [];

    /// <summary>Findings of rules that the settings turn off.</summary>
    public int TurnedOff { get; init; }

    /// <param name="place">The situations in which unused waivers are judged.</param>
    public static ReviewedMigration Of(
        MigrationChanges migration, IReadOnlyList<Situation> situations, bool advice, Policy policy, Func<IReadOnlyList<Change>, IEnumerable<Situation>> place)
    {
        var found = situations.SelectMany(situation => RuleBook.Judge(situation, advice, policy)).ToArray();
        Finding[] findings = [.. found.Select(finding => policy.Over(finding, migration)).OfType<Finding>()];
        Waiver[] unused =
        [
            .. migration.Changes.SelectMany(change => change.Waivers).Concat(migration.Waivers).Distinct()
                .Where(waiver => policy.CanBeUsed(waiver, advice))
                .Except(findings.Select(finding => finding.Waiver).OfType<Waiver>()),
        ];
        var said = place([.. unused.Select(waiver => new UnusedWaiver(waiver) { Origin = new(migration.Id, -1, "Waiver") { File = waiver.File, Line = waiver.Line } })])
            .SelectMany(situation => RuleBook.Judge(situation, advice, policy)).Select(finding => policy.Over(finding, migration)).OfType<Finding>();
        return new(migration, situations, [.. findings, .. unused.Length == 0 ? [] : said]) { UnusedWaivers = unused, TurnedOff = found.Length - findings.Length };
    }
}
