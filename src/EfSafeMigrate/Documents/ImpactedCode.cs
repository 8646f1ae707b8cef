using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>What of the application has to be looked at: the tables that the migrations touch, with the columns that become others.</summary>
internal static class ImpactedCode
{
    public static string Of(IReadOnlyList<ChangedTable> tables)
    {
        var touched = tables.Where(table => table.Columns.Any(column => column.IsChanged) || table.Before?.Name != table.After?.Name).ToArray();
        return touched.Length == 0 ? "No entity gets another shape." : Page.Join(
            "Whatever queries or writes the entities of these tables:",
            Page.List(touched.Select(table => $"{Markdown.Code($"{table.Name}")}{Columns(table)}")));
    }

    private static string Columns(ChangedTable table) => (table.Before, table.After) switch
    {
        (null, _) => ", which is new",
        (_, null) => ", which goes",
        _ when table.Columns.Where(column => column.IsChanged).ToArray() is { Length: > 0 } changed => $": {Rules.Say.List([.. changed.Select(column => $"{Markdown.Code(column.Name)} ({column.Verdict})")])}",
        _ => "",
    };
}
