using EfSafeMigrate.Tests.Updates.Scripts;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.MariaDb;

namespace EfSafeMigrate.EngineTests.Scripts;

/// <summary>The real client <c>mariadb</c> runs the files: twice, on a database that is half migrated, and where it must not.</summary>
public sealed class ScriptsRunByMariaDb : IAsyncLifetime
{
    private readonly MariaDbDatabase database = new();

    private static HandMade Shop => new HandMade(MariaDbEngine.Value)
        .With("20260101000000_Initial", "CREATE TABLE items (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, v text)", "INSERT INTO items (id, v) VALUES (1, 'a''b \\\\ // ; é\r\n'), (2, NULL)")
        .With("20260102000000_Label", "UPDATE items SET n = n + 1;", "ALTER TABLE items ADD COLUMN label varchar(50);", "UPDATE items SET n = n + 10; UPDATE items SET n = n + 100;", "CREATE INDEX ix_label ON items (label);")
        .With("20260103000000_Trigger", "SET @counted = 1000;", "CREATE TRIGGER counts BEFORE UPDATE ON items FOR EACH ROW BEGIN SET NEW.label = 'x'; SET NEW.v = NEW.v; END", "UPDATE items SET n = n + @counted;");

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("NO_BACKSLASH_ESCAPES,ANSI_QUOTES")]
    public async Task Twice(string mode)
    {
        var text = Only(Shop);
        if (mode.Length > 0)
        {
            text = $"SET SESSION sql_mode = '{mode}';\n{text}";
        }
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All), ended => ended.Output.ShouldContain("20260102000000_Label expand"));
        var state = await StateAsync();
        state.ShouldContain($"1 1111 {(mode.Length > 0 ? @"a'b \\ // ; é" : @"a'b \ // ; é")}\r\n x");
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All), ended => ended.Output.ShouldNotContain("Label"));
        (await StateAsync()).ShouldBe(state);
        (await database.QueryAsync("SELECT * FROM __safe_migrate_script", [], 30, default)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task GoesOnWhereverItWasStopped()
    {
        var text = Only(Shop);
        (await RunAsync(text)).Code.ShouldBe(0);
        var wanted = await StateAsync();
        var blocks = text.Split("\nBEGIN NOT ATOMIC\n");
        blocks.Length.ShouldBeGreaterThan(12);
        for (var stop = 1; stop < blocks.Length; stop++)
        {
            await database.RenewAsync();
            (await RunAsync(string.Join("\nBEGIN NOT ATOMIC\n", blocks[..stop]))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
            (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, $"stopped before block {stop}\n{ended.All}"));
            (await StateAsync()).ShouldBe(wanted, $"stopped before block {stop}");
        }
    }

    [Fact]
    public async Task WithinAStatementAPersonLooks()
    {
        var text = Only(Shop);
        const string adds = "EXECUTE IMMEDIATE 'ALTER TABLE items ADD COLUMN";
        // The client's connection is ended by the statement itself, once it has said that it begins.
        var killed = await RunAsync(text.Replace(adds, $"KILL CONNECTION_ID(); {adds}", StringComparison.Ordinal));
        killed.Code.ShouldNotBe(0, killed.All);
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldNotBe(0), ended => ended.Error.ShouldContain("Label was stopped in a statement"));
        await database.ExecuteAsync("UPDATE __safe_migrate_script SET begun = NULL");
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await StateAsync()).ShouldContain("1 1111 ");
    }

    /// <summary>Also where the client was told to go on behind errors.</summary>
    [Theory]
    [InlineData("--skip-force")]
    [InlineData("--force")]
    public async Task AFailureIsNotHalfAStep(string force)
    {
        var text = Only(Shop);
        var made = text[..text.IndexOf("-- 20260102000000_Label", StringComparison.Ordinal)];
        (await RunAsync(made)).Code.ShouldBe(0);
        await database.ExecuteAsync("ALTER TABLE items ADD COLUMN label int");
        (await RunAsync(text, force)).Error.ShouldContain("Duplicate column name 'label'");
        (await database.QueryAsync("SELECT done, begun FROM __safe_migrate_script", [], 30, default)).Rows.ShouldHaveSingleItem().ShouldBe(["1", null]);
        (await database.QueryAsync("SELECT DISTINCT n FROM items", [], 30, default)).Rows.ShouldHaveSingleItem().ShouldBe(["1"]);
        await database.ExecuteAsync("ALTER TABLE items DROP COLUMN label");
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await StateAsync()).ShouldContain("1 1111 ");
    }

    [Fact]
    public async Task ALockThatIsNotGotStopsIt()
    {
        var text = Only(Shop);
        (await RunAsync(text[..text.IndexOf("-- 20260102000000_Label", StringComparison.Ordinal)])).Code.ShouldBe(0);
        await using (var reader = await database.OpenAsync())
        {
            await reader.RunAsync("START TRANSACTION; SELECT count(*) FROM items");
            (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldNotBe(0), ended => ended.Error.ShouldContain("Lock wait timeout exceeded"));
        }
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
    }

    [Fact]
    public async Task NotBesideAnotherRunNorElsewhere()
    {
        var later = Shop.Files(from: 2).ShouldHaveSingleItem().Text;
        (await RunAsync(later)).Error.ShouldContain("No migration was ever applied to this database.");
        (await RunAsync(Only(new HandMade(MariaDbEngine.Value).With("20260101000000_Other", "CREATE TABLE other (id int)")))).Code.ShouldBe(0);
        (await RunAsync(later)).Error.ShouldContain("The history lacks migrations");
        (await RunAsync(Only(Shop))).Error.ShouldContain("The history holds migrations, and none of this project.");
        await database.ExecuteAsync("DELETE FROM __EFMigrationsHistory");
        await using (var other = await database.OpenAsync())
        {
            await other.RunAsync("DO GET_LOCK(CONCAT(DATABASE(), '.safe_migrate'), 0)");
            (await RunAsync(Only(Shop))).Error.ShouldContain("Another run is at work on this database.");
        }
        (await RunAsync(Only(Shop))).Code.ShouldBe(0);
    }

    private static string Only(HandMade made) => made.Files().ShouldHaveSingleItem().Text;

    private Task<Ended> RunAsync(string text, params string[] arguments)
    {
        var (host, port, user, password, name) = database.At;
        return Client.RunAsync("mariadb", Path.GetTempPath(), text, new Dictionary<string, string?> { ["MYSQL_PWD"] = password },
            [$"--host={host}", $"--port={port}", $"--user={user}", "--protocol=TCP", "--skip-ssl", .. arguments, name]);
    }

    private async Task<string> StateAsync() => string.Join('\n', (await database.QueryAsync(
        """
        SELECT CONCAT_WS(' ', id, n, v, label) FROM items UNION ALL SELECT CONCAT(index_name, column_name) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'items'
        UNION ALL SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() UNION ALL SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1
        """, [], 30, default)).Rows.Select(row => row[0]));
}
