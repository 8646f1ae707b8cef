using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>SQLite's schema as lines. It keeps the texts that made its tables; each is cut into its columns and constraints, and read without regard to layout.</summary>
internal static class SqliteSchemaLines
{
    private const string Own = """
        m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.tbl_name NOT LIKE '\_\_safe\_migrate%' ESCAPE '\' AND m.tbl_name NOT IN ('__EFMigrationsHistory', '__EFMigrationsLock') AND m.tbl_name <> @p0
        """;

    public static readonly SchemaForms Value = new()
    {
        Lines = history => new($"""
            SELECT m.type, CASE WHEN m.type IN ('table', 'view') THEN NULL ELSE m.tbl_name END, m.name, m.sql FROM sqlite_master m
            WHERE m.sql IS NOT NULL AND {Own} ORDER BY 1, 2, 3
            """, history?.Name ?? ""),
        Read = Read,
        Columns = history => new($"""
            SELECT NULL, m.name, c.name, NULLIF(c.pk, 0) FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
            WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden <> 1 AND {Own} ORDER BY m.name, c.name
            """, history?.Name ?? ""),
    };

    private static IEnumerable<SchemaLine> Read(IReadOnlyList<string?> row)
    {
        var (kind, owner, name, sql) = (row[0]!, row[1], row[2]!, row[3]!);
        if (kind != "table" || sql.IndexOf('(', StringComparison.Ordinal) is not (>= 0 and var open) || sql.StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(kind, owner, name, string.Join(' ', Words(sql)));
            yield break;
        }
        var parts = Parts(sql, open, out var rest);
        yield return new("table", null, name, string.Join(' ', Words(rest)));
        foreach (var (part, first) in parts.Select(part => (Words(part).ToArray(), Tokens(part).FirstOrDefault())).Where(each => each.Item1.Length > 0))
        {
            yield return part switch
            {
                ["CONSTRAINT", var constraint, ..] => new("constraint", name, constraint.Trim('"'), string.Join(' ', part.Skip(2))),
                ["PRIMARY" or "UNIQUE" or "CHECK" or "FOREIGN", ..] => new("constraint", name, "", string.Join(' ', part)),
                _ => new("column", name, part[0][0] == '"' ? part[0].Trim('"') : first!, string.Join(' ', part.Skip(1).Where((_, at) => !IsNeedlessNull(part, at + 1)))),
            };
        }
    }

    /// <summary>A column takes NULL whether that is said or not.</summary>
    private static bool IsNeedlessNull(string[] part, int at) => part[at] == "NULL" && part[at - 1] is not ("NOT" or "DEFAULT" or "SET" or "IS");

    /// <summary>What stands between the outer parentheses, cut at its commas.</summary>
    private static List<string> Parts(string sql, int open, out string rest)
    {
        List<string> parts = [];
        var (depth, begin, at) = (0, open + 1, open);
        for (; at < sql.Length; at = End(sql, at))
        {
            depth += sql[at] == '(' ? 1 : sql[at] == ')' ? -1 : 0;
            if (depth == 0 || (depth == 1 && sql[at] == ','))
            {
                parts.Add(sql[begin..at]);
                begin = at + 1;
            }
            if (depth == 0)
            {
                break;
            }
        }
        rest = at < sql.Length ? sql[(at + 1)..] : "";
        return parts;
    }

    /// <summary>Words in upper case, names in double quotes where they have any, and texts as they stand.</summary>
    private static IEnumerable<string> Words(string sql) => Tokens(sql).Select(token => token[0] switch
    {
        '"' or '`' or '[' => $"\"{token[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)}\"",
        '\'' => token,
        _ => token.ToUpperInvariant(),
    });

    /// <summary>Without comments.</summary>
    private static IEnumerable<string> Tokens(string sql)
    {
        for (var at = 0; at < sql.Length;)
        {
            var end = End(sql, at);
            var token = sql[at..end];
            at = end;
            if (!char.IsWhiteSpace(token[0]) && !token.StartsWith("--", StringComparison.Ordinal) && !token.StartsWith("/*", StringComparison.Ordinal))
            {
                yield return token;
            }
        }
    }

    /// <summary>Where the token ends that begins here.</summary>
    private static int End(string sql, int at)
    {
        var first = sql[at];
        if (first is '\'' or '"' or '`' or '[')
        {
            var close = first == '[' ? ']' : first;
            for (var end = at + 1; end < sql.Length; end++)
            {
                if (sql[end] == close)
                {
                    if (end + 1 >= sql.Length || sql[end + 1] != close || close == ']')
                    {
                        return end + 1;
                    }
                    end++;
                }
            }
            return sql.Length;
        }
        if (string.CompareOrdinal(sql, at, "--", 0, 2) == 0)
        {
            return sql.IndexOf('\n', at) is >= 0 and var line ? line + 1 : sql.Length;
        }
        if (string.CompareOrdinal(sql, at, "/*", 0, 2) == 0)
        {
            return sql.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : sql.Length;
        }
        if (!IsOfWord(first))
        {
            return at + 1;
        }
        var last = at + 1;
        while (last < sql.Length && IsOfWord(sql[last]))
        {
            last++;
        }
        return last;
    }

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '$';
}
