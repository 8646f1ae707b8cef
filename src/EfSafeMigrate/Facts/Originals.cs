using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Facts;

/// <summary>
/// What the database calls today the tables and columns that a change set names: before its renames, and without what it adds.
/// Null stands for what the change set itself makes.
/// </summary>
internal sealed class Originals
{
    private readonly Dictionary<TableName, TableName?> tables = [];
    private readonly Dictionary<(TableName Table, string Column), string?> columns = [];

    public TableName? Of(TableName table) => tables.TryGetValue(table, out var original) ? original : table;

    public string? Of(TableName table, string column) => columns.TryGetValue((table, column), out var original) ? original : column;

    /// <summary>True when the text means today what it will mean then: it mentions no column that is renamed or added before.</summary>
    public bool Same(TableName table, string? sql) =>
        !columns.Any(pair => pair.Key.Table == table && pair.Value != pair.Key.Column && sql.Mentions(pair.Key.Column));

    /// <param name="model">The schema right before the change.</param>
    public void Pass(Change change, DatabaseModel model)
    {
        switch (change)
        {
            case CreateTable { IfNotExists: true } create when model.Find(create.Table) is not null:
            case AddColumn { IfNotExists: true } add when model.Find(add.Table)?.Column(add.Column.Name) is not null:
                break;
            case CreateTable create:
                tables[create.Table] = null;
                break;
            case AddColumn add:
                columns[(Name(add.Table, model), add.Column.Name)] = null;
                break;
            case RenameColumn rename:
                columns[(Name(rename.Table, model), rename.NewName)] = Of(Name(rename.Table, model), rename.Name);
                break;
            case RenameTable rename:
                Move(Name(rename.Table, model), rename.NewName);
                break;
            default:
                break;
        }
    }

    /// <summary>The name as the model spells it: a statement may leave the schema out.</summary>
    public static TableName Name(TableName table, DatabaseModel model) => model.Find(table)?.Name ?? table;

    private void Move(TableName table, TableName newName)
    {
        tables[newName] = Of(table);
        foreach (var ((_, column), original) in columns.Where(pair => pair.Key.Table == table).ToList())
        {
            columns[(newName, column)] = original;
        }
    }
}
