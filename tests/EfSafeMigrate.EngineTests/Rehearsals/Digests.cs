using EfSafeMigrate.Changes;

namespace EfSafeMigrate.EngineTests.Rehearsals;

public sealed class DigestsOnPostgres(PostgresDatabase database) : Digests(database), IClassFixture<PostgresDatabase>;

public sealed class DigestsOnSqlite(SqliteDatabase database) : Digests(database), IClassFixture<SqliteDatabase>;

/// <summary>The same rows in any order have one digest, and other rows another.</summary>
public abstract class Digests : IAsyncLifetime
{
    private readonly TestDatabase database;

    protected Digests(TestDatabase database) => this.database = database;

    public async Task InitializeAsync()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS t");
        await database.ExecuteAsync("CREATE TABLE t (id int, name text, note text)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("(1, 'a', 'b'), (2, 'c', 'd')", "(2, 'c', 'd'), (1, 'a', 'b')", true)]
    [InlineData("(1, 'a', 'b'), (2, 'c', 'd')", "(1, 'c', 'b'), (2, 'a', 'd')", false)]
    [InlineData("(1, 'a', 'b'), (2, 'c', 'd')", "(1, 'a', 'b')", false)]
    [InlineData("(1, 'a', 'b'), (1, 'a', 'b')", "(1, 'a', 'b')", false)]
    [InlineData("(1, NULL, 'b')", "(1, '', 'b')", false)]
    [InlineData("(1, NULL, 'b')", "(1, 'b', NULL)", false)]
    [InlineData("(1, 'NULL', 'b')", "(1, NULL, 'b')", false)]
    [InlineData("(1, 'a,b', 'c')", "(1, 'a', 'b,c')", false)]
    [InlineData("(1, 'é', 'b')", "(1, 'ĩ', 'b')", false)]
    [InlineData("(1, 'a', 'ab')", "(1, 'a', 'ba')", false)]
    [InlineData("(1, 'a', 'b'), (2, 'a', 'c')", "(1, 'a', 'c'), (2, 'a', 'b')", false)]
    public async Task OneForTheSameRows(string first, string second, bool same)
    {
        await database.ExecuteAsync($"INSERT INTO t VALUES {first}");
        var one = await DigestAsync();
        await database.ExecuteAsync("DELETE FROM t");
        await database.ExecuteAsync($"INSERT INTO t VALUES {second}");
        var two = await DigestAsync();

        (one == two).ShouldBe(same);
    }

    [Fact]
    public async Task OnlyTheColumnsThatAreAskedFor()
    {
        await database.ExecuteAsync("INSERT INTO t VALUES (1, 'a', 'b')");
        var before = await DigestAsync("id", "name");
        await database.ExecuteAsync("UPDATE t SET note = 'c'");

        (await DigestAsync("id", "name")).ShouldBe(before);
        (await DigestAsync("id", "note")).ShouldNotBe(before);
    }

    [Fact]
    public async Task AnEmptyTableHasOneToo() => (await DigestAsync()).ShouldStartWith("0 ");

    private async Task<string> DigestAsync(params string[] columns)
    {
        var ask = database.Engine.Schema.Digest(new TableName(null, "t"), columns.Length > 0 ? columns : ["id", "name", "note"]);
        return string.Join(' ', (await database.QueryAsync(ask.Sql, ask.Parameters, 15, CancellationToken.None)).Rows.Single());
    }
}
