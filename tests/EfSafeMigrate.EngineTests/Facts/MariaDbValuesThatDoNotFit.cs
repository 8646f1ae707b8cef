extern alias MySqlData;

using EfSafeMigrate.Facts;
using EfSafeMigrate.Sql;
using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests.Facts;

/// <summary>A probe's verdict on a type change is the server's: what it lets pass converts, what it names does not.</summary>
public sealed class MariaDbValuesThatDoNotFit(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    [Theory]
    [InlineData("varchar(20)", "varchar(5)", "'abcde'", "'abcdef'")]
    [InlineData("varchar(20)", "varchar(5)", "'abcd '", "'abcd  '")]
    [InlineData("text", "varchar(4)", "'äöüß'", "'äöüßx'")]
    [InlineData("varchar(20)", "char(3)", "'abc', 'ab   '", "'abcd'")]
    [InlineData("int", "varchar(3)", "123, -99", "1234")]
    [InlineData("bigint", "int", "2147483647, -2147483648", "2147483648")]
    [InlineData("int", "smallint", "32767, -32768", "-32769")]
    [InlineData("int", "mediumint", "8388607", "8388608")]
    [InlineData("int", "int unsigned", "0, 7", "-1")]
    [InlineData("int unsigned", "int", "2147483647", "2147483648")]
    [InlineData("bigint unsigned", "bigint", "9223372036854775807", "9223372036854775808")]
    [InlineData("bigint", "tinyint unsigned", "255", "256")]
    [InlineData("decimal(20,4)", "int", "2147483647.4", "2147483647.5")]
    [InlineData("double", "bigint", "1e18", "1e19")]
    [InlineData("decimal(10,2)", "decimal(6,2)", "9999.99, -9999.99", "10000.00")]
    [InlineData("decimal(10,4)", "decimal(6,2)", "9999.994", "9999.995")]
    [InlineData("int", "decimal(5,2)", "999", "1000")]
    [InlineData("int", "decimal(5,2) unsigned", "999", "-1")]
    [InlineData("varchar(40)", "int", "'1', ' -2147483648 ', '+7'", "'2147483648'")]
    [InlineData("varchar(40)", "int", "'1'", "'abc'")]
    [InlineData("varchar(40)", "int", "'1'", "'1e3'")]
    [InlineData("varchar(40)", "int", "'1'", "'1.4'")]
    [InlineData("varchar(40)", "int", "'1'", "''")]
    [InlineData("varchar(40)", "int", "'1'", "'12 apples'")]
    [InlineData("varchar(40)", "decimal(6,2)", "'9999.99', '.5', '5.', '1e3'", "'10000'")]
    [InlineData("longtext", "tinytext", "'abc'", "repeat('x', 256)")]
    [InlineData("varchar(100)", "varbinary(4)", "'abcd'", "'äöü'")]
    [InlineData("enum('a','b','c')", "enum('a','b')", "'a', 'b'", "'c'")]
    [InlineData("varchar(10)", "enum('new','old')", "'new', 'OLD'", "'other'")]
    [InlineData("varchar(40)", "date", "'2024-02-29'", "'2023-02-29'")]
    [InlineData("varchar(40)", "datetime", "'2024-02-29 10:00:00'", "'yesterdayish'")]
    [InlineData("char(36)", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1z'")]
    [InlineData("varchar(20)", "varchar(20) CHARACTER SET latin1", "'äöü'", "'日本'")]
    [InlineData("varchar(20)", "varchar(20) CHARACTER SET utf8mb3", "'日本'", "'😀'")]
    public async Task TheServerAgrees(string old, string wanted, string fit, string doesNotFit)
    {
        var ddl = $"CREATE TABLE items (id bigint AUTO_INCREMENT PRIMARY KEY, value {old} NULL)";
        var change = $"ALTER TABLE items MODIFY COLUMN value {wanted} NULL";
        await database.RenewAsync();
        await database.ExecuteAsync($"{ddl}; INSERT INTO items (value) VALUES (NULL), {string.Join(", ", fit.Split(", ").Select(value => $"({value})"))}");
        (await Asked(ddl, change)).ShouldSatisfyAllConditions(answer => answer.Unanswered.ShouldBeNull(), answer => answer.Found.ShouldBe(0, $"{fit} fit {wanted}"));
        await database.ExecuteAsync($"CREATE TABLE fits LIKE items; INSERT INTO fits SELECT * FROM items; {change.Replace("items", "fits", StringComparison.Ordinal)}");

        await database.ExecuteAsync($"INSERT INTO items (value) VALUES ({doesNotFit})");
        var answer = await Asked(ddl, change);

        answer.Unanswered.ShouldBeNull();
        await using var connection = await database.OpenAsync();
        answer.Sample.ShouldBe([(await connection.AskAsync("SELECT max(id) FROM items"))!], $"{doesNotFit} does not fit {wanted}");
        await Should.ThrowAsync<MySqlException>(() => database.ExecuteAsync(change));
    }

    private async Task<Probe> Asked(string ddl, string change)
    {
        var model = database.Engine.Model(ddl);
        return (await database.ProbeAsync(model.Set(StatementReader.Read(change, SqlDialect.MariaDb, model)))).Single(probe => probe.Kind == ProbeKind.DoNotFit);
    }
}
