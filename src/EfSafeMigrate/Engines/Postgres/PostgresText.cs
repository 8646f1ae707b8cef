using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Names and texts put into statements.</summary>
internal static class PostgresText
{
    public static string Quoted(this TableName table, Func<string, string> quote) =>
        table.Schema is null ? quote(table.Name) : $"{quote(table.Schema)}.{quote(table.Name)}";

    public static string Literal(this string text)
    {
        var doubled = text.Replace("'", "''", StringComparison.Ordinal);
        return text.Contains('\\', StringComparison.Ordinal) ? $"E'{doubled.Replace("\\", "\\\\", StringComparison.Ordinal)}'" : $"'{doubled}'";
    }

    /// <summary>A body between dollar signs, with a tag that the body does not hold.</summary>
    public static string Dollars(this string body, string tag)
    {
        while (body.Contains($"${tag}$", StringComparison.Ordinal))
        {
            tag += "_";
        }
        return $"${tag}${body}${tag}$";
    }
}
