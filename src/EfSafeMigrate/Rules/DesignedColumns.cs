using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>The columns whose type a change decides.</summary>
internal static class DesignedColumns
{
    public static IReadOnlyList<Column> Of(Change change) => change switch
    {
        // A partition has the columns of its parent.
        CreateTable { PartitionOf: null } create => create.Definition.Columns,
        AddColumn add => [add.Column],
        AlterColumn { ChangesType: true } alter => [alter.New],
        _ => [],
    };
}
