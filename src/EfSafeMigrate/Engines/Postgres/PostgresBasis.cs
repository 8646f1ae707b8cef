using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>The impacts that no measurement covers rest on the manual.</summary>
internal static class PostgresBasis
{
    private static readonly Basis Measured = Basis.MeasuredOn("PostgreSQL 12–18");

    public static Basis Of(Change change, ServerState state) => Page(change, state) is { } page
        ? new(null, new Uri($"https://www.postgresql.org/docs/{Math.Clamp(state.Version.Major, 10, 18)}/{page}.html"))
        : Measured;

    private static string? Page(Change change, ServerState state) => change switch
    {
        AddColumn { Column.Default: not null } when !state.Version.IsAtLeast(11) => "sql-altertable",
        RenameSchema => "sql-alterschema",
        DropSchema { Cascade: true } => "sql-dropschema",
        DropDatabase => "sql-dropdatabase",
        AlterDatabase { What: var what } when !what.Contains("EXTENSION", StringComparison.OrdinalIgnoreCase) => "sql-alterdatabase",
        SetTableOption { Option: var option } when option.Contains("TABLESPACE", StringComparison.OrdinalIgnoreCase) => "sql-altertable",
        Reindex { Table: null } => "sql-reindex",
        Vacuum { Table: null } => "sql-vacuum",
        InsertRows { From.Count: > 0 } => "sql-insert",
        CreateTable { PartitionOf: { } parent } when state.Model.PartitionsOf(parent).Any(partition => partition.DefaultPartition) => "sql-createtable",
        AlterDomain { What: var what } when what.StartsWith("VALIDATE", StringComparison.OrdinalIgnoreCase) => "sql-alterdomain",
        // Of the changes to a partitioned table these were measured; the others are said to reach every partition.
        CreateIndex or AddForeignKey or AlterColumn or AttachPartition or DetachPartition => null,
        TableChange about when state.Model.IsPartitioned(about.Table) => "ddl-partitioning",
        _ => null,
    };
}
