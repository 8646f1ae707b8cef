using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>What becomes of values where a column gets another type.</summary>
internal sealed record ShadowForms
{
    /// <summary>By its two types: the provider reads and writes the column as either, as long as the value fits.</summary>
    public required Func<string, string, bool> IsShared { get; init; }

    /// <summary>By the type before and after: assigned without a word, a value is kept as it is or is an error.</summary>
    public required Func<string, string, bool> Converts { get; init; }

    /// <summary>SQL and a type: the value as the type, an error where assigning it would be one. Null where a column that gets another name as well has no phases.</summary>
    public Func<string, string, string>? Cast { get; init; }

    /// <summary>By the type before and after: digits are rounded away, and nothing fails.</summary>
    public required Func<string, string, bool> Rounds { get; init; }

    /// <summary>The condition on rows whose value the new type cannot hold; null when it holds every value.</summary>
    public required Func<ShadowSpec, string?> Misfit { get; init; }

    /// <summary>The shadow's value as SQL over the row; NULL where the new type cannot hold it.</summary>
    public required Func<ShadowSpec, string> Image { get; init; }

    /// <summary>An expression, given a column's name and the one it will have.</summary>
    public required Func<string, string, string, string> Renamed { get; init; }

    /// <summary>Null where a comment is part of the column's definition.</summary>
    public Func<TableName, string, string?, string>? Comment { get; init; }
}
