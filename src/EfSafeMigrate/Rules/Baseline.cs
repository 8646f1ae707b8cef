namespace EfSafeMigrate.Rules;

/// <summary>History that a team accepts as it is: migrations, and what was found in them then.</summary>
/// <param name="Now">The fingerprint of a migration as it stands; null where its source is not here.</param>
internal sealed record Baseline(IReadOnlyList<AcceptedMigration> Migrations, Func<string, string?> Now)
{
    public static readonly Baseline None = new([], _ => null);

    private readonly Dictionary<string, AcceptedMigration> accepted = Migrations.ToDictionary(migration => migration.Id);
    private readonly Dictionary<string, bool> held = [];

    /// <summary>True for a migration that was accepted and has not changed since.</summary>
    public bool Holds(string migrationId)
    {
        if (!held.TryGetValue(migrationId, out var holds))
        {
            holds = held[migrationId] = accepted.TryGetValue(migrationId, out var known) && (Now(migrationId) is not { } now || known.Fingerprint is null || now == known.Fingerprint);
        }
        return holds;
    }

    public bool Accepts(Finding finding) =>
        Holds(finding.Origin.Migration) && accepted[finding.Origin.Migration].Findings.Contains(AcceptedFinding.Of(finding));

    /// <summary>With these in place of what was known of the same migrations, and without those that are gone.</summary>
    public IReadOnlyList<AcceptedMigration> With(IEnumerable<AcceptedMigration> reviewed, IReadOnlyCollection<string> existing)
    {
        var all = accepted.Values.Where(migration => existing.Contains(migration.Id)).ToDictionary(migration => migration.Id);
        foreach (var migration in reviewed)
        {
            all[migration.Id] = migration;
        }
        return [.. all.Values.OrderBy(migration => migration.Id, StringComparer.Ordinal)];
    }
}

/// <param name="Fingerprint">Of its source; null where that was not there.</param>
internal sealed record AcceptedMigration(string Id, string? Fingerprint, IReadOnlyList<AcceptedFinding> Findings)
{
    public static AcceptedMigration Of(string id, string? fingerprint, IEnumerable<Finding> findings) => new(
        id, fingerprint,
        [
            .. findings.Select(AcceptedFinding.Of).Distinct()
                .OrderBy(finding => finding.Rule, StringComparer.Ordinal).ThenBy(finding => finding.Table, StringComparer.Ordinal).ThenBy(finding => finding.Column, StringComparer.Ordinal),
        ]);
}

/// <summary>A finding without what moves when nothing has changed: lines, sizes, words.</summary>
internal sealed record AcceptedFinding(string Rule, string? Table, string? Column)
{
    public static AcceptedFinding Of(Finding finding) => new(finding.Rule, finding.Table?.ToString(), finding.Column);
}
