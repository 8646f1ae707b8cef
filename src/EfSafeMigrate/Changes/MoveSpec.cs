using System.Text.Json.Serialization;

namespace EfSafeMigrate.Changes;

/// <summary>A column that two releases have in two tables: linked rows hold the same value in both places.</summary>
/// <param name="Tie">How rows of the two tables are linked.</param>
internal sealed record MoveSpec(TableName OldTable, string Old, TableName NewTable, string New, Tie Tie)
{
    /// <summary>What the old column holds in a row that the new release inserts, as SQL; null where it may be NULL.</summary>
    public string? Left { get; init; }

    /// <summary>What the new column holds in a row that has no linked one, as SQL; null where it may be NULL.</summary>
    public string? Given { get; init; }

    /// <summary>The columns of a row that is made in the new table for a value that has none there, each with the column it is made of; null where none is made.</summary>
    public IReadOnlyList<MadeOf>? Makes { get; init; }

    /// <summary>A value that becomes NULL in the old place takes the row of the new one away: it is there for the value alone.</summary>
    public bool TakesAway { get; init; }

    /// <summary>The new place is the table that refers to the other.</summary>
    [JsonIgnore]
    public bool ToChild => Tie.Child == NewTable;

    [JsonIgnore]
    public string ParentColumn => ToChild ? Old : New;

    [JsonIgnore]
    public string ChildColumn => ToChild ? New : Old;

    /// <summary>The old column has a value that stands for none until contract.</summary>
    [JsonIgnore]
    public bool Marks => Makes is not null && Left is not null;

    /// <summary>A row's value may have no row to take it: none is made for it, or the triggers that made them are about to go.</summary>
    /// <param name="last">Before contract; otherwise before anything else.</param>
    public bool NeedsPlace(bool last) => !ToChild || Makes is null || last;

    /// <summary>Several values of the old column have one place.</summary>
    [JsonIgnore]
    public bool Gathers => !ToChild && Tie.Many;
}

/// <summary>A column of a row that is made, and the one its value comes from.</summary>
internal sealed record MadeOf(string Column, string From);

/// <summary>A foreign key as the link between the rows of two tables.</summary>
/// <param name="Many">A row of the parent may have several children.</param>
internal sealed record Tie(string Name, TableName Parent, IReadOnlyList<string> ParentKey, TableName Child, IReadOnlyList<string> ChildKey, bool Many);
