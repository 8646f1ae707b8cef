using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Whether a default is evaluated once for all rows or anew for each. A volatile one makes <c>ADD COLUMN</c> write every row.
/// </summary>
internal static partial class PostgresVolatility
{
    /// <summary>Words that stand before a parenthesis without being a function: syntax and types with a modifier.</summary>
    private static readonly HashSet<string> NotFunctions = new(StringComparer.OrdinalIgnoreCase)
    {
        "AND", "ANY", "ARRAY", "AS", "BETWEEN", "BIT", "CASE", "CAST", "CHAR", "CHARACTER", "COALESCE", "CURRENT_TIME", "CURRENT_TIMESTAMP",
        "DEC", "DECIMAL", "ELSE", "EXTRACT", "FLOAT", "FROM", "GREATEST", "IN", "INTERVAL", "IS", "LEAST", "LOCALTIME", "LOCALTIMESTAMP",
        "NOT", "NULLIF", "NUMERIC", "OR", "OVERLAY", "POSITION", "ROW", "SUBSTRING", "THEN", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "TRIM",
        "VARBIT", "VARCHAR", "VARYING", "WHEN", "XMLELEMENT", "XMLFOREST",
    };

    /// <summary>An unknown function counts as volatile, as PostgreSQL itself takes one that does not say.</summary>
    public static bool IsVolatile(Default value, DatabaseModel model) =>
        !value.Constant && Call().Matches(SqlText.WithoutLiterals(value.Sql)).Any(call => IsVolatile(call, model));

    private static bool IsVolatile(Match call, DatabaseModel model)
    {
        var name = call.Groups["name"].Value.Trim('"');
        var schema = call.Groups["schema"].Value.Trim('"');
        if (model.Functions.FirstOrDefault(function => function.Name == name || function.Name == $"{schema}.{name}") is { } known)
        {
            return known.Volatile && !IsInlined(known, model);
        }
        var builtIn = schema is "" or "pg_catalog" && PostgresFunctions.NotVolatile.Contains(name);
        return !builtIn && !(schema.Length == 0 && NotFunctions.Contains(name));
    }

    /// <summary>
    /// PostgreSQL puts the one expression of a function in SQL in the place of its call, and then judges the expression; measured.
    /// </summary>
    private static bool IsInlined(Function function, DatabaseModel model) =>
        function.Sql is { } body
        && OneExpression().IsMatch(body)
        && !IsVolatile(new Default(body, Constant: false), model with { Functions = [.. model.Functions.Where(other => other != function)] });

    [GeneratedRegex(@"^\s*SELECT\b(?:(?!\bFROM\b)[^;])*;?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex OneExpression();

    [GeneratedRegex("""(?:(?<schema>"[^"]+"|[a-z_]\w*)\s*\.\s*)?(?<name>"[^"]+"|[a-z_]\w*)\s*\(""", RegexOptions.IgnoreCase)]
    private static partial Regex Call();
}
