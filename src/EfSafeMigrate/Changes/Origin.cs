namespace EfSafeMigrate.Changes;

/// <summary>Where a change comes from.</summary>
/// <param name="Migration">The migration's id, or <see cref="PendingModel"/>.</param>
/// <param name="Operation">Zero-based index of the operation in <c>Up</c>; -1 when the change has none.</param>
/// <param name="OperationName">EF's name of the operation, for example <c>CreateIndex</c> or <c>Sql</c>.</param>
internal sealed record Origin(string Migration, int Operation, string OperationName)
{
    /// <summary>Stands where a migration's id would: model changes that have no migration yet.</summary>
    public const string PendingModel = "(model changes without a migration)";

    public static readonly Origin None = new("", -1, "");

    /// <summary>The file, relative to the project, with forward slashes.</summary>
    public string? File { get; init; }

    /// <summary>One-based line of the operation in <see cref="File"/>.</summary>
    public int? Line { get; init; }

    /// <summary>One-based column in <see cref="Line"/>, where a text was read.</summary>
    public int? Column { get; init; }

    /// <summary>Where it stands in the text it was read from, when that is not the start of its statement.</summary>
    public int? Offset { get; init; }

    /// <summary>True when the provider adds the statement to the operation by itself.</summary>
    public bool Emitted { get; init; }
}
