using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What a statement makes or takes away, as the server's catalogue has it: a statement that finds it so has nothing left to do.</summary>
/// <param name="Table">The catalogue's table.</param>
/// <param name="Column">The catalogue's column for the name.</param>
/// <param name="Present">The statement needs it; otherwise it makes it.</param>
internal sealed record MySqlObject(string Table, string Column, string Name, bool Present)
{
    public static MySqlObject OfColumn(string name, bool present) => new("columns", "column_name", name, present);

    public static MySqlObject OfIndex(string name, bool present) => new("statistics", "index_name", name, present);

    public static MySqlObject OfConstraint(string name, bool present) => new("table_constraints", "constraint_name", name, present);

    /// <summary>A column of a foreign key.</summary>
    public static MySqlObject OfReference(string name, bool present) => new("key_column_usage", "referenced_table_name IS NOT NULL AND column_name", name, present);

    /// <summary>Null for what can be done any number of times.</summary>
    public static MySqlObject? Of(Change change) => change switch
    {
        AddColumn add => OfColumn(add.Column.Name, present: false),
        DropColumn drop => OfColumn(drop.Name, present: true),
        RenameColumn rename => OfColumn(rename.Name, present: true),
        CreateIndex create => OfIndex(create.Index.Name, present: false),
        DropIndex drop => OfIndex(drop.Name, present: true),
        RenameIndex rename => OfIndex(rename.Name, present: true),
        AddUniqueConstraint add => OfIndex(add.Key.Name!, present: false),
        DropUniqueConstraint drop => OfIndex(drop.Name, present: true),
        DropForeignKey drop => OfConstraint(drop.Name, present: true),
        DropCheckConstraint drop => OfConstraint(drop.Name, present: true),
        _ => null,
    };

    /// <summary>True where the statement still has something to do.</summary>
    public string Condition(TableName table)
    {
        var schema = table.Schema is { } name ? MySqlRoutine.Text(name) : "DATABASE()";
        return $"{(Present ? "" : "NOT ")}EXISTS (SELECT 1 FROM information_schema.{Table} WHERE table_schema = {schema} AND table_name = {MySqlRoutine.Text(table.Name)} AND {Column} = {MySqlRoutine.Text(Name)})";
    }
}
