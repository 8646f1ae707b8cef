using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>A way of writing names, and which one a schema keeps to.</summary>
internal sealed record NameStyle(string Name, Regex Form)
{
    private static readonly NameStyle[] All =
    [
        new("snake_case", new("^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$", RegexOptions.CultureInvariant)),
        new("PascalCase", new("^[A-Z][A-Za-z0-9]*$", RegexOptions.CultureInvariant)),
        new("camelCase", new("^[a-z][A-Za-z0-9]*$", RegexOptions.CultureInvariant)),
    ];

    /// <returns>Null where no style is called so.</returns>
    public static NameStyle? Named(string name) => Array.Find(All, style => style.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Nine of ten names, and enough of them to speak of a habit; several styles where the names do not tell them apart.</summary>
    public static IReadOnlyList<NameStyle> Of(IReadOnlyList<string> names, int enough) =>
        names.Count < enough ? [] : [.. All.Where(style => names.Count(style.Form.IsMatch) * 10 >= names.Count * 9)];

    public static IReadOnlyList<string> Names(DatabaseModel model, string kind) =>
        kind == GivenNames.Table ? [.. model.Tables.Select(table => table.Name.Name)] : [.. model.Tables.SelectMany(table => table.Columns).Select(column => column.Name)];
}
