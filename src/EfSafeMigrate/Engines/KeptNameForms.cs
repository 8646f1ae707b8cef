using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>A view that lets a renamed table be used under its old name.</summary>
internal sealed record KeptNameForms
{
    /// <summary>The table as it was and its new name; with all columns that are there, or with those of the model alone.</summary>
    public required Func<Table, TableName, bool, ObjectNames, TriggerObjects> View { get; init; }

    /// <summary>The table gets its new name and the view the old one in the same instant, and back; null where a transaction holds both together.</summary>
    public Func<Table, TableName, ObjectNames, TriggerObjects>? AtOnce { get; init; }

    /// <summary>The view counts how often it is used.</summary>
    public required bool Counts { get; init; }

    /// <summary>Why the view cannot stand for the table, as a clause; null when it can.</summary>
    public Func<Table, string?> Refusal { get; init; } = _ => null;

    /// <summary>What the old name does not do as the table did, given both names.</summary>
    public required Func<TableName, TableName, string> Note { get; init; }
}
