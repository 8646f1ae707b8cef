using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>
/// How an engine is asked whether the data stands in the way of a change. Every question answers with one row for each thing found:
/// its key, or its name. Null where the engine has nothing to ask.
/// </summary>
internal sealed record Probes
{
    /// <summary>More rows than this are not counted.</summary>
    public const int Most = 1000;

    /// <summary>What goes before a question: read only, stopped after the time, never long in a queue for a lock.</summary>
    public required Func<TimeSpan, string> Limits { get; init; }

    /// <summary>What names a row of a table without a primary key; null where nothing does, and then such rows are only counted.</summary>
    public required string? RowAddress { get; init; }

    /// <summary>An expression as text.</summary>
    public Func<string, string> Text { get; init; } = expression => $"CAST({expression} AS text)";

    /// <summary>Texts one behind the other.</summary>
    public Func<IReadOnlyList<string>, string> Joined { get; init; } = texts => string.Join(" || ', ' || ", texts);

    /// <summary>A unique index with a condition holds only rows that meet it; false where the provider leaves the condition out.</summary>
    public bool IndexesFilter { get; init; } = true;

    /// <summary>True for <c>SELECT TOP (n)</c>, which others write as <c>LIMIT n</c> at the end.</summary>
    public bool CountsFirst { get; init; }

    /// <summary>What a failed question means, by the engine's error code.</summary>
    public required Func<string?, ProbeEnd> End { get; init; }

    /// <summary>Values of a column that its new type cannot hold. The table and its column as they stand now.</summary>
    public Func<Table, Column, AlterColumn, ServerState, Ask?>? DoNotFit { get; init; }

    /// <summary>Values of a column that cannot be carried over into another, or that would be NULL there and must not be.</summary>
    public Func<Table, Column, Conversion, ServerState, Ask?>? DoNotConvert { get; init; }

    /// <summary>Rows of which a column cannot be made, or would be NULL and must not be.</summary>
    public Func<Table, RegroupedColumn, Ask?>? CannotBeMade { get; init; }

    /// <summary>A key that has used most of its type's range.</summary>
    public Func<TableName, Column, Ask?>? NearOverflow { get; init; }

    public Func<TableName, Ask>? InvalidIndexes { get; init; }

    /// <summary>Transactions of others that have been open for more than a few seconds.</summary>
    public Ask? OpenTransactions { get; init; }

    /// <summary>Views over the table, or over one of its columns, and the table's triggers.</summary>
    public Func<TableName, string?, Ask>? Dependents { get; init; }
}

internal enum ProbeEnd { Failed, Stopped, Locked, BadData }
