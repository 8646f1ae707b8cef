using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>The forms in which an advice was followed, as cases of a test.</summary>
internal static class Followed
{
    public static IEnumerable<string> Labels(string engine) =>
        from rule in RuleBook.Rules
        from @case in RuleCaseRun.Of(rule)
        where @case.Engine == engine
        from at in Enumerable.Range(0, @case.Forms.Count)
        where @case.Forms[at].Deployments.Any(deployment => deployment.Migrations.Count > 0)
        select $"{RuleCaseRun.Label(rule, @case)} ({at + 1})";

    public static (RuleCase Case, CuredForm Form) Labelled(string label)
    {
        var at = label.LastIndexOf(" (", StringComparison.Ordinal);
        var (_, @case) = RuleCaseRun.Labelled(label[..at]);
        return (@case, @case.Forms[int.Parse(label[(at + 2)..^1], System.Globalization.CultureInfo.InvariantCulture) - 1]);
    }

    /// <summary>True when what is left still breaks the running release, and was as grave before.</summary>
    public static bool Breaks(this CuredForm form) => form.Leaves.Any(rule => rule is "drop-column" or "drop-table" or "rename-column" or "rename-table");
}
