using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

public class StatementsAreSplit
{
    [Theory]
    [InlineData("SELECT 1; SELECT 2;", "SELECT 1|SELECT 2")]
    [InlineData("SELECT ';'; SELECT 'it''s; so'", "SELECT ';'|SELECT 'it''s; so'")]
    [InlineData("SELECT E'a\\';b'; SELECT 2", "SELECT E'a\\';b'|SELECT 2")]
    [InlineData("SELECT \"a;b\"; SELECT 2", "SELECT \"a;b\"|SELECT 2")]
    [InlineData("SELECT 1 -- a; b\n; SELECT 2", "SELECT 1|SELECT 2")]
    [InlineData("SELECT /* a; /* b; */ c; */ 1; SELECT 2", "SELECT /* a; /* b; */ c; */ 1|SELECT 2")]
    [InlineData("DO $$ BEGIN a; b; END $$; SELECT 2", "DO $$ BEGIN a; b; END $$|SELECT 2")]
    [InlineData("DO $x$ BEGIN $$;$$; END $x$; SELECT $1", "DO $x$ BEGIN $$;$$; END $x$|SELECT $1")]
    [InlineData("CREATE RULE r AS ON DELETE TO t DO (SELECT 1; SELECT 2); SELECT 3", "CREATE RULE r AS ON DELETE TO t DO (SELECT 1; SELECT 2)|SELECT 3")]
    [InlineData(
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END|SELECT 3")]
    [InlineData("BEGIN; SELECT 1; END; SELECT 2", "BEGIN|SELECT 1|END|SELECT 2")]
    [InlineData(" ;;; ", "")]
    [InlineData("SELECT 1; SELECT 'open", "SELECT 1|SELECT 'open")]
    [InlineData("SELECT 1; /* open", "SELECT 1|/* open")]
    public void On_PostgreSQL(string sql, string expected) => Split(sql, SqlDialect.Postgres).ShouldBe(expected);

    [Theory]
    [InlineData("SELECT [a;b], `c;d`, \"e;f\"; SELECT 2", "SELECT [a;b], `c;d`, \"e;f\"|SELECT 2")]
    [InlineData("SELECT 'a\\'; SELECT 2", "SELECT 'a\\'|SELECT 2")]
    [InlineData("SELECT 1 /* a /* b */; SELECT 2", "SELECT 1|SELECT 2")]
    [InlineData(
        "CREATE TRIGGER t AFTER INSERT ON o BEGIN UPDATE o SET a = CASE WHEN 1 THEN 2 END; DELETE FROM p; END; SELECT 2",
        "CREATE TRIGGER t AFTER INSERT ON o BEGIN UPDATE o SET a = CASE WHEN 1 THEN 2 END; DELETE FROM p; END|SELECT 2")]
    [InlineData("BEGIN; SELECT 1; COMMIT", "BEGIN|SELECT 1|COMMIT")]
    public void On_SQLite(string sql, string expected) => Split(sql, SqlDialect.Sqlite).ShouldBe(expected);

    [Fact]
    public void With_offset_and_line()
    {
        var statements = Splitter.Split("SELECT 1;\n\n-- two\nSELECT\n2;\nSELECT 3", SqlDialect.Postgres);
        statements.Select(statement => (statement.Offset, statement.Line)).ShouldBe([(0, 1), (18, 4), (28, 6)]);
    }

    private static string Split(string sql, SqlDialect dialect) =>
        string.Join('|', Splitter.Split(sql, dialect).Select(statement => statement.Text));
}
