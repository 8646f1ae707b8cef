using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Table-level lock modes, weakest first: of two locks on a table the later one says what is blocked.</summary>
internal enum LockMode
{
    AccessShare, RowShare, RowExclusive, ShareUpdateExclusive, Share, ShareRowExclusive, Exclusive, AccessExclusive,
}

internal static class PostgresLocks
{
    private static readonly string[] Names =
    [
        "ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE",
        "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE",
    ];

    /// <summary>What readers and writers of the table have to wait for.</summary>
    public static Blocks Blocks(this LockMode mode) => mode switch
    {
        LockMode.AccessExclusive => Engines.Blocks.ReadsAndWrites,
        LockMode.Share or LockMode.ShareRowExclusive or LockMode.Exclusive => Engines.Blocks.Writes,
        _ => Engines.Blocks.Nothing,
    };

    public static string Name(this LockMode mode) => Names[(int)mode];

    public static TableLock On(this LockMode mode, TableName table) => new(table, mode.Name(), mode.Blocks());

    public static IEnumerable<TableLock> Under(this IEnumerable<TableName> tables, LockMode mode) => tables.Select(table => mode.On(table));

    /// <summary>
    /// A lock on an index or sequence. Planning a query locks every index of its tables, so such a lock stops the table's
    /// readers although the table itself is free.
    /// </summary>
    public static TableLock OnPartOf(this LockMode mode, TableName table, string part) =>
        new(table, $"{mode.Name()} on {part}", mode.Blocks());

    /// <summary>The lock on a table and on all its partitions.</summary>
    public static IEnumerable<TableLock> OnTree(this LockMode mode, TableName table, DatabaseModel model) =>
        model.Tree(table).Under(mode);

    public static LockMode? Parse(string mode)
    {
        var at = Array.FindIndex(Names, name => name.Equals(mode.Trim(), StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : (LockMode)at;
    }

    /// <summary>As <c>pg_locks</c> writes it: <c>AccessExclusiveLock</c>.</summary>
    public static string? OfCatalogue(string mode) =>
        Enum.TryParse<LockMode>(mode.Replace("Lock", "", StringComparison.Ordinal), out var parsed) ? parsed.Name() : null;

    /// <summary>One lock for each table, the strongest, in the order in which tables first appear.</summary>
    public static IReadOnlyList<TableLock> Strongest(this IEnumerable<TableLock> locks) =>
    [
        .. from taken in locks
           group taken by (taken.Table, Part: PartOf(taken.Mode)) into same
           select same.MaxBy(taken => Parse(Table(taken.Mode)) ?? LockMode.AccessShare),
    ];

    private static string Table(string mode) => mode.Split(" on ")[0];

    private static string PartOf(string mode) => mode.Split(" on ") is [_, var part] ? part : "";
}
