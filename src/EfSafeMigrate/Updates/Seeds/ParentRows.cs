using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>A foreign key and the values that its columns may have.</summary>
/// <param name="Values">Of the parents there are, in order of the columns.</param>
internal sealed record ParentRows(TableName Parent, IReadOnlyList<string> Columns, IReadOnlyList<string> ParentColumns, IReadOnlyList<IReadOnlyList<string?>> Values)
{
    /// <summary>Rows of the table itself: those made so far, of which none is before the first.</summary>
    public bool IsSelf { get; init; }

    /// <summary>The columns that are NULL where there is no parent; none when there has to be one.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];
}
