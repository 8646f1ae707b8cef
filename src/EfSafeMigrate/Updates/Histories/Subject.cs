using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Histories;

/// <summary>A table, or one column of it.</summary>
/// <param name="Column">Null for the whole table.</param>
internal sealed record Subject(TableName Table, string? Column)
{
    /// <summary>The same under the name it has behind a change.</summary>
    public Subject After(Change change) => change switch
    {
        RenameTable rename when rename.Table.Matches(Table) => this with { Table = rename.NewName },
        RenameSchema rename when rename.Name == Table.Schema => this with { Table = Table with { Schema = rename.NewName } },
        RenameColumn rename when rename.Name == Column && rename.Table.Matches(Table) => this with { Column = rename.NewName },
        _ => this,
    };

    /// <summary>The same under the name it had before a change.</summary>
    public Subject Before(Change change) => change switch
    {
        RenameTable rename when rename.NewName.Matches(Table) => this with { Table = rename.Table },
        RenameSchema rename when rename.NewName == Table.Schema => this with { Table = Table with { Schema = rename.Name } },
        RenameColumn rename when rename.NewName == Column && rename.Table.Matches(Table) => this with { Column = rename.Name },
        _ => this,
    };

    /// <summary>One that stands in the model, by the name it has there; null where it does not.</summary>
    public Subject? In(DatabaseModel model) =>
        model.Find(Table) is { } table && (Column is null || table.Column(Column) is not null) ? this with { Table = table.Name } : null;

    public override string ToString() => Column is null ? $"{Table}" : $"{Table}.{Column}";
}
