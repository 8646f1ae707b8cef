using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

public class MySqlIndexesBelongToTables
{
    private const string Twins = "CREATE TABLE a (x int, KEY ix (x)); CREATE TABLE b (x int, KEY ix (x));";

    [Theory]
    [InlineData("DROP INDEX ix ON b", "a:ix b:")]
    [InlineData("ALTER TABLE b DROP KEY ix", "a:ix b:")]
    [InlineData("ALTER TABLE b RENAME INDEX ix TO iy", "a:ix b:iy")]
    public void The_other_table_keeps_its_own(string sql, string left)
    {
        var model = Reading.Model(SqlDialect.MySql, Twins + sql);
        string.Join(' ', model.Tables.Select(table => $"{table.Name}:{string.Concat(table.Indexes.Select(index => index.Name))}")).ShouldBe(left);
    }
}
