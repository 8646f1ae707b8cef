using System.Text;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>Texts that are SQL in parts: statements with pieces lost, doubled, swapped and put into each other, and words in any order.</summary>
internal sealed class RandomSql
{
    private static readonly string[] Splices =
    [
        "'", "\"", "$$", "$a$", "(", ")", "[", "]", "/*", "*/", "--", "\n", ";", ",", ".", "BEGIN", "END", "CASE", "AS", "\0", "é", "`", "#", "/*!", "DELIMITER //\n", "//", "E'\\", "1..2",
        "::", "WITH a AS (", "DO $$", "IF", "THEN", "END IF;", "\nGO\n", "DECLARE", "EXECUTE", "\uD83D", "\u2028", "\nGO 5\n", "EXEC(N'", "ELSE", "N'", "U&\"", ":=", "@x", "$1", "NULL", "\\",
    ];

    private readonly Random random;
    private readonly IReadOnlyList<string> texts;
    private readonly IReadOnlyList<string> words;

    public RandomSql(string engine, int seed)
    {
        random = new(seed);
        texts = [.. SqlCorpus.Valid(engine), .. SqlCorpus.Engines.Where(other => other != engine).SelectMany(SqlCorpus.Valid).Where((_, at) => at % 7 == 0)];
        words = [.. texts.SelectMany(text => Tokenizer.Read(text, SqlDialect.Of(engine)).Tokens).Select(token => token.Raw).Where(raw => raw.Length < 40).Distinct(), .. Splices];
    }

    public string Next() => random.Next(5) switch
    {
        0 => Soup(),
        1 => Spliced(),
        2 => Wrapped(Mutated(Any())),
        _ => Mutated(Any()),
    };

    private string Any() => texts[random.Next(texts.Count)];

    private string Soup()
    {
        var sql = new StringBuilder();
        for (var left = random.Next(1, 60); left > 0; left--)
        {
            sql.Append(words[random.Next(words.Count)]).Append(random.Next(4) == 0 ? "" : " ");
        }
        return sql.ToString();
    }

    /// <summary>The beginning of one statement with the end of another.</summary>
    private string Spliced()
    {
        var (left, right) = (Any(), Any());
        return left[..random.Next(left.Length + 1)] + (random.Next(2) == 0 ? ";" : "") + right[random.Next(right.Length + 1)..];
    }

    private string Wrapped(string sql) => random.Next(7) switch
    {
        0 => $"DO $x$ BEGIN {sql}; END $x$;",
        1 => $"CREATE PROCEDURE p() BEGIN {sql}; END; CALL p();",
        2 => $"DELIMITER //\nCREATE PROCEDURE p() BEGIN IF 1 THEN {sql}; END IF; END//\nCALL p()//\nDELIMITER ;\n",
        3 => $"/*!50100 {sql} */",
        4 => $"BEGIN; {sql}; COMMIT;",
        5 => $"IF 1 = 1 BEGIN {sql} END\nGO\n",
        _ => $"EXECUTE '{sql.Replace("'", "''", StringComparison.Ordinal)}'",
    };

    private string Mutated(string text)
    {
        var sql = new StringBuilder(text);
        for (var i = random.Next(0, 5); i > 0 && sql.Length > 1; i--)
        {
            var at = random.Next(sql.Length);
            _ = random.Next(6) switch
            {
                0 => sql.Remove(at, random.Next(1, Math.Min(12, sql.Length - at) + 1)),
                1 => sql.Insert(at, Splices[random.Next(Splices.Length)]),
                2 => sql.Insert(at, sql.ToString(random.Next(at + 1), 1)),
                3 => sql.Insert(at, " " + words[random.Next(words.Count)] + " "),
                4 => sql.Replace(words[random.Next(words.Count)], words[random.Next(words.Count)], at, sql.Length - at),
                _ => sql.Insert(at, Any()),
            };
        }
        return sql.ToString();
    }
}
