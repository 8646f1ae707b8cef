using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Uses;

/// <summary>A query, or a statement, with the tables it names itself; a query in parentheses sees those around it as well.</summary>
internal sealed class SqlScope(SqlScope? around)
{
    public SqlScope? Around => around;

    public List<SqlSource> Sources { get; } = [];

    public List<SqlColumn> Columns { get; } = [];
}

/// <param name="Table">Null for a query in the place of a table.</param>
internal sealed record SqlSource(TableName? Table, string? Alias)
{
    /// <summary>What stands in front of the dot of its columns.</summary>
    public bool Answers(string qualifier) => qualifier.Equals(Alias ?? Table?.Name, StringComparison.OrdinalIgnoreCase);
}

internal readonly record struct SqlColumn(string? Qualifier, string Name);
