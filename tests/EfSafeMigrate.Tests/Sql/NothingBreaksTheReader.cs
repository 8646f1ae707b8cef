using System.Text;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

public class NothingBreaksTheReader
{
    private const int Seed = 20261121;

    private static readonly string[] Splices =
        ["'", "\"", "$$", "$a$", "(", ")", "[", "]", "/*", "*/", "--", "\n", ";", ",", ".", "BEGIN", "END", "CASE", "AS", "\0", "é", "`", "#", "/*!", "DELIMITER //\n", "//", "E'\\", "1..2", "::", "WITH a AS (", "\nGO\n", "\nGO 5\n", "@v", "IF ", "ELSE ", "EXEC(N'"];

    private static readonly IReadOnlyList<string> Texts =
        [.. Data.LockMatrix.SelectMany(row => new[] { row.Ddl, row.Setup }).Concat(Data.Cases.SelectMany(row => new[] { row.Sql, row.Setup })).OfType<string>().Distinct()];

    [Theory]
    [InlineData("postgresql")]
    [InlineData("sqlite")]
    [InlineData("mariadb")]
    [InlineData("sqlserver")]
    public void No_mutation_of_a_statement_throws_or_loses_text(string engine)
    {
        var dialect = SqlDialect.Of(engine);
        var model = Reading.Model(dialect, Data.Text(engine == "sqlserver" ? "cases-base.sqlserver.sql" : $"lock-matrix-base.{engine}.sql"));
        // A fixed seed: a failure is the same failure tomorrow.
        var random = new Random(Seed);
        foreach (var text in Texts)
        {
            foreach (var mutant in Enumerable.Range(0, 12).Select(_ => Mutate(text, random)).Prepend(text))
            {
                Check(mutant, dialect, model);
            }
        }
    }

    [Theory]
    [InlineData("EXPLAIN ANALYZE ")]
    [InlineData("WITH a AS (SELECT 1) ")]
    [InlineData("WITH a AS (")]
    [InlineData("DELETE FROM t WHERE (")]
    [InlineData("(")]
    [InlineData("SELECT f(")]
    [InlineData("ALTER TABLE t ADD c int DEFAULT (")]
    [InlineData("CASE ")]
    [InlineData("IF 1 = 1 ")]
    [InlineData("BEGIN ")]
    [InlineData("IF 1 = 1 SELECT 1 ELSE ")]
    [InlineData("EXEC(")]
    [InlineData("SET @a = (")]
    public void Depth_costs_no_stack(string repeated)
    {
        var sql = new StringBuilder().Insert(0, repeated, 3000).ToString();
        Check(sql, SqlDialect.Postgres, DatabaseModel.Empty);
        Check($"DO $q$ BEGIN {sql} END $q$", SqlDialect.Postgres, DatabaseModel.Empty);
        Check(sql, SqlDialect.SqlServer, DatabaseModel.Empty);
    }

    private static void Check(string sql, SqlDialect dialect, DatabaseModel model)
    {
        var read = StatementReader.ReadEach(sql, dialect, model).ToArray();
        read.ShouldAllBe(each => each.Changes.Count > 0);
        var kept = Tokenizer.Read(sql, dialect).Tokens.Where(token => !token.Is(";") && token.Kind != TokenKind.Terminator).Select(token => token.Raw);
        var split = read.SelectMany(each => each.Statement.Script.Tokens.Take(each.Statement.From..each.Statement.To)).Where(token => !token.Is(";") && token.Kind != TokenKind.Terminator);
        string.Concat(split.Select(token => token.Raw)).ShouldBe(string.Concat(kept));
        foreach (var each in read)
        {
            sql.Substring(each.Statement.Offset, each.Statement.Text.Length).ShouldBe(each.Statement.Text);
        }
    }

    private static string Mutate(string text, Random random)
    {
        var sql = new StringBuilder(text);
        for (var i = random.Next(1, 4); i > 0 && sql.Length > 1; i--)
        {
            var at = random.Next(sql.Length);
            _ = random.Next(4) switch
            {
                0 => sql.Remove(at, random.Next(1, Math.Min(12, sql.Length - at) + 1)),
                1 => sql.Insert(at, Splices[random.Next(Splices.Length)]),
                2 => sql.Insert(at, sql.ToString(random.Next(at + 1), 1)),
                _ => sql.Insert(at, Texts[random.Next(Texts.Count)]),
            };
        }
        return sql.ToString();
    }
}
