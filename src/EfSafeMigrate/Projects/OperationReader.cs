using System.Text.Json;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Projects;

/// <summary>One EF operation, as the agent wrote it, as a change.</summary>
internal static class OperationReader
{
    public static string NameOf(JsonElement operation) => operation.Text("operation")!;

    /// <param name="model">The schema before the operation, for the column that EF's operation does not tell.</param>
    public static Change Read(JsonElement operation, DatabaseModel model) => NameOf(operation) switch
    {
        var name when operation.Text("unread") is { } why => new UnreadOperation(name, operation.Text("text") ?? "", why),
        "CreateTable" => new CreateTable(TableOf(operation)),
        "DropTable" => new DropTable(Name(operation)),
        "RenameTable" => new RenameTable(Name(operation), new TableName(
            operation.Text("newSchema") ?? operation.Text("schema"), operation.Text("newName") ?? operation.Text("name")!)),
        "AlterTable" => new AlterTable(Name(operation), "annotations"),
        "AddColumn" => new AddColumn(On(operation), ColumnOf(operation)),
        "AlterColumn" => new AlterColumn(On(operation), ColumnOf(operation), OldColumn(operation, model)),
        "DropColumn" => new DropColumn(On(operation), operation.Text("name")!),
        "RenameColumn" => new RenameColumn(On(operation), operation.Text("name")!, operation.Text("newName")!),
        "CreateIndex" => new CreateIndex(On(operation), IndexOf(operation)),
        "DropIndex" => new DropIndex(operation.Text("table") is null ? null : On(operation), operation.Text("name")!),
        "RenameIndex" => new RenameIndex(operation.Text("table") is null ? null : On(operation), operation.Text("name")!, operation.Text("newName")!),
        "AddPrimaryKey" => new AddPrimaryKey(On(operation), KeyOf(operation)),
        "DropPrimaryKey" => new DropPrimaryKey(On(operation), operation.Text("name")),
        "AddUniqueConstraint" => new AddUniqueConstraint(On(operation), KeyOf(operation)),
        "DropUniqueConstraint" => new DropUniqueConstraint(On(operation), operation.Text("name")!),
        "AddForeignKey" => new AddForeignKey(On(operation), ForeignKeyOf(operation)),
        "DropForeignKey" => new DropForeignKey(On(operation), operation.Text("name")!),
        "AddCheckConstraint" => new AddCheckConstraint(On(operation), CheckOf(operation)),
        "DropCheckConstraint" => new DropCheckConstraint(On(operation), operation.Text("name")!),
        "InsertData" => new InsertData(On(operation), RowsOf(operation, "values")),
        "UpdateData" => new UpdateData(On(operation), operation.Texts("columns"), RowsOf(operation, "values")),
        "DeleteData" => new DeleteData(On(operation), RowsOf(operation, "keyValues")),
        "CreateSequence" => new CreateSequence(operation.Text("schema"), operation.Text("name")!),
        "AlterSequence" => new AlterSequence(operation.Text("schema"), operation.Text("name")!, "options"),
        "RestartSequence" => new RestartSequence(operation.Text("schema"), operation.Text("name")!),
        "DropSequence" => new DropSequence(operation.Text("schema"), operation.Text("name")!),
        "RenameSequence" => new RenameSequence(
            operation.Text("schema"), operation.Text("name")!, operation.Text("newSchema"), operation.Text("newName") ?? operation.Text("name")!),
        "EnsureSchema" => new CreateSchema(operation.Text("name")!),
        "DropSchema" => new DropSchema(operation.Text("name")!),
        "AlterDatabase" => new AlterDatabase("annotations"),
        "Sql" => new OpaqueSql(operation.Text("sql") ?? "", "raw SQL"),
        var unknown => new UnknownOperation(unknown),
    };

    private static TableName Name(JsonElement operation) => new(operation.Text("schema"), operation.Text("name")!);

    private static TableName On(JsonElement operation) => new(operation.Text("schema"), operation.Text("table")!);

    private static Table TableOf(JsonElement operation) =>
        new(Name(operation), [.. operation.Items("columns").Select(ColumnOf)])
        {
            PrimaryKey = operation.TryGetProperty("primaryKey", out var key) ? KeyOf(key) : null,
            UniqueConstraints = [.. operation.Items("uniqueConstraints").Select(KeyOf)],
            ForeignKeys = [.. operation.Items("foreignKeys").Select(ForeignKeyOf)],
            Checks = [.. operation.Items("checkConstraints").Select(CheckOf)],
        };

    private static Column ColumnOf(JsonElement operation) =>
        new(operation.Text("name") ?? "", operation.Text("storeType") ?? "", operation.Flag("isNullable"))
        {
            Default = operation.Text("defaultSql") is { } sql ? new Default(sql, operation.Flag("defaultConstant")) : null,
            ComputedSql = operation.Text("computedColumnSql"),
            Stored = operation.Flag("isStored"),
            Collation = operation.Text("collation"),
            Charset = operation.Text("charset"),
            Comment = operation.Text("comment"),
            Identity = operation.Flag("generated"),
        };

    /// <summary>The model knows the column whole; generated code may have left out what did not change.</summary>
    private static Column? OldColumn(JsonElement operation, DatabaseModel model)
    {
        var name = operation.Text("name")!;
        return model.Find(On(operation))?.Column(name)
            ?? (operation.TryGetProperty("oldColumn", out var old) && ColumnOf(old) is { Type.Length: > 0 } column ? column with { Name = name } : null);
    }

    private static Changes.Index IndexOf(JsonElement operation) =>
        new(operation.Text("name")!, operation.Texts("columns"))
        {
            Unique = operation.Flag("isUnique"),
            Filter = operation.Text("filter"),
        };

    private static Key KeyOf(JsonElement operation) => new(operation.Text("name"), operation.Texts("columns"));

    private static ForeignKey ForeignKeyOf(JsonElement operation) =>
        new(operation.Text("name"), operation.Texts("columns"),
            new TableName(operation.Text("principalSchema"), operation.Text("principalTable")!), operation.Texts("principalColumns"))
        {
            OnDelete = ReferentialActions.Sql(operation.Text("onDelete")),
        };

    private static CheckConstraint CheckOf(JsonElement operation) => new(operation.Text("name"), operation.Text("sql")!);

    private static int RowsOf(JsonElement operation, string property) =>
        operation.TryGetProperty(property, out var values) && values.TryGetProperty("rows", out var rows) ? rows.GetInt32() : 1;

    private static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    private static string[] Texts(this JsonElement element, string name) => [.. element.Items(name).Select(item => item.GetString()!)];
}
