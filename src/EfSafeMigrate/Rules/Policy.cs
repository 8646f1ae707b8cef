using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>What a team has decided of findings: how grave each rule is, and what is accepted.</summary>
internal sealed record Policy
{
    /// <summary>Rules about the waivers themselves and about what is not judged: nobody lowers these.</summary>
    public static readonly IReadOnlyList<string> Fixed = [Rule.IdOf(typeof(BadWaiverRule)), Rule.IdOf(typeof(RawSqlOpaqueRule))];

    public static readonly Policy None = new();

    /// <summary>The severity of every finding of a rule; null for one that is turned off.</summary>
    public IReadOnlyDictionary<string, Severity?> Severities { get; init; } = new Dictionary<string, Severity?>();

    public IReadOnlyList<StandingWaiver> Waivers { get; init; } = [];

    public NamingAgreement Naming { get; init; } = NamingAgreement.None;

    public DateOnly Today { get; init; }

    /// <summary>Ids of all migrations of the project, so that a waiver of one that is not under review does not count as unused.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>A rule on design is asked when somebody says how grave it is.</summary>
    public bool Asks(Rule rule, bool advice) => advice || !rule.OnRequest || Severities.GetValueOrDefault(rule.Id) is > Severity.Safe;

    /// <returns>Null for a finding that is turned off.</returns>
    public Finding? Over(Finding finding, MigrationChanges migration)
    {
        var judged = Severities.TryGetValue(finding.Rule, out var said)
            ? finding with { Severity = said ?? finding.Severity, Was = said == finding.Severity ? null : finding.Severity, IsAdvice = finding.IsAdvice && said is not > Severity.Safe }
            : finding;
        return Severities.ContainsKey(finding.Rule) && said is null ? null
            : judged.Waiver is null && Accepting(judged, migration) is { } standing ? judged with { Waiver = standing.Waiver }
            : judged;
    }

    /// <summary>Those whose day has passed, and those that nothing needed though all they speak of is under review.</summary>
    public IEnumerable<Change> Stale(IReadOnlyCollection<string> reviewed, IReadOnlyCollection<Waiver> used, bool advice)
    {
        foreach (var standing in Waivers)
        {
            if (standing.HasExpired(Today))
            {
                yield return new ExpiredWaiver(standing.Waiver);
            }
            else if (!used.Contains(standing.Waiver) && IsUnderReview(standing, reviewed) && CanBeUsed(standing.Waiver, advice))
            {
                yield return new UnusedWaiver(standing.Waiver);
            }
        }
    }

    /// <summary>True for a waiver that a finding could use: it names a rule that was asked, and says why.</summary>
    public bool CanBeUsed(Waiver waiver, bool advice) =>
        waiver is { Reason: not null, Stray: false } && RuleBook.Rules.FirstOrDefault(rule => rule.Id == waiver.Rule) is { } known
        && Asks(known, advice) && !(Severities.TryGetValue(known.Id, out var said) && said is null);

    private bool IsUnderReview(StandingWaiver standing, IReadOnlyCollection<string> reviewed)
    {
        var meant = Known.Where(id => standing.SpeaksOf(id, NameOf(id))).ToArray();
        return meant.Length > 0 && Array.TrueForAll(meant, reviewed.Contains);
    }

    private StandingWaiver? Accepting(Finding finding, MigrationChanges migration) => Waivers.FirstOrDefault(standing =>
        standing.Waiver.Rule == finding.Rule && !standing.HasExpired(Today) && standing.SpeaksOf(migration.Id, migration.Name) && standing.SpeaksOf(finding.Table, finding.Column));

    private static string NameOf(string id) => new MigrationChanges(id, DatabaseModel.Empty, []).Name;
}
