using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>Tables as rows are put into them, read from the database itself.</summary>
internal sealed record RowCatalogue(IReadOnlyList<RowTable> Tables, IReadOnlyList<RowLink> Links)
{
    public static async Task<RowCatalogue> ReadAsync(Link link, RowForms forms, CancellationToken cancellation)
    {
        var own = await link.AskAsync(forms.Tables, cancellation);
        var columns = (await link.AskAsync(forms.Columns, cancellation)).ToLookup(row => new TableName(row[0], row[1]!), row => new RowColumn(row[2]!, row[3] ?? "")
        {
            Nullable = row[4] is not null,
            Default = row[5] is not null,
            Identity = row[6] is not null,
            Computed = row[7] is not null,
            Kind = row[8] ?? "",
            Length = Number(row[9]),
            Precision = Number(row[10]),
            Scale = Number(row[11]),
        });
        var tables = columns.Select(group => new RowTable(group.Key, [.. group])
        {
            Own = own.Any(row => row[0] == group.Key.Schema && row[1] == group.Key.Name),
            Large = own.Any(row => row[0] == group.Key.Schema && row[1] == group.Key.Name && row[2] is not null),
        }).ToArray();
        var keys = (await link.AskAsync(forms.ForeignKeys, cancellation)).Where(row => row[6] is not null)
            .GroupBy(row => (Table: new TableName(row[0], row[1]!), Name: row[2]!))
            .Select(group => new RowLink(
                new(group.Key.Table, [.. group.Select(row => row[3]!)], Parent(tables, group.First()[4], group.First()[5]!), [.. group.Select(row => row[6]!)]), group.First()[7] is not null));
        return new(tables, [.. keys.Where(each => tables.Any(table => table.Name == each.Key.Parent))]);
    }

    public RowTable Find(TableName name) => Tables.First(table => table.Name == name);

    /// <summary>Where names do not tell small letters from capitals, a reference may be written otherwise than the table.</summary>
    private static TableName Parent(IReadOnlyList<RowTable> tables, string? schema, string name) =>
        tables.FirstOrDefault(table => table.Name.Schema == schema && table.Name.Name == name)?.Name
        ?? tables.FirstOrDefault(table => table.Name.Schema == schema && table.Name.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name ?? new(schema, name);

    private static int? Number(string? text) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}

internal sealed record RowTable(TableName Name, IReadOnlyList<RowColumn> Columns)
{
    /// <summary>Its rows are its own, not those of a table it is part of.</summary>
    public bool Own { get; init; }

    public bool Large { get; init; }

    /// <summary>What rows are written into: everything the database does not compute.</summary>
    public RowTarget Target { get; } = new(Name, [.. Columns.Where(column => !column.Computed).Select(column => (column.Name, column.Type))]);
}

internal sealed record RowColumn(string Name, string Type)
{
    public bool Nullable { get; init; }
    public bool Default { get; init; }
    public bool Identity { get; init; }
    public bool Computed { get; init; }

    /// <summary>The type without length, as the engine knows it.</summary>
    public string Kind { get; init; } = "";
    public int? Length { get; init; }
    public int? Precision { get; init; }
    public int? Scale { get; init; }
}

/// <param name="Proved">No row of the source lacks its parent.</param>
internal sealed record RowLink(KeyLink Key, bool Proved);
