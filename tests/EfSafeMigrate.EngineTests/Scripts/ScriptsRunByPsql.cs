using EfSafeMigrate.Tests.Updates.Scripts;
using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.EngineTests.Scripts;

/// <summary>The real psql runs the files: twice, from any point at which it was stopped, and where it must not.</summary>
public sealed partial class ScriptsRunByPsql : IAsyncLifetime
{
    private const string Backfill = """
        DO $backfill$ BEGIN COMMIT; UPDATE items SET label = 'item ' || id WHERE label IS NULL; COMMIT; END $backfill$;
        """;

    private static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    private readonly PostgresDatabase database = new();

    /// <summary>Statements that would do harm a second time stand among those that must stay outside a transaction.</summary>
    private static HandMade Shop => new HandMade(PostgresEngine.Value)
        .With("20260101000000_Initial", "CREATE TABLE items (id int PRIMARY KEY, label text, n int NOT NULL DEFAULT 0)", "INSERT INTO items SELECT i FROM generate_series(1, 50) i;", "CREATE TYPE mood AS ENUM ('good');")
        .With("20260102000000_Label", "UPDATE items SET n = n + 1;", "SET LOCAL lock_timeout = '1s';", $"alone:{Backfill}", "UPDATE items SET n = n + 10;", "alone:CREATE INDEX CONCURRENTLY ix_label ON items (label);")
        .With("20260103000000_Mood", "UPDATE items SET n = n + 100", "alone:ALTER TYPE mood ADD VALUE 'bad'", "UPDATE items SET n = n + 1000;")
        .With("20260104000000_Check", "ALTER TABLE items ADD CONSTRAINT ck_n CHECK (n > 0) NOT VALID;", "alone:ALTER TABLE items VALIDATE CONSTRAINT ck_n;");

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Twice()
    {
        var text = Only(Shop);
        (await Client.PsqlAsync(database, text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All), ended => ended.Output.ShouldContain("20260102000000_Label expand"));
        var state = await StateAsync();
        state.ShouldContain("1111 item 1");
        (await Client.PsqlAsync(database, text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All), ended => ended.Output.ShouldContain("20260102000000_Label is applied already"));
        (await StateAsync()).ShouldBe(state);
        (await database.QueryAsync("SELECT migration FROM safe_migrate.checkpoint", [], 30, default)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task GoesOnWhereverItWasStopped()
    {
        var text = Only(Shop);
        (await Client.PsqlAsync(database, text)).Code.ShouldBe(0);
        var wanted = await StateAsync();
        var (lines, unknown) = (text.Split('\n'), 0);
        // Each takes two calls of psql: the ordinary run takes every third, and all around the statement that cannot be repeated.
        var mood = Array.FindIndex(lines, line => line.StartsWith("ALTER TYPE mood", StringComparison.Ordinal));
        foreach (var at in Boundaries(lines).Where((at, index) => Full || index % 3 == 0 || Math.Abs(at - mood) < 3))
        {
            await database.ExecuteAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS safe_migrate CASCADE");
            (await Client.PsqlAsync(database, string.Join('\n', [.. lines[..at], @"\quit", .. lines[at..]]))).Code.ShouldBe(0, lines[at]);
            var again = await Client.PsqlAsync(database, text);
            if (again.Code != 0)
            {
                // Outside a transaction and not to be repeated: a person looks, as the hint says.
                unknown++;
                again.Error.ShouldContain("20260103000000_Mood was stopped in a statement outside a transaction, and nobody knows whether it took effect.", customMessage: again.All);
                var done = (await database.QueryAsync("SELECT 1 FROM pg_enum WHERE enumlabel = 'bad'", [], 30, default)).Rows.Count == 1;
                await database.ExecuteAsync($"UPDATE safe_migrate.checkpoint SET {(done ? "done = begun + 1, " : "")}begun = NULL WHERE migration = '20260103000000_Mood'");
                again = await Client.PsqlAsync(database, text);
            }
            again.Code.ShouldBe(0, $"stopped at: {lines[at]}\n{again.All}");
            (await StateAsync()).ShouldBe(wanted, $"stopped at: {lines[at]}");
        }
        unknown.ShouldBeInRange(1, 6);
    }

    [Fact]
    public async Task AnIndexThatCouldNotBeBuiltIsBuiltAgain()
    {
        var made = new HandMade(PostgresEngine.Value)
            .With("20260101000000_Initial", "CREATE TABLE items (id int, n int DEFAULT 0);", "INSERT INTO items VALUES (1), (1);")
            .With("20260102000000_Unique", "UPDATE items SET n = n + 1;", "alone:CREATE UNIQUE INDEX CONCURRENTLY ux_id ON items (id);");
        var text = Only(made);
        (await Client.PsqlAsync(database, text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3, ended.All), ended => ended.Error.ShouldContain("could not create unique index"));
        (await database.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ux_id'::regclass", [], 30, default)).Rows.ShouldHaveSingleItem()[0].ShouldBe("False");
        await database.ExecuteAsync("UPDATE items SET id = 2 WHERE ctid = (SELECT max(ctid) FROM items)");
        (await Client.PsqlAsync(database, text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await database.QueryAsync("SELECT indisvalid, (SELECT sum(n) FROM items) FROM pg_index WHERE indexrelid = 'ux_id'::regclass", [], 30, default)).Rows.ShouldHaveSingleItem().ShouldBe(["True", "2"]);
    }

    [Fact]
    public async Task AFailureOutsideATransactionIsKnownToHaveNoEffect()
    {
        var text = Only(Shop);
        var upTo = text[..text.IndexOf("-- 20260103000000_Mood", StringComparison.Ordinal)];
        (await Client.PsqlAsync(database, upTo)).Code.ShouldBe(0);
        await database.ExecuteAsync("ALTER TYPE mood RENAME TO other");
        var failed = await Client.PsqlAsync(database, text);
        failed.Code.ShouldBe(3, failed.All);
        failed.Error.ShouldContain("type \"mood\" does not exist");
        failed.Error.ShouldContain("20260103000000_Mood stopped at its command 2, which took no effect.");
        await database.ExecuteAsync("ALTER TYPE other RENAME TO mood");
        (await Client.PsqlAsync(database, text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await StateAsync()).ShouldContain("1111 item 1");
    }

    [Fact]
    public async Task AnEditedMigrationIsNotGoneOnWith()
    {
        var lines = Only(Shop).Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("CREATE INDEX CONCURRENTLY", StringComparison.Ordinal));
        await Client.PsqlAsync(database, string.Join('\n', [.. lines[..at], @"\quit", .. lines[at..]]));
        var edited = new HandMade(PostgresEngine.Value)
            .With("20260101000000_Initial", "SELECT 1;").With("20260102000000_Label", "UPDATE items SET n = n + 2;", $"alone:{Backfill}");
        var refused = await Client.PsqlAsync(database, Only(edited));
        refused.ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3, ended.All), ended => ended.Error.ShouldContain("20260102000000_Label was edited after a part of it had been committed."));
    }

    [Fact]
    public async Task WhatIsQuotedStaysAsItIs()
    {
        const string table = "\"it's \\ :lock_timeout \"\"$safe_migrate$\"\"\"";
        const string value = "a''b \\ :seen :''lock_timeout'' $safe_migrate$ \\quit ; é";
        var made = new HandMade(PostgresEngine.Value).With("20260101000000_Initial",
            $"CREATE TABLE {table} (id int, v text, a int[]) -- no end; ",
            $"INSERT INTO {table} VALUES (1, '{value}', ARRAY[1,2,3]) /* ; */",
            $"INSERT INTO {table} SELECT 2, $other$\\echo 'x' {value}$other$, a[1:2] FROM {table};",
            $"alone:DO $body$ BEGIN UPDATE {table} SET v = v || E'\\n;' WHERE id = 1; END $body$");
        (await Client.PsqlAsync(database, Only(made))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await database.QueryAsync($"SELECT v FROM {table} ORDER BY id", [], 30, default)).Rows.Select(row => row[0])
            .ShouldBe([value.Replace("''", "'", StringComparison.Ordinal) + "\n;", $"\\echo 'x' {value}"]);
    }

    [Fact]
    public async Task ALockThatIsNotGotLeavesNothing()
    {
        var text = Only(new HandMade(PostgresEngine.Value).With("20260101000000_Initial", "CREATE TABLE items (id int);").With("20260102000000_Column", "CREATE TABLE others (id int);", "ALTER TABLE items ADD COLUMN n int;"));
        await database.ExecuteAsync("CREATE TABLE items (id int)");
        var (first, rest) = (text.Replace("CREATE TABLE items (id int);", "SELECT 1;", StringComparison.Ordinal), text);
        await using (var connection = await database.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var reading = new Npgsql.NpgsqlCommand("SELECT * FROM items", connection, transaction);
            await reading.ExecuteNonQueryAsync();
            var stopped = await Client.PsqlAsync(database, first, "-v", "lock_timeout=200ms");
            stopped.ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3, ended.All), ended => ended.Error.ShouldContain("canceling statement due to lock timeout"));
            (await database.QueryAsync("SELECT to_regclass('others')", [], 30, default)).Rows[0][0].ShouldBe(null);
        }
        (await Client.PsqlAsync(database, rest)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await database.QueryAsync("SELECT n FROM items", [], 30, default)).Columns.ShouldBe(["n"]);
    }

    [Fact]
    public async Task NotInATransactionNorBesideAnotherRunNorElsewhere()
    {
        var text = Only(Shop);
        (await Client.PsqlAsync(database, text, "--single-transaction")).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3), ended => ended.Error.ShouldContain("is run inside a transaction"));
        await using (var other = await database.Source.OpenConnectionAsync())
        {
            await using var holding = new Npgsql.NpgsqlCommand($"SELECT pg_advisory_lock({PostgresUpdates.LockKey})", other);
            await holding.ExecuteNonQueryAsync();
            (await Client.PsqlAsync(database, text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3), ended => ended.Error.ShouldContain("Another run is at work"));
            await using var letting = new Npgsql.NpgsqlCommand("SELECT pg_advisory_unlock_all()", other);
            await letting.ExecuteNonQueryAsync();
        }
        var later = Shop.Files(from: 2).ShouldHaveSingleItem().Text;
        (await Client.PsqlAsync(database, later)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3), ended => ended.Error.ShouldContain("No migration was ever applied to this database."));
        var others = new HandMade(PostgresEngine.Value).With("20260101000000_Other", "CREATE TABLE another (id int);").With("20260102000000_Label", "SELECT 1;");
        (await Client.PsqlAsync(database, others.Files()[0].Text)).Code.ShouldBe(0);
        (await Client.PsqlAsync(database, later)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3), ended => ended.Error.ShouldContain("The history of this database lacks 20260101000000_Initial."));
        await database.ExecuteAsync("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%Label'""");
        (await Client.PsqlAsync(database, text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3), ended => ended.Error.ShouldContain("holds migrations, and none of this project"));
        (await database.QueryAsync("SELECT to_regclass('items')", [], 30, default)).Rows[0][0].ShouldBe(null);
    }

    [Fact]
    public async Task AContractAsksForEvidence()
    {
        var filled = new BackfillSpec(new(null, "items"), ["id"], "title", "\"label\"");
        var made = new HandMade(PostgresEngine.Value)
            .With("20260101000000_Expand", "CREATE TABLE items (id int, label text, title text);", "CREATE SEQUENCE \"old writes\";", "INSERT INTO items VALUES (1, 'x', NULL);")
            .With("20260102000000_Contract", new PhaseMark("Titles", "Contract") { Counters = [new(null, "old writes")], Filled = [filled] },
                "ALTER TABLE items DROP COLUMN label;", "alone:DROP SEQUENCE IF EXISTS \"old writes\";")
            .With("20260103000000_Next", "CREATE TABLE next (id int);");
        var files = made.Files(quiet: TimeSpan.FromSeconds(60));
        files.Select(file => file.File.Name).ShouldBe(["01-Expand.sql", "02-Contract.sql", "03-Next.sql"]);
        var contract = files[1].Text;

        (await Run(files[0].Text)).Code.ShouldBe(0);
        (await Run(files[2].Text)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(3), ended => ended.Error.ShouldContain("lacks 20260102000000_Contract"));
        (await Run(contract)).Error.ShouldContain("There are rows of items that have another value in title than the old shape says, and would lose it.");
        await database.ExecuteAsync("UPDATE items SET title = label");
        var looked = await Run(contract);
        looked.Code.ShouldBe(3);
        looked.Error.ShouldContain("The contract waits for the old release to be gone.");
        var seen = Token().Match(looked.Error).Value;
        (await Run(contract, "-v", seen)).Error.ShouldContain("It is too early");
        await database.ExecuteAsync("SELECT nextval('\"old writes\"')");
        var used = await Run(contract, "-v", Later(seen));
        used.Error.ShouldContain("The old release has written since it was looked at.");
        seen = Token().Match(used.Error).Value;
        seen.ShouldEndWith("-1");
        (await Run(contract, "-v", "seen=nonsense")).Code.ShouldBe(3);

        (await Run(contract, "-v", Later(seen))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All));
        (await Run(contract)).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.All), ended => ended.Output.ShouldContain("Contract is applied already"));
        (await Run(files[2].Text)).Code.ShouldBe(0);

        Task<Ended> Run(string text, params string[] arguments) => Client.PsqlAsync(database, text, arguments);

        // As if a minute had gone by since: it begins with the second at which was looked.
        static string Later(string seen) => Second().Replace(seen, second => (long.Parse(second.Value, CultureInfo.InvariantCulture) - 61).ToString(CultureInfo.InvariantCulture), 1);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Second();

    /// <summary>Lines between which nothing is cut in two.</summary>
    private static IEnumerable<int> Boundaries(string[] lines)
    {
        var inside = false;
        for (var at = 0; at < lines.Length; at++)
        {
            if (!inside && lines[at].Length > 0 && !lines[at].StartsWith("--", StringComparison.Ordinal) && !lines[at].StartsWith("VALUES", StringComparison.Ordinal) && !lines[at].StartsWith("ON CONFLICT", StringComparison.Ordinal) && !lines[at].StartsWith("FROM ", StringComparison.Ordinal)
                && !lines[at].StartsWith(' ') && !lines[at].StartsWith(@"\set", StringComparison.Ordinal))
            {
                yield return at;
            }
            inside ^= lines[at].Split("$safe_migrate$").Length % 2 == 0;
        }
    }

    private static string Only(HandMade made) => made.Files().ShouldHaveSingleItem().Text;

    private async Task<string> StateAsync() => string.Join('\n', (await database.QueryAsync(
        """
        SELECT n || ' ' || label FROM items UNION ALL SELECT indexdef || i.indisvalid FROM pg_indexes JOIN pg_index i ON i.indexrelid = indexname::regclass WHERE tablename = 'items'
        UNION ALL SELECT conname || convalidated FROM pg_constraint WHERE conrelid = 'items'::regclass UNION ALL SELECT "MigrationId" FROM "__EFMigrationsHistory"
        UNION ALL SELECT enumlabel FROM pg_enum ORDER BY 1
        """, [], 30, default)).Rows.Select(row => row[0]));

    [GeneratedRegex("seen=[0-9-]+")]
    private static partial Regex Token();
}
