using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Verifications;

/// <summary>The tables that are there, as a model.</summary>
internal static class LiveSchema
{
    private const int Seconds = 60;

    public static async Task<DatabaseModel> ReadAsync(Query query, LiveSchemaForms forms, CancellationToken cancellation)
    {
        var columns = await AskAsync(forms.Columns);
        var constraints = (await AskAsync(forms.Constraints)).ToLookup(Owner);
        var indexes = (await AskAsync(forms.Indexes)).ToLookup(Owner);
        return new DatabaseModel([.. columns.GroupBy(Owner).Select(rows => TableOf(rows.Key, [.. rows], [.. constraints[rows.Key]], [.. indexes[rows.Key]]))])
        {
            Path = forms.Path is { } path ? [.. (await AskAsync(path)).Select(row => row[0]!)] : [],
        };

        async Task<IReadOnlyList<IReadOnlyList<string?>>> AskAsync(Ask ask) => (await query(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows;
    }

    private static TableName Owner(IReadOnlyList<string?> row) => new(row[0], row[1]!);

    private static Table TableOf(TableName name, IReadOnlyList<string?>[] columns, IReadOnlyList<string?>[] constraints, IReadOnlyList<string?>[] indexes)
    {
        var keys = constraints.GroupBy(row => (Kind: row[2]!, Name: row[3]!)).ToArray();
        return new Table(name, [.. columns.Select(row => new Column(row[3]!, row[4]!, row[5] == "yes")
        {
            Default = row[6] is { } given ? new Default(given, Constant: false) : null,
            Identity = row[7] == "yes",
            ComputedSql = row[8],
            Collation = row.Count > 9 ? row[9] : null,
            Comment = row.Count > 9 ? row[10] : null,
            UsualCollation = row.Count > 12 ? row[12] : null,
        })])
        {
            Comment = columns[0].Count > 9 ? columns[0][11] : null,
            Kind = columns[0][2] == "yes" ? TableKind.View : TableKind.Table,
            PrimaryKey = keys.Where(key => key.Key.Kind == "p").Select(KeyOf).FirstOrDefault(),
            UniqueConstraints = [.. keys.Where(key => key.Key.Kind == "u").Select(KeyOf)],
            ForeignKeys = [.. keys.Where(key => key.Key.Kind == "f").Select(key => new ForeignKey(
                key.Key.Name, Columns(key, 4), new TableName(key.First()[5], key.First()[6]!), Columns(key, 7)) { OnDelete = key.First()[8] })],
            Checks = [.. keys.Where(key => key.Key.Kind == "c").Select(key => new CheckConstraint(key.Key.Name, key.First() is { Count: > 9 } row ? row[9]! : ""))],
            Indexes = [.. indexes.GroupBy(row => row[2]!).Select(rows => new Changes.Index(rows.Key, [.. rows.Select(row => row[3] ?? "()")]) { Unique = rows.First()[4] == "yes" })],
        };
    }

    private static Key KeyOf(IGrouping<(string Kind, string Name), IReadOnlyList<string?>> rows) => new(rows.Key.Name, Columns(rows, 4));

    private static IReadOnlyList<string> Columns(IEnumerable<IReadOnlyList<string?>> rows, int at) => [.. rows.Select(row => row[at]).OfType<string>()];
}
