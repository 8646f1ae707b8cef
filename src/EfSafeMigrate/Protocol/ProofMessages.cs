using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Protocol;

/// <summary>
/// Lets EF itself insert, read, update and delete rows of every entity of a release, and another release read and update the same rows: all in
/// one transaction on <see cref="Request.Session"/>'s connection, which is rolled back. Sequences advance all the same: for scratch databases.
/// </summary>
/// <param name="Writer">Id of the migration whose model the writing release has; empty for the snapshot.</param>
/// <param name="Reader">The other release's; null when there is none.</param>
/// <param name="Rules">The migrations whose models say which uniqueness and checks are in force.</param>
internal sealed record ProofRequest(string Writer, string? Reader, IReadOnlyList<string> Rules) : Request
{
    /// <summary>Run first, in the same transaction.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public IReadOnlyList<RowQuestion> Questions { get; init; } = [];

    /// <summary>Tables that one release still uses under another name; the answer calls them by the new one.</summary>
    public IReadOnlyList<MovedTable> Moved { get; init; } = [];

    /// <summary>Migrations in whose models a written value has a place as well; where there are none it is as wide as its own column.</summary>
    public IReadOnlyList<string> Holding { get; init; } = [];

    /// <summary>The columns of which <see cref="Holding"/> speaks; all others are as wide as their own.</summary>
    public IReadOnlyList<HeldColumn> Held { get; init; } = [];
}

/// <summary>A column that has another type for each release.</summary>
internal sealed record HeldColumn(TableName Table, string Column);

/// <param name="Table">The old name, under which a view stands.</param>
internal sealed record MovedTable(TableName Table, TableName NewName);

/// <summary>A condition that no row of a table may meet once a release has written it.</summary>
/// <param name="Sql">Over the table's columns.</param>
internal sealed record RowQuestion(string? Schema, string Table, string Column, string Sql);

/// <param name="Steps">In the order in which they were done.</param>
/// <param name="Unproved">What was not tried and why, as sentences.</param>
internal sealed record ProofResult(IReadOnlyList<ProofStep> Steps, IReadOnlyList<string> Unproved);

/// <param name="By">Whose step it is.</param>
/// <param name="Entity">The entity as the model calls it, without its namespace.</param>
/// <param name="Row">The same for one row throughout.</param>
/// <param name="Values">What was written, or what was read, column by column.</param>
internal sealed record ProofStep(ProofSide By, ProofDeed Deed, string Entity, string Row, IReadOnlyList<ProofValue> Values)
{
    /// <summary>What the database or EF says against it; null when it was done.</summary>
    public string? Failure { get; init; }

    public string? SqlState { get; init; }

    /// <summary>For <see cref="ProofDeed.Ask"/>: the column whose condition is met, and should not be.</summary>
    public string? Column { get; init; }
}

[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ProofSide>))]
internal enum ProofSide { Writer, Reader }

[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ProofDeed>))]
internal enum ProofDeed { Insert, Read, Update, Delete, Ask }

/// <param name="Table">With its schema, where it has one.</param>
/// <param name="Text">The value in one notation whichever type holds it; null for NULL.</param>
internal sealed record ProofValue(string Table, string Column, string? Text);
