using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>The provider's SQL for SQL Server, where it is other than that of Npgsql.</summary>
internal static class SqlServerSql
{
    public static ProposedOperation Of(ProposedOperation operation, Engine engine) =>
        Sql(OperationReader.Read(operation.Operation, DatabaseModel.Empty), engine) is { } sql ? operation with { Commands = [new(sql, Suppressed: false, [0])] } : operation;

    private static string? Sql(Change change, Engine engine)
    {
        string Q(string name) => engine.Quote(name);
        return change switch
        {
            AlterColumn alter => string.Join('\n', (string[])
            [
                .. alter.BecomesRequired && alter.New.Default is { } given ? [$"UPDATE {engine.QuoteTable(alter.Table)} SET {Q(alter.New.Name)} = {given.Sql} WHERE {Q(alter.New.Name)} IS NULL;"] : Array.Empty<string>(),
                $"ALTER TABLE {engine.QuoteTable(alter.Table)} ALTER COLUMN {Q(alter.New.Name)} {alter.New.Type} {(alter.New.Nullable ? "NULL" : "NOT NULL")};",
                .. alter.New.Default is { } value && value != alter.Old?.Default ? [$"ALTER TABLE {engine.QuoteTable(alter.Table)} ADD DEFAULT {value.Sql} FOR {Q(alter.New.Name)};"] : Array.Empty<string>(),
            ]),
            DropIndex { Table: { } table } drop => $"DROP INDEX {Q(drop.Name)} ON {engine.QuoteTable(table)};",
            RenameColumn rename => $"EXEC sp_rename N'{engine.QuoteTable(rename.Table)}.{Q(rename.Name)}', N'{rename.NewName}', 'COLUMN';",
            RenameIndex { Table: { } table } rename => $"EXEC sp_rename N'{engine.QuoteTable(table)}.{Q(rename.Name)}', N'{rename.NewName}', 'INDEX';",
            _ => null,
        };
    }
}
