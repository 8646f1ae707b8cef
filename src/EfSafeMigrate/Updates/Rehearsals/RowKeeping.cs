using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>Keeps a digest of every value of every table, and compares later.</summary>
/// <param name="first">Number of the first copy; those of two keepings never meet.</param>
internal sealed class RowKeeping(Stage stage, int first = 0)
{
    private const int Seconds = 3600;

    private IReadOnlyList<KeptTable> kept = [];
    public IReadOnlyList<KeptTable> Tables => kept;

    public async Task KeepAsync(CancellationToken cancellation)
    {
        var forms = stage.Engine.Rehearsals;
        await ForgetAsync(cancellation);
        kept = [.. (await ColumnsAsync(cancellation)).Select((table, at) => new KeptTable(
            first + at, table.Key, [.. table.Where(column => column.Place is not null).OrderBy(column => column.Place).Select(column => column.Column)],
            [.. table.Select((column, place) => new KeptColumn(place, column.Column))]))];
        await stage.Look.RunAsync([.. forms.Prepare, .. kept.SelectMany(forms.Keep)], false, Seconds, cancellation);
    }

    /// <param name="renamed">What things are called now.</param>
    /// <param name="values">False to ask only whether the rows are there.</param>
    /// <returns>Tables whose rows are not what they were; one that is gone itself is not among them.</returns>
    public async Task<IReadOnlyList<RowDifference>> CompareAsync(Renames renamed, bool values, CancellationToken cancellation)
    {
        var now = (await ColumnsAsync(cancellation)).ToDictionary(table => table.Key, table => table.Select(column => column.Column).ToHashSet());
        List<RowDifference> found = [];
        foreach (var table in kept)
        {
            if (!now.TryGetValue(renamed.Of(table.Table), out var columns))
            {
                continue;
            }
            var names = table.Columns.ToDictionary(column => column.Name, column => renamed.Of(table.Table, column.Name));
            KeptColumn[] left = [.. table.Columns.Where(column => columns.Contains(names[column.Name])).Select(column => column with { Name = names[column.Name] })];
            string[] key = [.. table.Key.Select(column => names[column])];
            var known = key.All(columns.Contains) && (key.Length > 0 || left.Length == table.Columns.Count);
            left = values || key.Length == 0 || !known ? left : [];
            var asked = new KeptTable(table.Number, renamed.Of(table.Table), known ? key : [], left);
            var ask = stage.Engine.Rehearsals.Compare(asked);
            var row = (await stage.Look.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows[0];
            var difference = RowDifference.Of(table, known && key.Length > 0, row, left);
            if (!difference.IsEmpty)
            {
                found.Add(difference);
            }
        }
        return found;
    }

    public async Task ForgetAsync(CancellationToken cancellation)
    {
        if (kept.Count > 0)
        {
            await stage.Look.RunAsync([.. kept.Select(stage.Engine.Rehearsals.Forget)], false, Seconds, cancellation);
            kept = [];
        }
    }

    /// <summary>How many rows each table has that was kept.</summary>
    public async Task<IReadOnlyDictionary<TableName, long>> CountAsync(CancellationToken cancellation)
    {
        Dictionary<TableName, long> counts = [];
        foreach (var table in kept)
        {
            var found = await stage.Look.QueryAsync($"SELECT count(*) FROM {stage.Engine.QuoteTable(table.Table)}", [], Seconds, cancellation);
            counts[table.Table] = long.Parse(found.Rows[0][0]!, CultureInfo.InvariantCulture);
        }
        return counts;
    }

    private async Task<ILookup<TableName, (string Column, int? Place)>> ColumnsAsync(CancellationToken cancellation)
    {
        var ask = stage.Engine.Schema.Columns(stage.History);
        var found = await stage.Look.QueryAsync(ask.Sql, ask.Parameters, 60, cancellation);
        return found.Rows.ToLookup(row => new TableName(row[0], row[1]!), row => (row[2]!, row[3] is { } place ? int.Parse(place, CultureInfo.InvariantCulture) : (int?)null));
    }
}

/// <summary>How the rows of a table differ from those that were kept.</summary>
/// <param name="Table">By the name it had.</param>
/// <param name="Keyed">False where rows are known by their values only: a changed one counts as gone and as come.</param>
/// <param name="Example">The key of one that is gone.</param>
internal sealed record RowDifference(TableName Table, bool Keyed, long Were, long Are, long Gone, string? Example, IReadOnlyList<ValueDifference> Values)
{
    /// <summary>Rows fewer than there were, and not merely others.</summary>
    public long Lost => Keyed ? Gone : Math.Max(0, Were - Are);

    /// <summary>Rows that were not there.</summary>
    public long Come => Math.Max(0, Are - (Were - Gone));

    public bool IsEmpty => Gone == 0 && Are == Were && Values.Count == 0;

    public static RowDifference Of(KeptTable table, bool keyed, IReadOnlyList<string?> row, IReadOnlyList<KeptColumn> columns) => new(
        table.Table, keyed, Number(row[0]), Number(row[1]), Number(row[2]), row[3],
        [.. columns.Select((column, at) => new ValueDifference(table.Columns[column.Place].Name, Number(row[4 + 2 * at]), Number(row[5 + 2 * at]))).Where(each => each.Changed > 0)]);

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}

/// <param name="Column">By the name it had.</param>
/// <param name="Changed">Rows that were there and have another value.</param>
/// <param name="Emptied">Those of them that have none now.</param>
internal sealed record ValueDifference(string Column, long Changed, long Emptied);

/// <summary>What a migration calls anew.</summary>
internal sealed class Renames
{
    public static readonly Renames None = new();

    private readonly Dictionary<TableName, TableName> tables = [];
    private readonly Dictionary<(TableName Table, string Column), string> columns = [];

    public static Renames Of(IEnumerable<Change> changes)
    {
        var renames = new Renames();
        foreach (var change in changes)
        {
            switch (change)
            {
                case RenameTable table:
                    renames.tables[renames.Before(table.Table)] = table.NewName;
                    break;
                case RenameColumn column:
                    var before = renames.Before(column.Table);
                    renames.columns[(before, renames.columns.FirstOrDefault(each => each.Key.Table.Matches(before) && each.Value == column.Name).Key.Column ?? column.Name)] = column.NewName;
                    break;
            }
        }
        return renames;
    }

    public TableName Of(TableName table) => tables.FirstOrDefault(each => each.Key.Matches(table)).Value ?? table;

    public string Of(TableName table, string column) => columns.FirstOrDefault(each => each.Key.Table.Matches(table) && each.Key.Column == column).Value ?? column;

    private TableName Before(TableName now) => tables.FirstOrDefault(each => each.Value.Matches(now)).Key ?? now;
}
