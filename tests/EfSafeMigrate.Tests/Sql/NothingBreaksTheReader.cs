using System.Text;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Sql;

public class NothingBreaksTheReader
{
    // A fixed seed: a failure is the same failure tomorrow.
    private const int Seed = 20261121;

    private static readonly int Texts = (SqlCorpus.Full ? 200_000 : 4_000) / SqlCorpus.Engines.Count;

    public static TheoryData<string> Engines => [.. SqlCorpus.Engines];

    [Theory, MemberData(nameof(Engines))]
    public void No_text_throws_or_loses_a_word_or_hangs(string engine)
    {
        var (dialect, model, source) = (SqlDialect.Of(engine), SqlCorpus.Model(engine), new RandomSql(engine, Seed));
        var texts = SqlCorpus.Valid(engine).Concat(Enumerable.Range(0, Texts).Select(_ => source.Next()));
        Watched.Each(texts, sql => Check(sql, dialect, model));
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
    [InlineData("BEGIN ")]
    [InlineData("IF true THEN ")]
    [InlineData("IF 1 = 1 ")]
    [InlineData("IF 1 = 1 SELECT 1 ELSE ")]
    [InlineData("EXEC(")]
    [InlineData("SET @a = (")]
    [InlineData("DO $$ BEGIN ")]
    [InlineData("DO 'BEGIN ")]
    [InlineData("CREATE PROCEDURE p() BEGIN ")]
    [InlineData("/*! ")]
    [InlineData("/* ")]
    [InlineData("$a$ ")]
    [InlineData("int[")]
    public void Depth_costs_no_stack(string repeated)
    {
        var sql = new StringBuilder().Insert(0, repeated, 3000).ToString();
        foreach (var engine in SqlCorpus.Engines)
        {
            Watched.Each([sql, $"DO $q$ BEGIN {sql} END $q$", $"CREATE PROCEDURE p() BEGIN {sql} END; CALL p()"], text => Check(text, SqlDialect.Of(engine), DatabaseModel.Empty));
        }
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
        var script = new MigrationChanges("20260101000000_Fuzz", model, [.. read.SelectMany(each => each.Changes)]) { IsScript = true };
        foreach (var finding in RuleBook.Judge(new([script]), RuleCaseRun.Engine(dialect.Id), new(Measured<EngineVersion>.Unknown), advice: true))
        {
            FindingText.Of(finding).ShouldNotBeEmpty();
        }
    }
}
