using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Builds impacts. The lock is on the whole file: in WAL mode, which EF sets, readers go on and every other writer waits.</summary>
internal static class SqliteImpact
{
    private const string Mode = "RESERVED";

    public static readonly Basis Measured = Basis.MeasuredOn("SQLite 3.40");

    public static readonly Impact Free = new() { Locks = [], Work = Work.Metadata, Basis = Measured };

    public static Impact Writing(TableName? table, Work work = Work.Metadata, FailsIf failsIf = FailsIf.Nothing) => Free with
    {
        Locks = [new(table ?? new TableName(null, "database"), Mode, Blocks.Writes)],
        Work = work,
        FailsIf = failsIf,
    };

    public static bool HasIndexes(this Table table) =>
        table.PrimaryKey is not null || table.UniqueConstraints.Count > 0 || table.Indexes.Count > 0;
}
