namespace EfSafeMigrate.Changes;

/// <summary>A column that a table would have twice: no engine takes it.</summary>
internal static class Repeats
{
    /// <summary>The name, or null.</summary>
    public static string? Of(Change change, DatabaseModel model) => change switch
    {
        CreateTable { IfNotExists: true } create when model.Find(create.Table) is not null => null,
        CreateTable create => create.Repeated,
        AddColumn { IfNotExists: false } add when model.Find(add.Table)?.Column(add.Column.Name) is not null => add.Column.Name,
        _ => null,
    };
}
