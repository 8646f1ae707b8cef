using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Facts;

/// <summary>A probe that is to be asked.</summary>
/// <param name="Table">As the change names it.</param>
/// <param name="Columns">As the change names them.</param>
/// <param name="Ask">The question in today's names; null when it cannot be put, which <paramref name="Why"/> explains.</param>
internal sealed record Question(ProbeKind Kind, TableName Table, IReadOnlyList<string> Columns, Ask? Ask, string? Why = null)
{
    /// <summary>Stands where a question is about the whole database.</summary>
    public static readonly TableName Database = new(null, "");

    /// <summary>True when the answer holds for every row of the table.</summary>
    public bool Whole { get; init; }
}
