using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>An entry of <c>waivers</c>: what a team accepts until further notice. Patterns know <c>*</c> and <c>?</c>.</summary>
/// <param name="Waiver">With the rule, the reason, the last day and the line it stands in.</param>
internal sealed record StandingWaiver(Waiver Waiver)
{
    /// <summary>Of a migration's id or name; null for all.</summary>
    public string? Migration { get; init; }

    /// <summary>Of a table's name, with its schema or without; null for all.</summary>
    public string? Table { get; init; }
    public string? Column { get; init; }

    public bool HasExpired(DateOnly today) => Waiver.Expires < today;

    public bool SpeaksOf(string migration, string name) => Migration is null || Wildcard.Matches(Migration, migration) || Wildcard.Matches(Migration, name);

    public bool SpeaksOf(TableName? table, string? column) =>
        (Table is null || (table is not null && (Wildcard.Matches(Table, table.Name) || Wildcard.Matches(Table, $"{table}"))))
        && (Column is null || (column is not null && Wildcard.Matches(Column, column)));
}
