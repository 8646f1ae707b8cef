using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines;

/// <summary>How a column gets another type where every statement commits: it trades names with the column beside it, in one statement that needs no row.</summary>
internal sealed record ExchangeForms
{
    /// <summary>Why the table's column cannot give way to the other, as a clause; null when it can.</summary>
    public required Func<Table, Column, Column, string?> Refusal { get; init; }

    /// <summary>Fails when something rests on the column that is in no model, or when one of its indexes says more than its columns.</summary>
    public required Func<TableName, string, IReadOnlyList<Index>, string> RefuseDependents { get; init; }

    /// <summary>Triggers that give the other column its value in every row that is written; the names may be traded meanwhile.</summary>
    public required Func<ShadowSpec, ObjectNames, TriggerObjects> Follow { get; init; }

    /// <summary>Triggers beside those that refuse a value for which the other column has no place.</summary>
    public required Func<ShadowSpec, ObjectNames, TriggerObjects> Guard { get; init; }

    /// <summary>Fails while a row has such a value.</summary>
    public required Func<ShadowSpec, string> Look { get; init; }

    /// <summary>Adds the column, without a value and as one that may be NULL; true in front of the others.</summary>
    public required Func<TableName, Column, bool, string> Add { get; init; }

    /// <summary>Makes the column what it is to be, while traffic goes on.</summary>
    public required Func<TableName, Column, string> Restate { get; init; }

    /// <summary>The column and the one behind it that takes its name, and the names that indexes trade in pairs. Nothing when that is behind it no more.</summary>
    public required Func<ShadowSpec, IReadOnlyList<(string Name, string Other)>, string> Trade { get; init; }

    /// <summary>A statement for as long as the column stands in front of the one that takes its name.</summary>
    public required Func<ShadowSpec, string, string> Before { get; init; }

    /// <summary>Table, column, and its indexes, which go with it.</summary>
    public required Func<TableName, string, IReadOnlyList<string>, string> DropColumn { get; init; }
}
