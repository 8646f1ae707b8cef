using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>How an engine tells what a database consists of, and which of its columns hold rows. The tool's own tables and EF's history are left out.</summary>
internal sealed record SchemaForms
{
    /// <summary>
    /// The users' whole schema, given EF's history table (null for EF's usual one): rows of kind, owner table or NULL, name, definition. Nothing in
    /// them depends on the order of columns, on numbers of the catalogue or on names that the server makes up.
    /// </summary>
    public required Func<TableName?, Ask> Lines { get; init; }

    /// <summary>What a row of <see cref="Lines"/> says: one thing, or the parts of a text.</summary>
    public Func<IReadOnlyList<string?>, IEnumerable<SchemaLine>> Read { get; init; } = row => [new(row[0]!, row[1], row[2]!, row[3] ?? "")];

    /// <summary>
    /// Every column of the users' tables that hold rows, given EF's history table: schema (null for the connection's own), table, column, its place
    /// in the primary key or NULL. A partitioned table stands for its partitions.
    /// </summary>
    public required Func<TableName?, Ask> Columns { get; init; }
}

/// <summary>One thing of a schema.</summary>
/// <param name="Kind">In the words of a person: <c>table</c>, <c>column</c>, <c>index</c> …</param>
/// <param name="Owner">The table it belongs to; null for what stands by itself.</param>
internal sealed record SchemaLine(string Kind, string? Owner, string Name, string Definition)
{
    public string FullName => Owner is null ? Name : Kind == "column" ? $"{Owner}.{Name}" : $"{Name} on {Owner}";
}
