using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>What a session holds and what its tables look like at one moment.</summary>
internal sealed class Observation
{
    private readonly Dictionary<string, TableName> tables = [];
    private readonly Dictionary<string, List<string>> locks = [];
    private readonly Dictionary<string, string?> files = [];
    private readonly Dictionary<string, (TableName Table, string? File)> indexes = [];
    private readonly Dictionary<(string Kind, string Table), long> counts = [];

    public Observation(IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        foreach (var row in rows)
        {
            var (kind, number, value) = (row[0]!, row[1]!, row[4]);
            if (row[3] is { } name && kind == "index")
            {
                indexes[number] = (new(row[2], name), value);
                continue;
            }
            if (row[3] is { } own)
            {
                tables[number] = new(row[2], own);
            }
            switch (kind)
            {
                case "lock":
                    (locks.TryGetValue(number, out var held) ? held : locks[number] = []).Add(value!);
                    break;
                case "file":
                    files[number] = value;
                    break;
                default:
                    counts[(kind, number)] = long.Parse(value!, CultureInfo.InvariantCulture);
                    break;
            }
        }
    }

    /// <summary>Numbers of the tables there are, with their names.</summary>
    public IReadOnlyDictionary<string, TableName> Tables => tables;

    /// <summary>The strongest lock on each table, by the table's number.</summary>
    public IReadOnlyDictionary<string, string> Locks(RehearsalForms forms) =>
        locks.Select(each => (each.Key, Mode: Strongest(each.Value.Select(forms.Mode).OfType<string>(), forms))).Where(each => each.Mode is not null).ToDictionary(each => each.Key, each => each.Mode!);

    /// <summary>Tables that were there and have another file now.</summary>
    public IEnumerable<TableName> RewrittenSince(Observation before) =>
        files.Where(each => each.Value is not null && before.files.TryGetValue(each.Key, out var old) && old != each.Value).Select(each => before.tables[each.Key]);

    /// <summary>Tables that were there and have an index whose file was not.</summary>
    public IEnumerable<TableName> IndexedSince(Observation before)
    {
        var old = before.indexes.Values.Select(each => each.File).ToHashSet();
        return indexes.Values.Where(each => each.File is not null && !old.Contains(each.File)).Select(each => each.Table).Where(table => before.tables.ContainsValue(table)).Distinct();
    }

    /// <param name="kind"><c>read</c> or <c>written</c>.</param>
    public IReadOnlyDictionary<TableName, long> Since(Observation before, string kind) =>
        counts.Where(each => each.Key.Kind == kind).Select(each => (Table: tables[each.Key.Table], Rows: each.Value - before.counts.GetValueOrDefault(each.Key)))
            .Where(each => each.Rows > 0).GroupBy(each => each.Table).ToDictionary(each => each.Key, each => each.Sum(rows => rows.Rows));

    public static string? Strongest(IEnumerable<string> modes, RehearsalForms forms) =>
        modes.Where(mode => forms.Strength(mode) is not null).MaxBy(mode => forms.Strength(mode));
}
