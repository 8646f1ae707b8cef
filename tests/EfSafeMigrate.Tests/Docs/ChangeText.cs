using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Docs;

/// <summary>An operation in one line, for the examples of the pages.</summary>
internal static class ChangeText
{
    public static string Of(Change change) => change switch
    {
        RenameColumn rename => $"RenameColumn {rename.Table}.{rename.Name} → {rename.NewName}",
        RenameTable rename => $"RenameTable {rename.Table} → {rename.NewName}",
        AddColumn add => $"AddColumn {add.Table}.{Of(add.Column)}",
        DropColumn drop => $"DropColumn {drop.Table}.{drop.Name}",
        AlterColumn { Old: { } old } alter => $"AlterColumn {alter.Table}.{Of(old)} → {Of(alter.New)}",
        CreateTable create => $"CreateTable {create.Table} ({string.Join(", ", create.Definition.Columns.Select(column => column.Name))})",
        DropTable drop => $"DropTable {drop.Table}",
        CreateIndex create => $"CreateIndex {create.Index.Name} on {create.Table}{(create.Concurrently ? " concurrently" : "")}{(create.InTransaction ? "" : ", transaction suppressed")}",
        AddForeignKey add => $"AddForeignKey {add.ForeignKey.Name} on {add.Table} ({string.Join(", ", add.ForeignKey.Columns)}) to {add.ForeignKey.Principal}",
        AddPrimaryKey add => $"AddPrimaryKey {add.Key.Name} on {add.Table} ({string.Join(", ", add.Key.Columns)})",
        DropPrimaryKey drop => $"DropPrimaryKey {drop.Name} on {drop.Table}",
        { Target: { } table } => $"{change.GetType().Name} on {table}",
        _ => change.GetType().Name,
    };

    private static string Of(Column column) =>
        $"{column.Name} {column.Type}{(column.Nullable ? "" : " required")}{(column.Default is { } given ? $" default {given.Sql}" : "")}";
}
