using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Uses;

/// <summary>Finds touched names in SQL, each where its table is the one that is meant.</summary>
/// <param name="models">The schemas before the changes: they tell whose column a bare name is.</param>
internal sealed class SqlNames(SqlDialect dialect, IReadOnlyList<DatabaseModel> models, IReadOnlyList<TouchedName> touched)
{
    private static readonly string[] Verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "TRUNCATE", "ALTER", "CREATE", "DROP", "LOCK", "COPY", "REPLACE", "UPSERT"];

    /// <summary>Rows of the statement itself, under names that the engines give them.</summary>
    private static readonly string[] OwnRows = ["excluded", "new", "old", "inserted", "deleted", "values"];

    private readonly HashSet<string> tables = new(touched.Select(each => each.Table.Name), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> columns = new(touched.Select(each => each.Column).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The text may be worth reading.</summary>
    public bool MayHold(string text) =>
        tables.Any(table => text.Contains(table, StringComparison.OrdinalIgnoreCase)) || columns.Any(column => text.Contains(column, StringComparison.OrdinalIgnoreCase));

    /// <summary>A statement, and no sentence that begins like one: it names a table that there is.</summary>
    public bool IsStatement(string text)
    {
        var begin = text.AsSpan().TrimStart();
        foreach (var verb in Verbs)
        {
            if (begin.StartsWith(verb, StringComparison.OrdinalIgnoreCase) && begin.Length > verb.Length && !char.IsLetterOrDigit(begin[verb.Length]))
            {
                return SqlScopes.In(text, dialect).SelectMany(scope => scope.Sources).Any(source => source.Table is { } table && IsKnown(table));
            }
        }
        return false;
    }

    /// <summary>The tables that a statement names, for another part of it.</summary>
    public IReadOnlyList<SqlSource> SourcesOf(string sql) => [.. SqlScopes.In(sql, dialect).SelectMany(scope => scope.Sources)];

    /// <param name="about">The tables that the rest of the statement names, for a part of one.</param>
    public IReadOnlyList<TouchedName> In(string sql, params IReadOnlyList<SqlSource> about)
    {
        var scopes = SqlScopes.In(sql, dialect, about);
        return
        [
            .. touched.Where(each => each.Column is null
                ? scopes.Any(scope => scope.Sources.Any(source => Is(source.Table, each.Table) && !about.Contains(source)))
                : scopes.Any(scope => scope.Columns.Any(column => column.Name.Equals(each.Column, StringComparison.OrdinalIgnoreCase) && Means(scope, column, each)))),
        ];
    }

    private bool Means(SqlScope scope, SqlColumn column, TouchedName each)
    {
        var isQualified = column.Qualifier is { } given && !OwnRows.Contains(given, StringComparer.OrdinalIgnoreCase);
        for (var at = scope; at is not null; at = at.Around)
        {
            var answering = at.Sources.Where(source => isQualified ? source.Answers(column.Qualifier!) : Has(source.Table, each)).ToArray();
            if (answering.Length > 0)
            {
                return answering.Any(source => Is(source.Table, each.Table));
            }
        }
        return false;
    }

    private bool Has(TableName? table, TouchedName each) =>
        table is not null && (Is(table, each.Table) || models.Any(model => model.Tables.Any(known =>
            Is(table, known.Name) && known.Columns.Any(column => column.Name.Equals(each.Column, StringComparison.OrdinalIgnoreCase)))));

    private bool IsKnown(TableName table) => tables.Contains(table.Name) || models.Any(model => model.Tables.Any(known => Is(table, known.Name)));

    /// <summary>However the engine folds names: SQL that writes one in other letters means it, or does not run.</summary>
    private static bool Is(TableName? named, TableName table) =>
        named is not null && named.Name.Equals(table.Name, StringComparison.OrdinalIgnoreCase)
        && (named.Schema is null || table.Schema is null || named.Schema.Equals(table.Schema, StringComparison.OrdinalIgnoreCase));
}
