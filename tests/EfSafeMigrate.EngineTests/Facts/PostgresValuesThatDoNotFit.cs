using EfSafeMigrate.Facts;

namespace EfSafeMigrate.EngineTests.Facts;

/// <summary>A probe's verdict on a type change is the server's: what it lets pass converts, what it names does not.</summary>
public sealed class PostgresValuesThatDoNotFit(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("varchar(20)", "varchar(5)", "'abcde', 'abcd    '", "'abcdef'")]
    [InlineData("text", "char(3)", "'abc', 'ab   '", "'abcd'")]
    [InlineData("text", "varchar(4)", "'äöüß'", "'äöüßx'")]
    [InlineData("numeric(10,2)", "numeric(6,2)", "9999.99, -9999.99, 'NaN'", "10000.00")]
    [InlineData("numeric(10,4)", "numeric(6,2)", "9999.994", "9999.995")]
    [InlineData("numeric", "numeric(6,2)", "1, 'NaN'", "'Infinity'")]
    [InlineData("numeric", "integer", "2147483647.4, -2147483648", "2147483647.5")]
    [InlineData("numeric", "smallint", "32767", "'NaN'")]
    [InlineData("bigint", "integer", "2147483647, -2147483648", "2147483648")]
    [InlineData("integer", "smallint", "32767, -32768", "-32769")]
    [InlineData("double precision", "bigint", "1e18, -9223372036854775808", "9223372036854775808")]
    [InlineData("double precision", "integer", "2147483647.4", "'NaN'")]
    [InlineData("double precision", "real", "1, 1e38", "1e39")]
    [InlineData("text", "integer", "'1', ' -2147483648 ', '+7', '000000000000000000000000007'", "'2147483648'")]
    [InlineData("text", "integer", "'1'", "'1.5'")]
    [InlineData("text", "integer", "'1'", "''")]
    [InlineData("text", "bigint", "'9223372036854775807'", "'9223372036854775808'")]
    [InlineData("text", "bigint", "'1'", "'99999999999999999999999999999'")]
    [InlineData("text", "numeric(6,2)", "'9999.99', ' 1e3 ', '.5', '5.', 'NaN'", "'10000'")]
    [InlineData("text", "numeric", "'1e3', '-0.5'", "'1,5'")]
    [InlineData("text", "double precision", "'1e300', '-Infinity', 'nan', '0'", "'1e309'")]
    [InlineData("text", "double precision", "'1'", "'1e-400'")]
    [InlineData("text", "real", "'1e38', '1.5'", "'1e39'")]
    [InlineData("text", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{A0EEBC999C0B4EF8BB6D6BB9BD380A11}'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1'")]
    [InlineData("text", "boolean", "'t', ' FALSE ', 'on', 'of', '1', 'Y'", "'maybe'")]
    [InlineData("text", "boolean", "'no'", "'o'")]
    [InlineData("text", "mood", "'happy'", "'angry'")]
    [InlineData("text", "date", "'2024-02-29'", "'2023-02-29'")]
    [InlineData("text", "timestamptz", "'2024-02-29 10:00+02', 'Feb 3 2024'", "'yesterdayish'")]
    [InlineData("text", "jsonb", "'{\"a\": 1}'", "'{a: 1}'")]
    [InlineData("text", "inet", "'10.0.0.1'", "'10.0.0.300'")]
    public async Task TheServerAgrees(string old, string wanted, string fit, string doesNotFit)
    {
        await database.ExecuteAsync($"""
            DROP TABLE IF EXISTS items; DROP TYPE IF EXISTS mood; CREATE TYPE mood AS ENUM ('happy', 'sad');
            CREATE TABLE items (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 5) PRIMARY KEY, value {old});
            INSERT INTO items (value) SELECT unnest(ARRAY[NULL, {fit}]::{old.Split('(')[0]}[]);
            """);
        var change = $"ALTER TABLE items ALTER COLUMN value TYPE {wanted} USING value::{wanted}";
        var assigned = $"ALTER TABLE items ALTER COLUMN value TYPE {wanted}";
        var statement = old is "text" && wanted.Split('(')[0] is not ("varchar" or "char") ? change : assigned;

        (await Asked(statement)).Found.ShouldBe(0, $"{fit} fit {wanted}");
        await database.ExecuteAsync($"BEGIN; {statement}; ROLLBACK");

        await database.ExecuteAsync($"INSERT INTO items (value) VALUES ({doesNotFit}::{old})");
        var answer = await Asked(statement);
        answer.Unanswered.ShouldBeNull();
        answer.Found.ShouldBe(1, $"{doesNotFit} does not fit {wanted}");
        if (!answer.AtLeast)
        {
            var last = (await database.QueryAsync("SELECT max(id) FROM items", [], 5, CancellationToken.None)).Rows[0][0];
            answer.Sample.ShouldBe([last!]);
        }
        await Should.ThrowAsync<Npgsql.PostgresException>(() => database.ExecuteAsync($"BEGIN; {statement}; ROLLBACK"));
    }

    [Fact]
    public async Task AConversionOfItsOwnIsTried()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS items; CREATE TABLE items (id bigint PRIMARY KEY, value text); INSERT INTO items VALUES (1, ''), (2, ' 7 ')");
        const string Statement = "ALTER TABLE items ALTER COLUMN value TYPE integer USING NULLIF(trim(value), '')::integer";

        (await Asked(Statement)).ShouldSatisfyAllConditions(answer => answer.Found.ShouldBe(0), answer => answer.Unanswered.ShouldBeNull());

        await database.ExecuteAsync("INSERT INTO items VALUES (3, 'secret')");
        var answer = await Asked(Statement);
        answer.Found.ShouldBe(1);
        answer.AtLeast.ShouldBeTrue();
        answer.Sample.ShouldBeEmpty();
    }

    private async Task<Probe> Asked(string statement)
    {
        var old = (await database.QueryAsync("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'items'::regclass AND attname = 'value'", [], 5, CancellationToken.None)).Rows[0][0];
        var model = database.Engine.Model($"CREATE TYPE mood AS ENUM ('happy', 'sad'); CREATE TABLE items (id bigint PRIMARY KEY, value {old});");
        return (await database.ProbeAsync(model.Written(statement))).Single(probe => probe.Kind == ProbeKind.DoNotFit);
    }
}
