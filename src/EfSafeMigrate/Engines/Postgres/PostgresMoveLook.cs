using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Questions about the rows of a move: which are still apart, which have no place, and what comes back.</summary>
internal sealed class PostgresMoveLook(Func<string, string> quote)
{
    private const string Linked = "safe_migrate_linked";
    private const int Most = 20;

    public string Apart(MoveSpec spec)
    {
        var (parent, value) = (quote(spec.Tie.Parent.Name), $"{quote(spec.Tie.Parent.Name)}.{quote(spec.ParentColumn)}");
        var held = $"{Linked}.{quote(spec.ChildColumn)}";
        var children = Children(spec, spec.Tie.Parent.Name);
        if (spec.Makes is not null)
        {
            return $"{value} IS NOT NULL{(spec.Left is { } left ? $" AND {Differ(value, left)}" : "")} AND NOT EXISTS ({children} AND NOT {Differ(held, value)})";
        }
        var missing = spec is { ToChild: false, Given: not null } ? $"{parent}.{quote(spec.New)} IS NULL OR " : "";
        return $"{missing}EXISTS ({children} AND {Differ(held, value)})";
    }

    public string Back(MoveSpec spec)
    {
        var (from, keys, own, others) = spec.ToChild
            ? (spec.Tie.Child, spec.Tie.ChildKey, spec.Tie.Parent, spec.Tie.ParentKey)
            : (spec.Tie.Parent, spec.Tie.ParentKey, spec.Tie.Child, spec.Tie.ChildKey);
        var first = spec is { ToChild: true, Tie.Many: true } ? " LIMIT 1" : "";
        var value = $"(SELECT {Linked}.{quote(spec.New)} FROM {from.Quoted(quote)} AS {Linked} WHERE {On(keys, own.Name, others)}{first})";
        return spec.Left is { } left ? $"COALESCE({value}, {left})" : value;
    }

    /// <param name="key">Of the old table.</param>
    /// <param name="last">Before contract; otherwise before anything else.</param>
    public IReadOnlyList<string> Statements(MoveSpec spec, IReadOnlyList<string> key, bool last)
    {
        List<string> looks = [];
        if (spec.Marks && !last)
        {
            looks.Add(List(
                spec.OldTable, key, StandsForNone(spec), $"of {spec.OldTable} hold what stands for no {spec.Old} until contract",
                $"say another value with --fill \"{spec.OldTable}.{spec.Old}=SQL\""));
        }
        if (spec.NeedsPlace(last))
        {
            looks.Add(List(
                spec.OldTable, key, Placeless(spec, spec.OldTable.Name), $"of {spec.OldTable} have a value in {spec.Old} and no row in {spec.NewTable} to take it",
                $"give them a row in {spec.NewTable}, or empty {spec.Old}"));
        }
        if (spec.Gathers)
        {
            looks.Add(Counted(
                $"SELECT {Text(spec.Tie.ChildKey)} AS key, row_number() OVER (ORDER BY {Keys(spec)}) AS place {Gathered(spec)}",
                $"of {spec.NewTable} have rows in {spec.OldTable} whose {spec.Old} differs", $"make {spec.Old} the same in the rows of each"));
        }
        return looks;
    }

    public Ask Differing(MoveSpec spec) => new(string.Create(CultureInfo.InvariantCulture, $"SELECT {Text(spec.Tie.ChildKey)} {Gathered(spec)} ORDER BY {Keys(spec)} LIMIT {Probes.Most}"));

    public string StandsForNone(MoveSpec spec) => Same(quote(spec.Old), spec.Left!);

    /// <param name="row">What a row of the old table is called.</param>
    public string Placeless(MoveSpec spec, string row)
    {
        var value = quote(spec.Old);
        if (!spec.ToChild)
        {
            return $"{value} IS NOT NULL AND NOT ({NotNull(spec.Tie.ChildKey)})";
        }
        var left = spec.Left is { } stands ? $" AND {Differ(value, stands)}" : "";
        return $"{value} IS NOT NULL{left} AND NOT EXISTS ({Children(spec, row)})";
    }

    private string List(TableName table, IReadOnlyList<string> key, string where, string what, string next)
    {
        var shown = key.Count > 0 ? (Text: Text(key), Order: string.Join(", ", key.Select(quote))) : (Text: "ctid::text", Order: "ctid");
        return Counted($"SELECT {shown.Text} AS key, row_number() OVER (ORDER BY {shown.Order}) AS place FROM {table.Quoted(quote)} WHERE {where}", what, next);
    }

    private static string Counted(string rows, string what, string next) => $"""
        DO {$"""

        DECLARE
            safe_migrate_found bigint;
            safe_migrate_keys text;
        BEGIN
            SELECT count(*), string_agg(key, ', ' ORDER BY place) FILTER (WHERE place <= {Most}) INTO safe_migrate_found, safe_migrate_keys
                FROM ({rows}) AS found;
            IF safe_migrate_found > 0 THEN
                RAISE EXCEPTION '%', format('%s row(s) %s: %s%s', safe_migrate_found, {what.Literal()}, safe_migrate_keys, CASE WHEN safe_migrate_found > {Most} THEN ' …' END)
                    USING HINT = {next.Literal()};
            END IF;
        END

        """.Dollars("look")};
        """;

    private string Gathered(MoveSpec spec) =>
        $"FROM {spec.OldTable.Quoted(quote)} WHERE {NotNull(spec.Tie.ChildKey)} GROUP BY {Keys(spec)} HAVING count(DISTINCT COALESCE('=' || {quote(spec.Old)}::text, '')) > 1";

    private string Keys(MoveSpec spec) => string.Join(", ", spec.Tie.ChildKey.Select(quote));

    private string Children(MoveSpec spec, string row) =>
        $"SELECT FROM {spec.Tie.Child.Quoted(quote)} AS {Linked} WHERE {On(spec.Tie.ChildKey, row, spec.Tie.ParentKey)}";

    private string On(IReadOnlyList<string> columns, string row, IReadOnlyList<string> others) =>
        string.Join(" AND ", columns.Zip(others, (column, other) => $"{Linked}.{quote(column)} = {quote(row)}.{quote(other)}"));

    private string NotNull(IReadOnlyList<string> columns) => string.Join(" AND ", columns.Select(column => $"{quote(column)} IS NOT NULL"));

    private string Text(IReadOnlyList<string> columns) => $"concat_ws('/', {string.Join(", ", columns.Select(column => $"{quote(column)}::text"))})";

    private static string Differ(string one, string other) => $"ROW({one})::record *<> ROW({other})::record";

    private static string Same(string one, string other) => $"ROW({one})::record *= ROW({other})::record";
}
