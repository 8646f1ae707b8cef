using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Reports;

/// <summary>Uses of the code in the words that every report has for them.</summary>
internal static class CodeUseWords
{
    public static string Of(UseKind kind) => kind switch
    {
        UseKind.Sql => "SQL",
        UseKind.SerializedName => "serialised name",
        _ => kind.ToString().ToLowerInvariant(),
    };

    public static string Of(CodePlace place) => place switch
    {
        CodePlace.Api => "APIs",
        CodePlace.Service => "services",
        CodePlace.Repository => "repositories",
        CodePlace.BackgroundJob => "background jobs",
        CodePlace.Test => "tests",
        CodePlace.Configuration => "configuration",
        _ => "other code",
    };

    /// <summary><c>In the code: 5 uses in 3 of 120 files</c>.</summary>
    public static string Title(CodeUses uses) =>
        uses.All.Count == 0 ? $"In the code: no use in {"file".ToQuantity(uses.Files)}"
        : $"In the code: {"use".ToQuantity(uses.All.Count)} in {uses.All.Select(use => use.File).Distinct().Count()} of {"file".ToQuantity(uses.Files)}";

    /// <summary>What must change, in the order of the phases; a phase that asks for nothing is left out.</summary>
    public static IReadOnlyList<(string When, IReadOnlyList<string> Orders)> Orders(IReadOnlyList<CodeUse> uses)
    {
        var duties = CodeUses.DutiesOf(uses);
        (string, Func<Duties, string?>)[] phases = [("before expand", each => each.BeforeExpand), ("between expand and contract", each => each.Between), ("before contract", each => each.BeforeContract)];
        return [.. phases.Select(phase => (phase.Item1, (IReadOnlyList<string>)[.. duties.Select(phase.Item2).OfType<string>().Distinct()])).Where(phase => phase.Item2.Count > 0)];
    }

    /// <summary>Projects of which less is known than could be; null where there are none.</summary>
    public static string? Limits(CodeUses uses) => uses.Unrestored.Count == 0 ? null
        : $"{string.Join(", ", uses.Unrestored)} {(uses.Unrestored.Count == 1 ? "is" : "are")} not restored: uses that only the packages explain are not seen. → dotnet restore";
}
