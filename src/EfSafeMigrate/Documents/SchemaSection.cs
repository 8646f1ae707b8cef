using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>The touched tables column by column, as they are and as they will be.</summary>
internal static class SchemaSection
{
    private static readonly string[] Head = ["column", "current", "target", "change"];

    /// <param name="level">Of the headings above the tables.</param>
    public static string Of(IReadOnlyList<ChangedTable> tables, int level) => tables.Count == 0
        ? "No table changes its shape." : Page.Join(tables.Select(table => Of(table, level)));

    private static string Of(ChangedTable table, int level) => Page.Join(
        Page.Heading(level, Markdown.Code($"{table.Name}")),
        Sentence(table),
        Page.Table(Head, table.Columns.Select(column => (IReadOnlyList<string>)[Marked(column), Definition(column.Before), Definition(column.After), Verdict(column)])),
        Page.List(Objects(table)));

    private static string Sentence(ChangedTable table) => (table.Before, table.After) switch
    {
        (null, _) => "A new table.",
        (_, null) => "The table goes, with its rows.",
        ({ } old, { } now) when old.Name != now.Name => Page.Text($"The table is called {Markdown.Code($"{old.Name}")} now."),
        _ => "",
    };

    private static string Marked(ChangedColumn column) => column.IsChanged ? $"**{Markdown.Code(column.Name, inTable: true)}**" : Markdown.Code(column.Name, inTable: true);

    private static string Verdict(ChangedColumn column) => column.Verdict is { Length: > 0 } verdict ? $"**{verdict}**" : "";

    private static string Definition(Column? column) => column is null ? "" : Markdown.Code(Text(column), inTable: true);

    /// <summary><c>character varying(80) NOT NULL DEFAULT ''</c></summary>
    public static string Text(Column column) => string.Concat(
        column.Type, column.Nullable ? "" : " NOT NULL", column.Identity ? " IDENTITY" : "", column.ComputedSql is { } computed ? $" AS ({computed})" : "",
        column.Default is { } given ? $" DEFAULT {given.Sql}" : "", column.Collation is { } collation ? $" COLLATE {collation}" : "");

    /// <summary>Keys, indexes and checks that come or go, an item each.</summary>
    private static IEnumerable<string> Objects(ChangedTable table)
    {
        var (before, after) = (Parts(table.Before).ToArray(), Parts(table.After).ToArray());
        return [.. after.Except(before).Select(part => $"new: {part}"), .. table.After is null ? [] : before.Except(after).Select(part => $"gone: {part}")];
    }

    private static IEnumerable<string> Parts(Table? table) => table is null ? [] :
    [
        .. table.PrimaryKey is { } key ? [$"primary key {Named(key.Name)}on {Columns(key.Columns)}"] : Array.Empty<string>(),
        .. table.UniqueConstraints.Select(unique => $"unique key {Named(unique.Name)}on {Columns(unique.Columns)}"),
        .. table.ForeignKeys.Select(key => $"foreign key {Named(key.Name)}on {Columns(key.Columns)} to {Markdown.Code($"{key.Principal}")}"),
        .. table.Indexes.Select(index => $"{(index.Unique ? "unique index" : "index")} {Named(index.Name)}on {Columns(index.Columns)}"),
        .. table.Checks.Select(check => $"check {Named(check.Name)}".TrimEnd()),
    ];

    private static string Named(string? name) => name is null ? "" : $"{Markdown.Code(name)} ";

    private static string Columns(IReadOnlyList<string> columns) => Rules.Say.List([.. columns.Select(column => Markdown.Code(column))]);
}
