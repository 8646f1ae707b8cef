using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>What EF's differ proposes between two schemas, in EF's order, with the SQL that Npgsql makes of it.</summary>
internal sealed class SchemaDiffer(Engine engine)
{
    public IReadOnlyList<ProposedOperation> Diff(DatabaseModel before, DatabaseModel after)
    {
        List<ProposedOperation> drops = [], renames = [], columns = [], creates = [], adds = [], keys = [];
        foreach (var table in after.Tables)
        {
            if (before.Find(table.Name) is not { } old)
            {
                creates.Add(Create(table));
                keys.AddRange(table.Indexes.Select(index => CreateIndex(table.Name, index)));
                continue;
            }
            drops.AddRange(old.ForeignKeys.Where(key => !table.ForeignKeys.Any(other => Same(key, other))).Select(key => Drop("DropForeignKey", table.Name, key.Name!)));
            var named = old.Indexes.Select(index => (Old: index, New: table.Indexes.FirstOrDefault(other => Same(index with { Name = other.Name }, other) && !old.Indexes.Any(each => each.Name == other.Name))))
                .Where(pair => pair.New is not null && !table.Indexes.Any(other => other.Name == pair.Old.Name)).ToList();
            renames.AddRange(named.Select(pair => RenameIndex(table.Name, pair.Old.Name, pair.New!.Name)));
            old = old with { Indexes = [.. old.Indexes.Select(index => named.Find(pair => pair.Old == index).New ?? index)] };
            drops.AddRange(old.Indexes.Where(index => !table.Indexes.Any(other => Same(index, other))).Select(index => DropIndex(table.Name, index.Name)));
            drops.AddRange(old.UniqueConstraints.Where(key => !table.UniqueConstraints.Any(other => Same(key, other))).Select(key => Drop("DropUniqueConstraint", table.Name, key.Name!)));
            if (old.PrimaryKey is { } oldKey && (table.PrimaryKey is null || !Same(oldKey, table.PrimaryKey)))
            {
                drops.Add(Drop("DropPrimaryKey", table.Name, oldKey.Name!));
            }
            if (table.PrimaryKey is { } newKey && (old.PrimaryKey is null || !Same(newKey, old.PrimaryKey)))
            {
                adds.Add(AddKey("AddPrimaryKey", "PRIMARY KEY", table.Name, newKey));
            }
            drops.AddRange(old.Checks.Where(check => !table.Checks.Any(other => other.Name == check.Name && other.Sql == check.Sql)).Select(check => Drop("DropCheckConstraint", table.Name, check.Name!)));
            drops.AddRange(old.Columns.Where(column => table.Column(column.Name) is null).Select(column => DropColumn(table.Name, column)));
            columns.AddRange(table.Columns.Where(column => old.Column(column.Name) is { } was && was != column).Select(column => Alter(table.Name, old.Column(column.Name)!, column)));
            columns.AddRange(table.Columns.Where(column => old.Column(column.Name) is null).Select(column => Add(table.Name, column)));
            adds.AddRange(table.UniqueConstraints.Where(key => !old.UniqueConstraints.Any(other => Same(key, other))).Select(key => AddKey("AddUniqueConstraint", "UNIQUE", table.Name, key)));
            adds.AddRange(table.Indexes.Where(index => !old.Indexes.Any(other => Same(index, other))).Select(index => CreateIndex(table.Name, index)));
            adds.AddRange(table.Checks.Where(check => !old.Checks.Any(other => other.Name == check.Name && other.Sql == check.Sql)).Select(check => AddCheck(table.Name, check)));
            keys.AddRange(table.ForeignKeys.Where(key => !old.ForeignKeys.Any(other => Same(key, other))).Select(key => AddForeignKey(table.Name, key)));
        }
        var gone = before.Tables.Where(table => after.Find(table.Name) is null).Select(table => Make("DropTable", table.Name, $"DROP TABLE {Q(table.Name)};", named: true));
        return [.. Enums(before, after), .. drops.Where(IsForeignKey), .. gone, .. drops.Where(drop => !IsForeignKey(drop)), .. renames, .. columns, .. creates, .. adds, .. keys];
    }

    public ProposedOperation Rename(RenameColumn rename) => Make(
        "RenameColumn", rename.Table, $"ALTER TABLE {Q(rename.Table)} RENAME COLUMN {Q(rename.Name)} TO {Q(rename.NewName)};", ("name", rename.Name), ("newName", rename.NewName));

    /// <summary>What goes has no SQL.</summary>
    private IEnumerable<ProposedOperation> Enums(DatabaseModel before, DatabaseModel after)
    {
        var pairs = after.Enums.Select(type => (New: type, Old: before.Enums.FirstOrDefault(old => old.Name == type.Name))).Where(pair => pair.Old is not null && !pair.Old.Values.SequenceEqual(pair.New.Values)).ToList();
        var added = pairs.SelectMany(pair => pair.New.Values.Except(pair.Old!.Values).Select(value => $"ALTER TYPE {Q(pair.New.Name)} ADD VALUE '{value}';")).ToList();
        added.AddRange(after.Enums.Where(type => before.Enums.All(old => old.Name != type.Name)).Select(type => $"CREATE TYPE {Q(type.Name)} AS ENUM ({string.Join(", ", type.Values.Select(value => $"'{value}'"))});"));
        return pairs.Count == 0 && added.Count == 0 ? []
            : [new(JsonSerializer.SerializeToElement(new JsonObject { ["operation"] = "AlterDatabase" }), "migrationBuilder.AlterDatabase(…);", [.. added.Select(sql => new CommandMessage(sql, Suppressed: false, [0]))])];
    }

    public ProposedOperation Rename(RenameTable rename) =>
        Make("RenameTable", rename.Table, $"ALTER TABLE {Q(rename.Table)} RENAME TO {Q(rename.NewName.Name)};", ("name", rename.Table.Name), ("newName", rename.NewName.Name));

    private static bool IsForeignKey(ProposedOperation operation) => operation.Operation.GetProperty("operation").GetString() == "DropForeignKey";

    private ProposedOperation Create(Table table)
    {
        var parts = table.Columns.Select(Definition)
            .Concat(table.PrimaryKey is { } key ? [$"CONSTRAINT {Q(key.Name!)} PRIMARY KEY ({Q(key.Columns)})"] : [])
            .Concat(table.ForeignKeys.Select(each => $"CONSTRAINT {Q(each.Name!)} {Reference(each)}"));
        var made = Make("CreateTable", table.Name, $"CREATE TABLE {Q(table.Name)} ({string.Join(", ", parts)});", named: true);
        var json = JsonNode.Parse(made.Operation.GetRawText())!.AsObject();
        json["columns"] = new JsonArray([.. table.Columns.Select(column => Of(column, column.Default))]);
        json["foreignKeys"] = new JsonArray([.. table.ForeignKeys.Select(KeyOf)]);
        if (table.PrimaryKey is { } primary)
        {
            json["primaryKey"] = new JsonObject { ["name"] = primary.Name, ["columns"] = Names(primary.Columns) };
        }
        return made with { Operation = JsonSerializer.SerializeToElement(json) };
    }

    private ProposedOperation Add(TableName table, Column column)
    {
        var given = column.Default ?? MadeUp(column);
        return Make("AddColumn", table, $"ALTER TABLE {Q(table)} ADD {Definition(column with { Default = given })};", Of(column, given));
    }

    private ProposedOperation Alter(TableName table, Column old, Column column)
    {
        var given = column.Default ?? (old.Nullable && !column.Nullable ? MadeUp(column) : null);
        List<string> sql = [];
        var alter = $"ALTER TABLE {Q(table)} ALTER COLUMN {Q(column.Name)}";
        if (old.Type != column.Type)
        {
            sql.Add($"{alter} TYPE {column.Type};");
        }
        if (old.Nullable != column.Nullable)
        {
            sql.AddRange(column.Nullable ? [$"{alter} DROP NOT NULL;"]
                : given is null ? [$"{alter} SET NOT NULL;"]
                : [$"UPDATE {Q(table)} SET {Q(column.Name)} = {given.Sql} WHERE {Q(column.Name)} IS NULL;", $"{alter} SET NOT NULL;"]);
        }
        if (old.Default != given)
        {
            sql.Add(given is null ? $"{alter} DROP DEFAULT;" : $"{alter} SET DEFAULT {given.Sql};");
        }
        var json = Of(column, given);
        json["oldColumn"] = Of(old, old.Default);
        return Make("AlterColumn", table, string.Join('\n', sql), json);
    }

    private ProposedOperation DropColumn(TableName table, Column column) =>
        Make("DropColumn", table, $"ALTER TABLE {Q(table)} DROP COLUMN {Q(column.Name)};", ("name", column.Name));

    private ProposedOperation Drop(string operation, TableName table, string name) =>
        Make(operation, table, $"ALTER TABLE {Q(table)} DROP CONSTRAINT {Q(name)};", ("name", name));

    private ProposedOperation DropIndex(TableName table, string name) =>
        Make("DropIndex", table, $"DROP INDEX {Q(new TableName(table.Schema, name))};", ("name", name));

    private ProposedOperation RenameIndex(TableName table, string name, string newName) =>
        Make("RenameIndex", table, $"ALTER INDEX {Q(new TableName(table.Schema, name))} RENAME TO {Q(newName)};", ("name", name), ("newName", newName));

    private ProposedOperation CreateIndex(TableName table, Index index)
    {
        var unique = index.Unique ? "UNIQUE " : "";
        var filter = index.Filter is { } where ? $" WHERE {where}" : "";
        var json = new JsonObject { ["name"] = index.Name, ["columns"] = Names(index.Columns), ["isUnique"] = index.Unique, ["filter"] = index.Filter };
        return Make("CreateIndex", table, $"CREATE {unique}INDEX {Q(index.Name)} ON {Q(table)} ({Q(index.Columns)}){filter};", json);
    }

    private ProposedOperation AddKey(string operation, string kind, TableName table, Key key) => Make(
        operation, table, $"ALTER TABLE {Q(table)} ADD CONSTRAINT {Q(key.Name!)} {kind} ({Q(key.Columns)});",
        new JsonObject { ["name"] = key.Name, ["columns"] = Names(key.Columns) });

    private ProposedOperation AddCheck(TableName table, CheckConstraint check) => Make(
        "AddCheckConstraint", table, $"ALTER TABLE {Q(table)} ADD CONSTRAINT {Q(check.Name!)} CHECK ({check.Sql});", ("name", check.Name!), ("sql", check.Sql));

    private ProposedOperation AddForeignKey(TableName table, ForeignKey key) =>
        Make("AddForeignKey", table, $"ALTER TABLE {Q(table)} ADD CONSTRAINT {Q(key.Name!)} {Reference(key)};", KeyOf(key));

    private Default? MadeUp(Column column) =>
        column is { Nullable: false, Identity: false, ComputedSql: null } && engine.Phases!.Zero(column.Type, DatabaseModel.Empty) is { } zero ? new(zero, true) : null;

    private string Reference(ForeignKey key) =>
        $"FOREIGN KEY ({Q(key.Columns)}) REFERENCES {Q(key.Principal)} ({Q(key.PrincipalColumns)}){(key.OnDelete is { } action ? $" ON DELETE {action}" : "")}";

    private string Definition(Column column) =>
        $"{Q(column.Name)} {column.Type}{(column.Identity ? " GENERATED BY DEFAULT AS IDENTITY" : column.Nullable ? "" : " NOT NULL")}{(column.Default is { } given ? $" DEFAULT {given.Sql}" : "")}{(column.ComputedSql is { } computed ? $" GENERATED ALWAYS AS ({computed}) STORED" : "")}";

    private static bool Same(ForeignKey one, ForeignKey other) =>
        one.Name == other.Name && one.Columns.SequenceEqual(other.Columns) && one.Principal == other.Principal && one.OnDelete == other.OnDelete;

    private static bool Same(Key one, Key other) => one.Name == other.Name && one.Columns.SequenceEqual(other.Columns);

    private static bool Same(Index one, Index other) =>
        one.Name == other.Name && one.Columns.SequenceEqual(other.Columns) && one.Unique == other.Unique && one.Filter == other.Filter;

    private static JsonObject Of(Column column, Default? given) => new()
    {
        ["name"] = column.Name,
        ["storeType"] = column.Type,
        ["isNullable"] = column.Nullable,
        ["defaultSql"] = given?.Sql,
        ["defaultConstant"] = given?.Constant,
        ["computedColumnSql"] = column.ComputedSql,
        ["generated"] = column.Identity,
    };

    private static JsonObject KeyOf(ForeignKey key) => new()
    {
        ["name"] = key.Name,
        ["columns"] = Names(key.Columns),
        ["principalSchema"] = key.Principal.Schema,
        ["principalTable"] = key.Principal.Name,
        ["principalColumns"] = Names(key.PrincipalColumns),
        ["onDelete"] = key.OnDelete switch { "CASCADE" => "Cascade", "SET NULL" => "SetNull", "RESTRICT" => "Restrict", _ => null },
    };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];

    private static ProposedOperation Make(string operation, TableName table, string sql, params (string Name, string Value)[] properties)
    {
        var json = new JsonObject();
        foreach (var (name, value) in properties)
        {
            json[name] = value;
        }
        return Make(operation, table, sql, json);
    }

    private static ProposedOperation Make(string operation, TableName table, string sql, bool named) =>
        Make(operation, table, sql, named ? new JsonObject { ["name"] = table.Name } : []);

    private static ProposedOperation Make(string operation, TableName table, string sql, JsonObject json)
    {
        json["operation"] = operation;
        json["schema"] = table.Schema;
        if (operation is not ("CreateTable" or "DropTable"))
        {
            json["table"] = table.Name;
        }
        return new(JsonSerializer.SerializeToElement(json), $"migrationBuilder.{operation}(…);", [new CommandMessage(sql, Suppressed: false, [0])]);
    }

    private string Q(string name) => engine.Quote(name);

    private string Q(TableName table) => engine.QuoteTable(table);

    private string Q(IEnumerable<string> columns) => string.Join(", ", columns.Select(engine.Quote));
}
