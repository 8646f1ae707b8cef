using System.Text.Json;
using EfSafeMigrate.Engines.MySql;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>An operation with the commands that Pomelo makes of it.</summary>
internal static class PomeloSql
{
    public static ProposedOperation Of(ProposedOperation operation) =>
        operation with { Commands = [.. Statements(operation.Operation).Select(sql => new CommandMessage(sql, Suppressed: false, [0]))] };

    private static IEnumerable<string> Statements(JsonElement operation)
    {
        var name = operation.TryGetProperty("name", out var named) ? named.GetString()! : "";
        var table = Q(operation.TryGetProperty("table", out var of) ? of.GetString()! : name);
        string Alter(string action) => $"ALTER TABLE {table} {action};";
        string[] Columns(string property) => [.. operation.GetProperty(property).EnumerateArray().Select(column => column.GetString()!)];
        switch (operation.GetProperty("operation").GetString())
        {
            case "AddColumn":
                return [Alter($"ADD {Definition(operation)}")];
            case "AlterColumn":
                var required = Alter($"MODIFY COLUMN {Definition(operation)}");
                return operation.GetProperty("oldColumn").GetProperty("isNullable").GetBoolean() && !operation.GetProperty("isNullable").GetBoolean() && MySqlKeys.IsText(Type(operation))
                    ? [$"UPDATE {table} SET {Q(name)} = ''\nWHERE {Q(name)} IS NULL;\nSELECT ROW_COUNT();", required]
                    : [required];
            case "DropColumn":
                return [Alter($"DROP COLUMN {Q(name)}")];
            case "RenameColumn":
                return [Alter($"RENAME COLUMN {Q(name)} TO {Q(operation.GetProperty("newName").GetString()!)}")];
            case "CreateIndex":
                return [$"CREATE {(operation.GetProperty("isUnique").GetBoolean() ? "UNIQUE " : "")}INDEX {Q(name)} ON {table} ({List(Columns("columns"))});"];
            case "DropIndex":
                return [Alter($"DROP INDEX {Q(name)}")];
            case "RenameIndex":
                return [Alter($"RENAME INDEX {Q(name)} TO {Q(operation.GetProperty("newName").GetString()!)}")];
            case "DropPrimaryKey" or "AddPrimaryKey":
                // Only ever the same key under another name, and a primary key bears none: the table ends as it was.
                return [];
            case "AddUniqueConstraint":
                return [Alter($"ADD CONSTRAINT {Q(name)} UNIQUE ({List(Columns("columns"))})")];
            case "DropUniqueConstraint":
                return [Alter($"DROP KEY {Q(name)}")];
            case "AddCheckConstraint":
                return [Alter($"ADD CONSTRAINT {Q(name)} CHECK ({operation.GetProperty("sql").GetString()})")];
            case "DropCheckConstraint":
                return [Alter($"DROP CONSTRAINT {Q(name)}")];
            case "AddForeignKey":
                return [Alter($"ADD CONSTRAINT {Q(name)} {Reference(operation)}")];
            case "DropForeignKey":
                return [Alter($"DROP FOREIGN KEY {Q(name)}")];
            case "DropTable":
                return [$"DROP TABLE {table};"];
            case "CreateTable":
                var primary = operation.GetProperty("primaryKey");
                var parts = operation.GetProperty("columns").EnumerateArray().Select(Definition)
                    .Append($"CONSTRAINT {Q(primary.GetProperty("name").GetString()!)} PRIMARY KEY ({List([.. primary.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)])})")
                    .Concat(operation.GetProperty("foreignKeys").EnumerateArray().Select(key => $"CONSTRAINT {Q(key.GetProperty("name").GetString()!)} {Reference(key)}"));
                return [$"CREATE TABLE {table} (\n    {string.Join(",\n    ", parts)}\n) CHARACTER SET=utf8mb4;"];
            case var other:
                throw new InvalidOperationException($"{other} is not known here");
        }
    }

    private static string Definition(JsonElement column)
    {
        var type = Type(column);
        var generated = column.GetProperty("generated").GetBoolean() ? " AUTO_INCREMENT" : "";
        var sql = column.GetProperty("defaultSql").GetString();
        // MySQL takes no literal there, and an expression only since 8.0.13.
        var left = sql is null || type is "longtext" or "longblob" or "json" ? null : column.GetProperty("defaultConstant").GetBoolean() ? sql : $"({sql})";
        return $"{Q(column.GetProperty("name").GetString()!)} {type}{(MySqlKeys.IsText(type) ? " CHARACTER SET utf8mb4" : "")} {(column.GetProperty("isNullable").GetBoolean() ? "NULL" : "NOT NULL")}{(left is null ? "" : $" DEFAULT {left}")}{generated}";
    }

    private static string Type(JsonElement column) => column.GetProperty("storeType").GetString()!;

    private static string Reference(JsonElement key)
    {
        string[] Names(string property) => [.. key.GetProperty(property).EnumerateArray().Select(column => column.GetString()!)];
        var deletes = key.GetProperty("onDelete").GetString() switch { "Cascade" => " ON DELETE CASCADE", "SetNull" => " ON DELETE SET NULL", "Restrict" => " ON DELETE RESTRICT", _ => "" };
        return $"FOREIGN KEY ({List(Names("columns"))}) REFERENCES {Q(key.GetProperty("principalTable").GetString()!)} ({List(Names("principalColumns"))}){deletes}";
    }

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Q));

    private static string Q(string name) => MySqlQuestions.Quote(name);
}
