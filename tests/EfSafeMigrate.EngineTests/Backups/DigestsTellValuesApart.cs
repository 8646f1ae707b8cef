using EfSafeMigrate.EngineTests.Scratches;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>What an equality of the server's overlooks is another digest all the same: a backup brings back the value, not one that is equal to it.</summary>
public sealed class DigestsTellValuesApart(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("smallint", "1", "2", "NULL", "0", "-1")]
    [InlineData("int", "1", "65536", "NULL", "0", "-1", "2147483647", "-2147483648")]
    [InlineData("bigint", "0", "1", "4294967296", "4294967297", "-1", "4294967295", "-4294967296", "NULL", "9223372036854775807", "-9223372036854775808")]
    [InlineData("boolean", "true", "false", "NULL")]
    [InlineData("numeric(10, 2)", "0", "NULL", "'NaN'", "1.10", "1.01", "-1.10")]
    [InlineData("numeric", "1", "1.0", "1.00", "0", "0.0", "NULL", "'NaN'", "'Infinity'", "'-Infinity'")]
    [InlineData("double precision", "0", "'-0'", "NULL", "'NaN'", "'Infinity'", "1", "1.0000000000000002")]
    [InlineData("real", "0", "'-0'", "1", "1.0000001")]
    [InlineData("interval", "'30 days'", "'1 month'", "'720 hours'", "NULL")]
    [InlineData("date", "'2026-01-01'", "'2026-01-02'", "'infinity'", "'-infinity'", "NULL", "'5874897-12-31'", "'4714-11-24 BC'")]
    [InlineData("timestamp", "'2026-01-01'", "'2026-01-01 00:00:00.000001'", "'2026-01-01 01:00'", "'infinity'", "'-infinity'", "NULL", "'294276-12-31 23:59:59.999999'", "'4714-11-24 BC'")]
    [InlineData("timestamptz", "'2026-01-01Z'", "'2026-01-01+01'", "'infinity'", "'-infinity'", "NULL", "'294276-12-31 23:59:59.999999Z'", "'4714-11-24 00:00:00Z BC'")]
    [InlineData("timetz", "'12:00Z'", "'13:00+01'")]
    [InlineData("uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'", "'00000000-0000-0000-0000-000000000000'", "NULL")]
    [InlineData("text", "''", "NULL", "'a'", "'A'", "' '", "'é'", "E'e\\u0301'")]
    [InlineData("text COLLATE careless", "'a'", "'A'", "'é'", "E'e\\u0301'")]
    [InlineData("varchar(5)", "''", "NULL", "'a'", "'a '")]
    [InlineData("char(5)", "''", "NULL", "'a'", "'A'")]
    [InlineData("bpchar", "''", "NULL", "'a'", "'a '")]
    [InlineData("\"char\"", "''", "NULL", "'a'")]
    [InlineData("rounded", "ROW(1.5)", "ROW(1.6)", "NULL")]
    [InlineData("blank", "'a'", "'a '", "NULL")]
    [InlineData("pairs", "ROW(NULL, NULL)", "NULL", "ROW(1, NULL)")]
    [InlineData("bytea", "''", "NULL", "'\\x00'", "'\\x0000'", "'\\x5c78'")]
    [InlineData("jsonb", "'{\"a\": 1.0}'", "'{\"a\": 1.00}'", "'null'", "NULL", "'{}'", "'[]'")]
    [InlineData("json", "'{\"a\":1}'", "'{\"a\": 1}'", "NULL")]
    [InlineData("xml", "'<a/>'", "'<a></a>'", "NULL")]
    [InlineData("text[]", "'{}'", "NULL", "'{NULL}'", "'{\"NULL\"}'", "'{\"\"}'", "'{a,b}'", "'{\"a,b\"}'", "'[0:0]={a}'", "'{a}'")]
    [InlineData("numeric(10, 2)[]", "'{1}'", "'{1,1}'", "'{NULL}'")]
    [InlineData("numrange", "'[1,2]'", "'[1.0,2]'", "'empty'", "'(,)'", "NULL")]
    [InlineData("pair", "ROW(NULL, NULL)", "NULL", "ROW(1, NULL)", "ROW(NULL, '')")]
    [InlineData("feeling", "'fine'", "'bad'", "NULL")]
    [InlineData("positive", "1", "4294967297", "NULL")]
    [InlineData("bit varying", "B''", "B'0'", "B'00'", "NULL")]
    [InlineData("inet", "'10.0.0.1'", "'10.0.0.1/31'", "NULL")]
    public Task OfOneColumn(string type, params string[] values) => ApartAsync($"id int, v {type}", values.Select(value => $"(1, {value})"));

    [Theory]
    [InlineData("int, b int, c int", "(1, 2, 3)", "(1, 3, 2)", "(2, 1, 3)", "(3, 1, 2)", "(NULL, NULL, NULL)", "(1, NULL, NULL)", "(NULL, 1, NULL)", "(NULL, NULL, 1)")]
    [InlineData("numeric(9, 2), b numeric(9, 2), c numeric(9, 2)", "(0, 0, 0)", "('NaN', 0, 'NaN')", "('NaN', 'NaN', 0)", "(NULL, NULL, 0)", "(0, NULL, NULL)", "('NaN', NULL, 0)", "(NULL, 'NaN', 0)", "(NULL, NULL, NULL)", "('NaN', 'NaN', 'NaN')")]
    [InlineData("bigint, b bigint, c int", "(4294967296, 1, 0)", "(1, 4294967296, 0)", "(4294967297, 0, 0)", "(0, 4294967297, 0)", "(0, 1, 1)")]
    [InlineData("text, b text, c text", "('a', 'b', NULL)", "('a', NULL, 'b')", "('ab', '', NULL)", "('', 'ab', NULL)", "('b', 'a', NULL)", "('a', 'a', 'a')", "(NULL, NULL, 'a')", "('a', NULL, NULL)", "(NULL, 'a', NULL)")]
    [InlineData("int, b text, c uuid", "(1, 'a', NULL), (2, 'b', NULL)", "(1, 'b', NULL), (2, 'a', NULL)", "(1, 'a', NULL)", "(1, 'a', NULL), (1, 'a', NULL)", "(2, 'b', NULL), (2, 'b', NULL)")]
    [InlineData("int, b text, c text", "(1, 'a', 'b'), (2, 'c', 'd')", "(1, 'c', 'b'), (2, 'a', 'd')", "(1, 'a', 'b')", "(1, 'a', 'b'), (1, 'a', 'b')", "(1, 'a', 'b'), (2, 'a', 'c')", "(1, 'a', 'c'), (2, 'a', 'b')")]
    [InlineData("int, b text, c text", "(1, NULL, 'b')", "(1, '', 'b')", "(1, 'b', NULL)", "(1, 'NULL', 'b')", "(1, 'a,b', 'c')", "(1, 'a', 'b,c')", "(1, 'é', 'b')", "(1, 'ĩ', 'b')", "(1, 'a', 'ab')", "(1, 'a', 'ba')")]
    public Task OfRows(string columns, params string[] rows) => ApartAsync($"a {columns}", rows);

    [Fact]
    public async Task AsManyColumnsAsATableMayHave()
    {
        var wide = $"CREATE TABLE t ({string.Join(", ", Enumerable.Range(0, 1600).Select(at => $"c{at} boolean"))}); INSERT INTO t (c0) VALUES (true)";
        (await OfAsync($"{wide}; UPDATE t SET c1599 = false")).ShouldNotBe(await OfAsync($"{wide}; UPDATE t SET c1598 = false"));
    }

    [Theory]
    [InlineData("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (2, 'two'), (1, 'one')", "CREATE TABLE t (b text, gone int, a int); ALTER TABLE t DROP gone; INSERT INTO t VALUES ('one', 1), ('two', 2)")]
    [InlineData("CREATE TABLE t (a timestamptz); SET timezone = 'Asia/Tokyo'; INSERT INTO t VALUES ('2026-07-01 09:00')", "CREATE TABLE t (a timestamptz); INSERT INTO t VALUES ('2026-07-01Z')")]
    [InlineData("CREATE TABLE t ()", "CREATE TABLE t ()")]
    public async Task TheSameRowsHaveOne(string one, string other) => (await OfAsync(one)).ShouldBe(await OfAsync(other));

    private async Task ApartAsync(string columns, IEnumerable<string> rows)
    {
        List<(string Rows, string Digest)> found = [];
        foreach (var row in rows)
        {
            found.Add((row, await OfAsync($"CREATE TABLE t ({columns}); INSERT INTO t VALUES {row}")));
        }
        found.Select(each => each.Digest).ShouldBeUnique(string.Join(Environment.NewLine, found));
    }

    private async Task<string> OfAsync(string sql)
    {
        await database.ExecuteAsync("""
            DROP SCHEMA public CASCADE; CREATE SCHEMA public;
            CREATE COLLATION careless (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
            CREATE TYPE pair AS (a int, b text); CREATE TYPE feeling AS ENUM ('fine', 'bad'); CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);
            CREATE DOMAIN blank AS bpchar; CREATE DOMAIN pairs AS pair;
            CREATE TYPE rounded AS (v numeric); CREATE FUNCTION say(rounded) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT round($1.v)::text'; CREATE CAST (rounded AS text) WITH FUNCTION say(rounded);
            """);
        await database.ExecuteAsync(sql);
        await using var link = await new Originals(database).Value.ConnectAsync(null, "digest", CancellationToken.None);
        await link.RunAsync(database.Engine.Backups.Begin, CancellationToken.None);
        var table = (await DatabaseContents.RowsAsync(database.Engine, link, _ => { }, CancellationToken.None)).Single(found => found.Table == "public.t");
        return $"{table.Rows} {table.Digest}";
    }
}
