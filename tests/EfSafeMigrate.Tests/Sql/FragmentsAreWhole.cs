using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

public sealed class FragmentsAreWhole
{
    [Theory]
    [InlineData("a -- b", "has a comment")]
    [InlineData("a /* b */", "has a comment")]
    [InlineData("a /* b", "has a comment")]
    [InlineData("--", "has a comment")]
    [InlineData("a /* b */ + c", "has a comment")]
    [InlineData("a; b", "has a ;")]
    [InlineData("'a", "has a ' that is never closed")]
    [InlineData("\"a", "has a \" that is never closed")]
    [InlineData("(a", "opens a parenthesis that it does not close")]
    [InlineData("a) + (b", "closes a parenthesis that it does not open")]
    [InlineData("a, b", "has a comma outside of parentheses")]
    public void Or_something_reaches_beyond_them(string sql, string flaw)
    {
        foreach (var dialect in new[] { SqlDialect.Postgres, SqlDialect.Sqlite })
        {
            Fragment.Flaw(sql, dialect).ShouldBe(flaw);
        }
    }

    [Theory]
    [InlineData("\"Net\" + \"Tax\"")]
    [InlineData("'-- no; comment, (' || replace(a, '''', '/*')")]
    [InlineData("CASE WHEN a > 1 THEN (SELECT max(b) FROM c WHERE d IN (1, 2)) ELSE - -1 END")]
    [InlineData("  a\n + b  ")]
    public void Or_nothing_does(string sql)
    {
        foreach (var dialect in new[] { SqlDialect.Postgres, SqlDialect.Sqlite })
        {
            Fragment.Flaw(sql, dialect).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("E'it\\'s -- ' || $$; ( $$ || (a ->> 'b')")]
    [InlineData("ARRAY[1, 2]::int[]")]
    [InlineData("a[1]")]
    public void Of_PostgreSQL(string sql) => Fragment.Flaw(sql, SqlDialect.Postgres).ShouldBeNull();
}
