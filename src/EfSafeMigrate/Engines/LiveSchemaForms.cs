using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>How the tables that are there are read, so that they can be compared with a model. The tool's own tables are not among them.</summary>
internal sealed record LiveSchemaForms
{
    /// <summary>
    /// Schema (NULL for the connection's own), table, <c>yes</c> for a view, column, type, <c>yes</c> when it may be NULL, default, <c>yes</c> when the
    /// database numbers it, expression when it is computed; where <see cref="TellsWording"/>, also its collation (NULL for the usual one), its comment and the
    /// table's, and where the usual collation has a name, that; in order.
    /// </summary>
    public required Ask Columns { get; init; }

    /// <summary>
    /// Schema, table, kind (<c>p</c>rimary key, <c>u</c>nique, <c>f</c>oreign key, <c>c</c>heck), name, column, and of a foreign key: principal schema,
    /// table, column, action on delete (NULL for none); one row for each column, in order. Where <see cref="SameCheck"/> is, also what a check says.
    /// </summary>
    public required Ask Constraints { get; init; }

    /// <summary>Schema, table, name, column (NULL for an expression), <c>yes</c> when unique; one row for each column, in order.</summary>
    public required Ask Indexes { get; init; }

    /// <summary>A row for each schema in which a name without one is looked for, the connection's own first; null where a name has no schema.</summary>
    public Ask? Path { get; init; }

    /// <summary>True for two spellings of one type.</summary>
    public required Func<string, string, bool> SameType { get; init; }

    /// <summary>Collations and comments can be read.</summary>
    public bool TellsWording { get; init; }

    /// <summary>Checks can be read, with their names.</summary>
    public bool NamesChecks { get; init; } = true;

    /// <summary>False when two texts of a check, given the names of the table's columns, cannot mean the same; null where that is not known.</summary>
    public Func<string, string, IReadOnlyList<string>, bool>? SameCheck { get; init; }

    /// <summary>Foreign keys, unique and primary keys can be read with their names.</summary>
    public bool NamesKeys { get; init; } = true;

    /// <summary>One row, <c>yes</c> when two constants are one value of a type, given the type and both as SQL.</summary>
    public required Func<string, string, string, Ask> SameValue { get; init; }

    /// <summary>One row: the greatest value of a column that the database numbers, and the number it gave last; null where a number cannot fall behind.</summary>
    public Func<TableName, string, Ask>? Numbers { get; init; }
}
