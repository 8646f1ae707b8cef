using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>What a column takes for the same is not what is stored: the value itself is written, and then found to be the same.</summary>
public sealed class EqualValuesAreStoredDifferentlyOnMariaDb(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    [Theory]
    [InlineData("varchar(20)", "'a', 'A'", "'a', 'a '", "'a', 'á'", "'ss', 'ß'")]
    [InlineData("text", "'a', 'A'", "'a', 'a '", "'a', 'á'", "'ss', 'ß'")]
    [InlineData("varchar(20) CHARACTER SET latin1", "'a', 'A'", "'a', 'a '", "'a', 'á'", "'é', 'e'")]
    [InlineData("enum('a', 'b')", "'a', 'b'")]
    [InlineData("binary(3)", "'a', 'A'", "'a', 'ab'")]
    [InlineData("decimal(30,0)", "9007199254740992, 9007199254740993")]
    [InlineData("bigint unsigned", "18446744073709551614, 18446744073709551615")]
    [InlineData("datetime(6)", "'2024-01-01 00:00:00', '2024-01-01 00:00:00.000001'")]
    public async Task Each_of_them_is_written(string type, params string[] pairs)
    {
        var table = $"t{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE TABLE {table} (id int PRIMARY KEY, old {type} COLLATE DEFAULT, fresh {type} COLLATE DEFAULT)".Replace(" COLLATE DEFAULT", ""));
        await database.ExecuteAsync($"INSERT INTO {table} VALUES {string.Join(", ", pairs.Select((pair, index) => $"({index}, {pair})"))}, (100, NULL, NULL)");
        await using var filling = new Filling(database);
        (await filling.RunAsync(Filling.Spec(table, "id", "fresh", "old"))).Changed.ShouldBe(pairs.Length);
        (await database.QueryAsync($"SELECT count(*) FROM {table} WHERE NOT (HEX(fresh) <=> HEX(old))", [], 10, default)).Rows[0][0].ShouldBe("0");
        (await filling.RunAsync(Filling.Spec(table, "id", "fresh", "old"), run: "two")).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task Spaces_that_are_not_stored_are_not_missed()
    {
        await database.ExecuteAsync("CREATE TABLE cut (id int PRIMARY KEY, old varchar(10), fresh char(10)); INSERT INTO cut VALUES (1, 'a  ', NULL), (2, 'b', 'B')");
        await using var filling = new Filling(database);
        (await filling.RunAsync(Filling.Spec("cut", "id", "fresh", "old"))).Changed.ShouldBe(2);
        (await filling.RunAsync(Filling.Spec("cut", "id", "fresh", "old"), run: "two")).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_an_error_whatever_the_mode()
    {
        await database.ExecuteAsync("CREATE TABLE narrow (id int PRIMARY KEY, old varchar(10), fresh varchar(3)); INSERT INTO narrow VALUES (1, 'abcdef', NULL)");
        await using var filling = new Filling(database);
        var context = await filling.ContextAsync();
        var lax = await database.OpenDriverAsync();
        await lax.Connection.RunAsync([new("SET SESSION sql_mode = ''")], false, 10, default);
        context = context with { OpenAsync = (_, _) => Task.FromResult(lax.Connection) };
        var failure = await Should.ThrowAsync<Exception>(() => new Backfill(context, "narrow", Filling.Spec("narrow", "id", "fresh", "old")).RunAsync(default));
        failure.ToString().ShouldContain("Data too long");
        database.Engine.Backfill.RowAtFault("1406").ShouldBeTrue();
    }
}

/// <summary>SQLite takes texts for the same by the column's collation, and converts what it stores by the column's affinity.</summary>
public sealed class EqualValuesAreStoredDifferentlyOnSqlite(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("TEXT COLLATE NOCASE", "'a', 'A'", "'x', 'X'")]
    [InlineData("TEXT COLLATE RTRIM", "'a', 'a '")]
    [InlineData("TEXT", "5, '05'", "'b', NULL", "NULL, 'b'", "x'00', 'a'")]
    [InlineData("INTEGER", "'7', 8", "'x', 1")]
    [InlineData("REAL", "'7', 8", "0.1, 0.2")]
    public async Task Each_of_them_is_written(string type, params string[] pairs)
    {
        var table = $"t{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE TABLE {table} (id INTEGER PRIMARY KEY, old BLOB, fresh {type})");
        await database.ExecuteAsync($"INSERT INTO {table} VALUES {string.Join(", ", pairs.Select((pair, index) => $"({index}, {pair})"))}, (100, NULL, NULL), (101, 'same', 'same')");
        await using var filling = new Filling(database);
        (await filling.RunAsync(Filling.Spec(table, "id", "fresh", "old"))).Changed.ShouldBe(pairs.Length);
        (await filling.RunAsync(Filling.Spec(table, "id", "fresh", "old"), run: "two")).Changed.ShouldBe(0);
    }

    /// <summary>A number that is stored as text is not the text that was there.</summary>
    [Fact]
    public async Task An_affinity_of_the_expression_does_not_count()
    {
        await database.ExecuteAsync("CREATE TABLE numbers (id INTEGER PRIMARY KEY, old INTEGER, fresh TEXT)");
        await database.ExecuteAsync("INSERT INTO numbers VALUES (1, 5, '05'), (2, 6, '6')");
        await using var filling = new Filling(database);
        (await filling.RunAsync(Filling.Spec("numbers", "id", "fresh", "old"))).Changed.ShouldBe(1);
        (await database.QueryAsync("SELECT fresh FROM numbers WHERE id = 1", [], 10, default)).Rows[0][0].ShouldBe("5");
    }

    [Theory]
    [InlineData("1; DELETE FROM guarded")]
    [InlineData("'a' OR 1=1")]
    [InlineData("'a''")]
    [InlineData("X'0'")]
    [InlineData("Inf")]
    [InlineData("1 --")]
    [InlineData("'a'\n")]
    public void Nothing_but_a_literal_gets_into_a_statement(string key)
    {
        var walk = new Engines.Walk(Filling.Spec("guarded", "id", "fresh", "old"), [new("id", "TEXT")]) { Type = "TEXT" };
        Should.Throw<SafeMigrateException>(() => database.Engine.Backfill.Write(walk, new([key], null)));
    }

    [Theory]
    [InlineData("id INTEGER PRIMARY KEY", "id")]
    [InlineData("id TEXT NOT NULL PRIMARY KEY", "id")]
    [InlineData("id TEXT, other INT, PRIMARY KEY (id, other)) WITHOUT ROWID --", "id,other")]
    [InlineData("id INT", "")]
    public async Task Any_table_has_a_way(string columns, string key)
    {
        var table = $"w{Guid.NewGuid():N}";
        await database.ExecuteAsync(columns.EndsWith("--", StringComparison.Ordinal)
            ? $"CREATE TABLE {table} (old INT, fresh INT, {columns[..^2]}" : $"CREATE TABLE {table} ({columns}, old INT, fresh INT)");
        await database.ExecuteAsync($"INSERT INTO {table} (id{(key.Contains(',', StringComparison.Ordinal) ? ", other" : "")}, old) VALUES {string.Join(", ", Enumerable.Range(0, 100).Select(n => $"({n}{(key.Contains(',', StringComparison.Ordinal) ? ", 1" : "")}, {n})"))}");
        await using var filling = new Filling(database);
        (await filling.RunAsync(Filling.Spec(table, key, "fresh", "old"), new() { BatchSize = 7 })).ShouldBe(new BackfillResult(100, 100));
    }

    [Fact]
    public async Task A_zero_in_a_text_does_not_end_it()
    {
        await database.ExecuteAsync("CREATE TABLE zeros (id TEXT NOT NULL PRIMARY KEY, old INT, fresh INT)");
        await database.ExecuteAsync("INSERT INTO zeros VALUES ('a', 1, NULL), ('a' || char(0), 2, NULL), ('a' || char(0) || 'b', 3, NULL), ('b', 4, NULL)");
        await using var filling = new Filling(database);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        (await filling.RunAsync(Filling.Spec("zeros", "id", "fresh", "old"), new() { BatchSize = 1 }, cancellation: limit.Token)).ShouldBe(new BackfillResult(4, 4));
    }
}
