using EfSafeMigrate.Tests.Updates.Scripts;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.EngineTests.RulesOnServers;
using Microsoft.Data.Sqlite;

namespace EfSafeMigrate.EngineTests.Scripts;

/// <summary>The real sqlite3 runs the files: a table is rebuilt in one transaction, and what was stopped is gone on with.</summary>
public sealed class ScriptsRunBySqlite3 : IDisposable
{
    private static readonly string[] Rebuild =
    [
        "CREATE TABLE \"ef_temp_items\" (\"id\" INTEGER PRIMARY KEY, \"n\" INTEGER NOT NULL, \"v\" TEXT);",
        "INSERT INTO \"ef_temp_items\" SELECT \"id\", \"n\" + 1, \"v\" FROM \"items\";",
        "alone:PRAGMA foreign_keys = 0;",
        "DROP TABLE \"items\";",
        "ALTER TABLE \"ef_temp_items\" RENAME TO \"items\";",
        "alone:PRAGMA foreign_keys = 1;",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-sqlite3-").FullName;

    private static HandMade Shop => new HandMade(SqliteEngine.Value)
        .With("20260101000000_Initial",
            "CREATE TABLE items (id INTEGER PRIMARY KEY, n INTEGER, v TEXT);", "CREATE TABLE lines (id INTEGER PRIMARY KEY, item INTEGER REFERENCES items (id) ON DELETE CASCADE);",
            "INSERT INTO items VALUES (1, 0, 'it''s \\ ; \"é\"\n.quit\nend'), (2, 0, NULL) -- no end", "INSERT INTO lines VALUES (1, 1), (2, 2);")
        .With("20260102000000_Rebuild", Rebuild)
        .With("20260103000000_Compact", "UPDATE items SET n = n + 10;", "alone:VACUUM;", "UPDATE items SET n = n + 100;", "alone:UPDATE items SET n = n + 1000;");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Twice()
    {
        var text = Only(Shop);
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All), ended => ended.Output.ShouldContain("20260102000000_Rebuild"));
        var state = State();
        state.ShouldContain("1 1111 it's \\ ; \"é\"\n.quit\nend");
        (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All), ended => ended.Output.ShouldNotContain("Rebuild"));
        State().ShouldBe(state);
        Lines("SELECT * FROM \"__safe_migrate_checkpoint\"").ShouldBeEmpty();
    }

    /// <summary>What is read back is cut off at every line: the client ends there, and all it holds open is taken back.</summary>
    [Fact]
    public async Task GoesOnWhereverItWasStopped()
    {
        var text = Only(Shop);
        (await RunAsync(text)).Code.ShouldBe(0);
        var wanted = State();
        var places = 0;
        foreach (var statement in new[] { "PRAGMA foreign_keys = 0;\nBEGIN", "DROP TABLE \"items\"", "ALTER TABLE \"ef_temp", "COMMIT;\nPRAGMA", "PRAGMA foreign_keys = 1;\n'", "UPDATE items SET n = n + 10;", "VACUUM;", "UPDATE items SET n = n + 100;", "UPDATE items SET n = n + 1000;", "INSERT OR REPLACE", "INSERT INTO \"__EF" })
        {
            for (var at = text.IndexOf(statement, StringComparison.Ordinal); at >= 0; at = text.IndexOf(statement, at + 1, StringComparison.Ordinal))
            {
                File.Delete(Path.Combine(folder, "shop.db"));
                await RunAsync(text.Insert(at, ".exit 0\n"));
                (await RunAsync(text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, $"{statement}\n{ended.All}"));
                State().ShouldBe(wanted, statement);
                places++;
            }
        }
        places.ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task RowsThatWouldReferToNothingStopIt()
    {
        var made = Shop.With("20260104000000_Delete", ["DELETE FROM items WHERE id = 1;", .. Rebuild]);
        var stopped = await RunAsync(Only(made));
        stopped.Code.ShouldNotBe(0);
        stopped.Error.ShouldContain("20260104000000_Delete would leave rows that refer to nothing");
        Lines("SELECT count(*) FROM items").ShouldBe(["2"]);
        Lines("SELECT max(MigrationId) FROM __EFMigrationsHistory").ShouldBe(["20260103000000_Compact"]);
        // Rows that referred to nothing before are not this migration's fault.
        Execute("PRAGMA foreign_keys = 0; INSERT INTO lines VALUES (9, 99)");
        (await RunAsync(Only(Shop.With("20260105000000_Again", Rebuild)))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
    }

    [Fact]
    public async Task AFailingStatementTakesItsMigrationBack()
    {
        var stopped = await RunAsync(Only(Shop.With("20260104000000_Fails", "UPDATE items SET n = 0;", "INSERT INTO items VALUES (1, 1, NULL);").With("20260105000000_Next", "CREATE TABLE next (id int);")));
        stopped.Code.ShouldNotBe(0);
        stopped.Error.ShouldContain("UNIQUE constraint failed");
        Lines("SELECT n FROM items").ShouldBe(["1111", "1111"]);
        Lines("SELECT name FROM sqlite_master WHERE name = 'next'").ShouldBeEmpty();
    }

    [Fact]
    public async Task NotBesideARunNorElsewhere()
    {
        var later = Shop.Files(from: 2).ShouldHaveSingleItem().Text;
        (await RunAsync(later)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldNotBe(0), ended => ended.Error.ShouldContain("it is another one"));
        (await RunAsync(Only(new HandMade(SqliteEngine.Value).With("20260101000000_Other", "CREATE TABLE other (id int);")))).Code.ShouldBe(0);
        (await RunAsync(later)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldNotBe(0), ended => ended.Error.ShouldContain("lacks migrations up to 20260102000000_Rebuild"));
        (await RunAsync(Only(Shop))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldNotBe(0), ended => ended.Error.ShouldContain("holds migrations, and none of this project"));
        Lines("SELECT name FROM sqlite_master WHERE name = 'items'").ShouldBeEmpty();

        Execute("DELETE FROM __EFMigrationsHistory; CREATE TABLE __safe_migrate_lock (beat INTEGER); INSERT INTO __safe_migrate_lock VALUES (CAST(strftime('%s', 'now') AS INTEGER))");
        (await RunAsync(Only(Shop))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldNotBe(0), ended => ended.Error.ShouldContain("Another run is at work"));
        Execute("UPDATE __safe_migrate_lock SET beat = beat - 60");
        (await RunAsync(Only(Shop))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
    }

    /// <summary>Each reads back only what it has written itself: the others wait, and say so when they wait too long.</summary>
    [Fact]
    public async Task TwoDatabasesInOneFolder()
    {
        var text = Only(Shop);
        (await RunAsync(text)).Code.ShouldBe(0);
        var wanted = State();
        string[] databases = [.. Enumerable.Range(0, 6).Select(number => $"{number}.db"), "0.db", "1.db"];
        var ended = await Task.WhenAll(databases.Select(database => RunAsync(text, database)));
        ended.ShouldAllBe(each => each.Code == 0 || each.Error.Contains("Another run of this file is at work in this folder"), string.Join('\n', ended.Select(each => each.All)));
        foreach (var database in databases.Distinct())
        {
            (await RunAsync(text, database)).ShouldSatisfyAllConditions(again => again.Code.ShouldBe(0, again.All));
            File.Move(Path.Combine(folder, database), Path.Combine(folder, "shop.db"), overwrite: true);
            State().ShouldBe(wanted, database);
        }
    }

    [Fact]
    public async Task NotWhileAnotherIsAtWorkInTheFolder()
    {
        var text = Only(Shop);
        var todo = text.Split('\n').First(line => line.StartsWith(".read ", StringComparison.Ordinal))[".read ".Length..];
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "");
        var first = RunAsync(text.Replace("-- 20260102000000_Rebuild", $".shell while [ -e go ]; do sleep 0.1; done\n-- 20260102000000_Rebuild", StringComparison.Ordinal));
        while (!File.Exists(Path.Combine(folder, todo)))
        {
            await Task.Delay(20);
        }
        var second = await RunAsync(text, "other.db");
        second.ShouldSatisfyAllConditions(
            ended => ended.Code.ShouldNotBe(0, ended.All), ended => ended.Error.ShouldContain("Another run of this file is at work in this folder"), ended => ended.Output.ShouldNotContain("20260101000000_Initial"));
        File.Delete(Path.Combine(folder, "go"));
        (await first).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await RunAsync(text, "other.db")).Code.ShouldBe(0);
    }

    private static string Only(HandMade made) => made.Files().ShouldHaveSingleItem().Text;

    private Task<Ended> RunAsync(string text, string database = "shop.db") => Client.RunAsync("sqlite3", folder, text, new Dictionary<string, string?>(), database);

    private string State() => string.Join('\n', Lines("SELECT id || ' ' || n || ' ' || COALESCE(v, '-') FROM items UNION ALL SELECT 'line ' || item FROM lines UNION ALL SELECT MigrationId FROM __EFMigrationsHistory UNION ALL SELECT sql FROM sqlite_master WHERE name IN ('items', 'ef_temp_items') ORDER BY 1"));

    private List<string> Lines(string sql)
    {
        using var connection = Open();
        return [.. connection.Rows(sql).Select(row => string.Join(" | ", row))];
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        connection.Run(sql);
    }

    private SqliteConnection Open()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "shop.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
