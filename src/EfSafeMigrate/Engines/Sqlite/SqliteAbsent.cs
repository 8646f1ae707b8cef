using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Sqlite.SqliteImpact;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Statements of other engines that SQLite does not have: each is a syntax error.</summary>
internal static class SqliteAbsent
{
    public static Impact? ImpactOf(Change change) =>
        Missing(change) is { } statement ? Free with { Refused = $"SQLite has no {statement}." } : null;

    private static string? Missing(Change change) => change switch
    {
        AlterColumn => "ALTER TABLE … ALTER COLUMN: the table has to be rebuilt",
        AddPrimaryKey or AddUniqueConstraint or AddForeignKey or AddCheckConstraint or AddNotNullConstraint or AddExclusionConstraint
            => "ALTER TABLE … ADD CONSTRAINT: the table has to be rebuilt",
        DropPrimaryKey or DropUniqueConstraint or DropForeignKey or DropCheckConstraint or DropConstraint
            => "ALTER TABLE … DROP CONSTRAINT: the table has to be rebuilt",
        RenameConstraint or ValidateConstraint or AlterConstraint => "statement that changes a constraint in place",
        RenameIndex => "ALTER INDEX: drop the index and create it again",
        AlterTable or SetTableOption => "table options to change",
        CreateSequence or AlterSequence or RestartSequence or DropSequence or RenameSequence => "sequences",
        CreateSchema or DropSchema or RenameSchema => "schemas to create or drop",
        CreateDomain or AlterDomain => "domains",
        CreateEnum or AddEnumValue or RenameEnumValue => "enum types",
        CreateFunction => "CREATE FUNCTION",
        CreateView or DropView or RefreshView => "materialized views",
        RenameTrigger or ToggleTrigger => "statement that changes a trigger",
        AttachPartition or DetachPartition or AttachIndex => "partitions",
        Truncate => "TRUNCATE: DELETE without a WHERE empties a table",
        LockTable => "LOCK TABLE",
        DropDatabase => "DROP DATABASE",
        OtherStatement other => $"statement {other.Verb}",
        _ => null,
    };
}
