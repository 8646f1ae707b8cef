using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Reports;

/// <summary>What is left of a review when the accepted history is taken out of it.</summary>
/// <param name="Findings">How many are left out.</param>
/// <param name="Held">How many migrations are left out, because nothing else is found in them.</param>
internal sealed record Baselined(IReadOnlyList<ReviewedMigration> Migrations, int Findings, int Held)
{
    /// <summary>That it was written just now.</summary>
    public string? Note { get; init; }

    public static Baselined Of(IReadOnlyList<ReviewedMigration> reviewed, Baseline baseline)
    {
        var (left, findings, held) = (new List<ReviewedMigration>(), 0, 0);
        foreach (var migration in reviewed)
        {
            Finding[] news = [.. migration.Findings.Where(finding => !baseline.Accepts(finding))];
            findings += migration.Findings.Count - news.Length;
            if (news.Length == 0 && baseline.Holds(migration.Migration.Id))
            {
                held++;
            }
            else
            {
                left.Add(news.Length == migration.Findings.Count ? migration : migration with { Findings = news });
            }
        }
        return new(left, findings, held);
    }
}
