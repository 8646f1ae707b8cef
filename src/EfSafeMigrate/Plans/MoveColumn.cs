using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>A column that keeps its data in another table, as a person decided: EF drops the one and adds the other.</summary>
/// <param name="Table">The table it leaves.</param>
internal sealed record MoveColumn(TableName Table, string Name, TableName To, string NewName) : TableChange(Table)
{
    public override string? TargetColumn => Name;

    public bool Is(TableName table, string column) => Name == column && Table.Matches(table);

    public bool IsTo(TableName table, string column) => NewName == column && To.Matches(table);
}
