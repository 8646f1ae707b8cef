using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Documents;

/// <summary>What of the application has to be looked at: the tables that the migrations touch, with the columns that become others.</summary>
internal static class ImpactedCode
{
    /// <param name="uses">Null where nobody has looked at the code.</param>
    public static string Of(IReadOnlyList<ChangedTable> tables, CodeUses? uses, ReviewedFolder folder) => uses is null ? OfTables(tables) : Page.Join(
        Page.Text($"{Markdown.Text(CodeUseWords.Title(uses))}."),
        CodeUseWords.Limits(uses) is { } limits ? Page.Text(Markdown.Text(limits)) : "",
        Page.Join(uses.Touched.Select(touched => OfName(touched, uses.Of(touched), folder))));

    private static string OfName(TouchedName touched, IReadOnlyList<CodeUse> found, ReviewedFolder folder) => Page.Join(
        Page.Text($"{Markdown.Text(touched.Sentence)}{(found.Count == 0 ? ": nothing in the code uses it." : ":")}"),
        Page.List(
        [
            .. CodeUseWords.Orders(found).Select(phase => $"**{phase.When}**: {string.Join("; ", phase.Orders.Select(Markdown.Text))}"),
            .. found.GroupBy(use => use.Place).Select(place => $"{CodeUseWords.Of(place.Key)}: {Page.Some([.. place.Select(use => Markdown.Code($"{folder.PathOf(use.File)}:{use.Line}")).Distinct()], shown: 20)}"),
        ]));

    private static string OfTables(IReadOnlyList<ChangedTable> tables)
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
