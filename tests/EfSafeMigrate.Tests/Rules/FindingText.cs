using System.Text;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>A finding as a person reads it, without colour or width.</summary>
internal static class FindingText
{
    public static string Of(Finding finding)
    {
        var text = new StringBuilder();
        text.Append(finding.Severity.ToString().ToLowerInvariant()).Append("  ").Append(finding.Message).Append('\n');
        text.Append("  ").Append(finding.Evidence).Append('\n');
        text.Append("  → ").Append(finding.Cure.Advice).Append('\n');
        foreach (var (at, migration) in finding.Cure.Migrations.Select((migration, at) => (at + 1, migration)))
        {
            text.Append("    migration ").Append(at).Append(migration.OutsideTransaction ? ", outside a transaction\n" : "\n");
            foreach (var statement in migration.Sql)
            {
                text.Append("      ").Append(statement).Append('\n');
            }
        }
        return text.ToString();
    }
}
