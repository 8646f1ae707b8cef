using System.Reflection;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>Every case beside a pattern: a class whose name ends in <c>RewriteCases</c>.</summary>
internal static class PlanCases
{
    public static IReadOnlyList<PlanCase> All { get; } =
    [
        .. typeof(PlanCases).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("RewriteCases", StringComparison.Ordinal))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .SelectMany(type => (IEnumerable<PlanCase>)type.GetProperty("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!),
    ];

    public static PlanCase Named(string name) => All.Single(each => each.Name == name);
}
