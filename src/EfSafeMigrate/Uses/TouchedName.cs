using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Uses;

/// <summary>What a change does to a name or a column that code uses.</summary>
internal enum Touch { DroppedColumn, RenamedColumn, ChangedType, Required, Optional, DroppedTable, RenamedTable }

/// <summary>A table or a column that a change touches.</summary>
/// <param name="Migration">The id of the migration.</param>
/// <param name="Column">Null where the table as such is touched.</param>
internal sealed record TouchedName(string Migration, TableName Table, string? Column, Touch Touch)
{
    /// <summary>The name afterwards, where it gets another.</summary>
    public string? NewName { get; init; }

    /// <summary>The type afterwards, where it gets another.</summary>
    public string? NewType { get; init; }

    /// <summary>The same type with more room: code goes on as it is.</summary>
    public bool IsWider { get; init; }

    /// <summary><c>Orders.Note</c>.</summary>
    public string Spoken => Column is null ? $"{Table}" : $"{Table}.{Column}";

    /// <summary><c>Orders.Note is dropped</c>.</summary>
    public string Sentence => $"{Spoken} {Touch switch
    {
        Touch.DroppedColumn or Touch.DroppedTable => "is dropped",
        Touch.RenamedColumn or Touch.RenamedTable => $"is renamed to {NewName}",
        Touch.ChangedType => $"becomes {NewType}",
        Touch.Required => "becomes NOT NULL",
        _ => "accepts NULL",
    }}";
}
