using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>The three rows of an entity: one with everything, one that shares whatever it may share with it, one with nothing but what it needs.</summary>
internal enum RowKind { Full, Twin, Sparse }

/// <summary>A row that is in the database.</summary>
/// <param name="Subject">The entity as its writer knows it.</param>
internal sealed record Row(Subject Subject, RowKind Kind)
{
    /// <summary>Every value that is known of it, in the type of whoever read it last.</summary>
    public Dictionary<(string Table, string Column), object?> Values { get; } = [];

    public string Id => $"{Subject.Name} {Kind}";

    public bool Deleted { get; set; }

    public void Learn(IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            foreach (var place in cell.Columns)
            {
                Values[place] = cell.Value;
            }
        }
    }
}

/// <summary>Nothing can be made up for it: no fault of the schema.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught here.
internal sealed class NotTriedException(string reason) : Exception(reason);
