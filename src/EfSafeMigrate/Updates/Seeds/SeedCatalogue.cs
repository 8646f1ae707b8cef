using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>What rows of a database's tables have to satisfy, as far as the database and the application say it.</summary>
internal sealed record SeedCatalogue(RowCatalogue Rows, IReadOnlyList<UniqueKey> Keys, ILookup<TableName, string> Checks, ILookup<string, string> Labels, IReadOnlyList<ColumnMeaning> Meanings)
{
    public static async Task<SeedCatalogue> ReadAsync(Original original, Link link, CancellationToken cancellation)
    {
        var forms = original.Engine.Scratch!.Rows;
        var rows = await RowCatalogue.ReadAsync(link, forms, cancellation);
        var keys = (await link.AskAsync(forms.Keys, cancellation)).GroupBy(row => (Table: new TableName(row[0], row[1]!), Name: row[2]!))
            .Select(group => new UniqueKey(group.Key.Table, [.. group.Select(row => row[3]!)]));
        var checks = (await link.AskAsync(forms.Checks, cancellation)).SelectMany(row => ChecksIn(original.Engine, row[2]!).Select(sql => (Table: new TableName(row[0], row[1]!), Sql: sql)));
        var labels = forms.Labels is { } ask ? await link.AskAsync(ask, cancellation) : [];
        return new(rows, [.. keys], checks.ToLookup(check => check.Table, check => check.Sql), labels.ToLookup(row => row[0]!, row => row[1]!), await original.MeaningsAsync(cancellation));
    }

    public ColumnMeaning? Meaning(TableName table, string column) => Meanings.FirstOrDefault(meaning =>
        meaning.Column == column && meaning.Table.Name == table.Name && (meaning.Table.Schema is null || table.Schema is null || meaning.Table.Schema == table.Schema));

    /// <summary>A constraint by itself, or those of a whole table.</summary>
    private static IEnumerable<string> ChecksIn(Engine engine, string sql) => !sql.StartsWith("CREATE", StringComparison.OrdinalIgnoreCase) ? [sql]
        : StatementReader.Read(sql, SqlDialect.Of(engine.Id), DatabaseModel.Empty).OfType<CreateTable>().SelectMany(create => create.Definition.Checks).Select(check => check.Sql);
}

/// <summary>Columns that no two rows have the same values in.</summary>
internal sealed record UniqueKey(TableName Table, IReadOnlyList<string> Columns);
