using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The statements of <c>UpdateData</c>: a row each, found by its key.</summary>
internal static class RowSql
{
    public static string Of(OperationNode node, UpdateData update, DatabaseModel model, Engine engine)
    {
        var table = model.Find(update.Table);
        var keys = Names(node, "keyColumn");
        var columns = Names(node, "column");
        var keyRows = Rows(node, "keyValue", keys.Length);
        var rows = Rows(node, "value", columns.Length);
        return string.Join('\n', keyRows.Select((key, at) =>
            $"UPDATE {engine.QuoteTable(update.Table)} SET {string.Join(", ", Pairs(columns, rows.ElementAtOrDefault(at) ?? [], set: true))}\nWHERE {string.Join(" AND ", Pairs(keys, key, set: false))};"));

        IEnumerable<string> Pairs(string[] names, IReadOnlyList<object?> values, bool set) => names.Select((name, at) =>
            values.ElementAtOrDefault(at) is not { } value ? set ? $"{engine.Quote(name)} = NULL" : $"{engine.Quote(name)} IS NULL"
            : $"{engine.Quote(name)} = {OperationJson.Literal(value, table?.Column(name)?.Type ?? "", engine.Provider)}");
    }

    private static string[] Names(OperationNode node, string argument) => node.Arguments.GetValueOrDefault(argument) switch
    {
        string one => [one],
        Items several => [.. several.Values.OfType<string>()],
        _ => [],
    };

    private static IReadOnlyList<IReadOnlyList<object?>> Rows(OperationNode node, string argument, int columns) => node.Arguments.GetValueOrDefault(argument) switch
    {
        Grid grid => [.. grid.Rows.Select(row => row.Values)],
        Items items when columns == 1 => [.. items.Values.Select(value => new[] { value })],
        Items items => [items.Values],
        var one => [[one]],
    };
}
