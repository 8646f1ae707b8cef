using EfSafeMigrate.Updates.Backups;
using Microsoft.Data.Sqlite;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>A file is copied as one transaction sees it, whoever writes meanwhile.</summary>
public sealed class BackupsOfSqlite : IAsyncLifetime
{
    private const string Sql = """"
        CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
        INSERT INTO "__EFMigrationsHistory" VALUES ('20260101000000_First', '10.0.0');
        CREATE TABLE "every 'kind'" (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b TEXT COLLATE NOCASE, c BLOB, d REAL, e NUMERIC(10, 2), "q""uote" TEXT DEFAULT 'it''s', g TEXT GENERATED ALWAYS AS (b || '!') STORED, v AS (id * 2));
        INSERT INTO "every 'kind'" (a, b, c, d, e) VALUES (1, 'one', x'00ff00', 0.1, 1.5), ('1', '', x'', 1e308, NULL), (NULL, NULL, NULL, NULL, NULL), (1.0, 'é 漢字 🦀' || char(10) || char(0) || 'behind', zeroblob(300000), -0.0, 3), (x'31', 'ONE', 'text', 9007199254740993, '12.340');
        DELETE FROM "every 'kind'" WHERE id = 5; INSERT INTO "every 'kind'" (a) VALUES (5);
        CREATE TABLE pairs (a INTEGER, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO pairs VALUES (1, 'x'), (1, 'y');
        CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL, note TEXT);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO orders SELECT i, i % 100, 'note ' || i FROM n;
        CREATE VIRTUAL TABLE words USING fts5(body); INSERT INTO words VALUES ('find me'), ('and me');
        CREATE INDEX by_total ON orders (total) WHERE total > 5; CREATE VIEW totals AS SELECT sum(total) FROM orders;
        CREATE TRIGGER touch AFTER UPDATE ON orders BEGIN UPDATE orders SET note = note || '.' WHERE id = NEW.id AND 0; END;
        PRAGMA user_version = 7; PRAGMA application_id = 99;
        """";

    private readonly SqliteDatabase database = new();
    private readonly SqliteDatabase target = new();
    private BackupRun run = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync(Sql);
        run = new(database);
    }

    public async Task DisposeAsync()
    {
        run.Remove();
        await database.DisposeAsync();
        await target.DisposeAsync();
    }

    [Fact]
    public async Task AFolderThatGoesAwayIsTold()
    {
        run.Upon = news =>
        {
            if (news is Proved)
            {
                Directory.Delete(Directory.GetDirectories(run.Folder).Single(), recursive: true);
            }
        };

        var failed = await Should.ThrowAsync<SafeMigrateException>(() => run.BackupAsync("one"));

        (failed.Code, failed.Next).ShouldBe((ExitCode.Environment, "name a folder that can be written to"));
        failed.Message.ShouldStartWith($"The backup cannot be written to `{run.At("one")}`: Could not find a part of the path ");
        failed.Message.ShouldEndWith(". Nothing was changed.");
        run.Original.Open.ShouldBeEmpty();
    }

    [Fact]
    public async Task EverythingComesBack()
    {
        var manifest = await run.BackupAsync("one");
        manifest.Unproven.ShouldBeNull();
        manifest.State.ShouldBe(BackupState.Proven);
        manifest.Tables.Single(table => table.Table == "orders").Rows.ShouldBe(20000);
        manifest.Tables.ShouldContain(table => table.Table == "sqlite_sequence");
        manifest.Tables.ShouldContain(table => table.Table == "words_content" && table.Rows == 2);
        Directory.GetFileSystemEntries(run.At("one")).Select(Path.GetFileName).Order().ShouldBe(["dump", "manifest.json"]);
        File.GetUnixFileMode(run.At("one/dump")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await run.RestoreAsync("one", target);
        foreach (var ask in new[]
        {
            "SELECT group_concat(type || name || sql, ';') FROM (SELECT * FROM sqlite_master ORDER BY name)", "SELECT group_concat(id || typeof(a) || quote(a) || quote(b) || hex(b) || quote(c) || quote(d) || quote(e) || quote(g) || v, ';') FROM \"every 'kind'\"",
            "SELECT group_concat(id || total || note) FROM orders", "SELECT group_concat(body) FROM words WHERE words MATCH 'me'", "SELECT seq FROM sqlite_sequence", "SELECT user_version FROM pragma_user_version",
            "SELECT application_id FROM pragma_application_id", "SELECT journal_mode FROM pragma_journal_mode", "SELECT integrity_check FROM pragma_integrity_check",
        })
        {
            (await OneAsync(target, ask)).ShouldBe(await OneAsync(database, ask), ask);
        }
        (await OneAsync(target, "SELECT journal_mode FROM pragma_journal_mode")).ShouldBe("wal");
    }

    [Fact]
    public async Task WritersGoOnMeanwhile()
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(async () =>
        {
            // Both at once or none: the sum tells a copy that mixes two moments.
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref written))
            {
                await database.ExecuteAsync($"BEGIN IMMEDIATE; UPDATE orders SET total = total + 1 WHERE id = {1 + written % 20000}; UPDATE orders SET total = total - 1 WHERE id = {20000 - written % 20000}; COMMIT");
            }
        });
        var before = written;
        for (var time = 0; time < (Sampled.Full ? 20 : 4); time++)
        {
            (await run.BackupAsync($"busy{time}")).Unproven.ShouldBeNull();
        }
        written.ShouldBeGreaterThan(before, "nobody was kept from writing");
        await stop.CancelAsync();
        await writing;
        await run.RestoreAsync("busy1", target);
        (await OneAsync(target, "SELECT sum(total) FROM orders")).ShouldBe("990000");
    }

    [Fact]
    public async Task TypesAndBytesAreToldApart()
    {
        var one = await run.BackupAsync("one", proof: false);
        var known = one.Tables;
        foreach (var change in new[]
        {
            "UPDATE \"every 'kind'\" SET a = '1' WHERE id = 1", "UPDATE \"every 'kind'\" SET a = 1.0 WHERE id = 1", "UPDATE \"every 'kind'\" SET b = '' WHERE id = 3", "UPDATE \"every 'kind'\" SET b = b || 'x' WHERE id = 4",
            "UPDATE \"every 'kind'\" SET c = '' WHERE id = 2", "UPDATE \"every 'kind'\" SET b = CASE id WHEN 1 THEN 'ONE' ELSE b END", "UPDATE orders SET note = CASE id WHEN 1 THEN 'note 2' WHEN 2 THEN 'note 1' END WHERE id < 3",
        })
        {
            await database.ExecuteAsync(change);
            var now = (await run.BackupAsync($"after {Guid.NewGuid():N}", proof: false)).Tables;
            DatabaseContents.Difference(known, now).ShouldNotBeNull(change);
            known = now;
        }
    }

    [Fact]
    public async Task ALiveDatabaseChangesAtOnceOrNotAtAll()
    {
        await run.BackupAsync("one");
        await target.ExecuteAsync("CREATE TABLE mine (id INTEGER); INSERT INTO mine VALUES (1)");
        await using var reader = new SqliteConnection(target.ConnectionString);
        await reader.OpenAsync();
        await using (var writer = new SqliteConnection(target.ConnectionString))
        {
            // Somebody writes: the restore waits for a moment and says so; the database is as it was.
            await writer.OpenAsync();
            await using var begin = new SqliteCommand("BEGIN IMMEDIATE; INSERT INTO mine VALUES (2)", writer);
            await begin.ExecuteNonQueryAsync();
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await Should.ThrowAsync<OperationCanceledException>(() => run.RestoreAsync("one", target, soon.Token));
            await using var end = new SqliteCommand("COMMIT", writer);
            await end.ExecuteNonQueryAsync();
        }
        (await OneAsync(target, "SELECT group_concat(name) FROM sqlite_master")).ShouldBe("mine");
        var found = await run.RestoreAsync("one", target);
        (found.IsEmpty, found.Holds).ShouldBe((false, "1 table"));
        // A session that was open before sees what is there now.
        await using var count = new SqliteCommand("SELECT count(*) FROM orders", reader);
        (await count.ExecuteScalarAsync()).ShouldBe(20000L);
    }

    private static async Task<string?> OneAsync(SqliteDatabase database, string sql) => (await database.QueryAsync(sql, [], 60, default)).Rows[0][0];
}
