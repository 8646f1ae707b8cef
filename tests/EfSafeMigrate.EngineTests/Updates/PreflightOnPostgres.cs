using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;
using static EfSafeMigrate.EngineTests.Schema;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>What stands in the way of a run on PostgreSQL, planted once and left out once.</summary>
public sealed class PreflightOnPostgres(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Ddl = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);";

    private static readonly AddColumn Harmless = new(Table("orders"), new("extra", "text", true));
    private static readonly CreateIndex Concurrent = new(Table("orders"), new Index("ix", ["note"])) { Concurrently = true, InTransaction = false };

    private DatabaseModel Model => database.Engine.Model(Ddl);

    public async Task InitializeAsync()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS orders");
        await database.ExecuteAsync(Ddl);
        await database.ExecuteAsync("INSERT INTO orders SELECT g, 'n' FROM generate_series(1, 1000) g; ANALYZE orders");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task AServerAsItShouldBePasses()
    {
        await using var work = await PostgresSession.OpenAsync(database);
        await using var watch = await PostgresSession.OpenAsync(database);
        var context = (await database.BeforeAsync(Model.Set(Harmless))).Over(work, watch);

        // Other tests leave slots and transactions on the same server.
        (await PreflightChecks.AskAsync(context, PreflightChecks.All.Where(check => check is not (FollowersCheck or LongTransactionsCheck)), CancellationToken.None)).ShouldBeEmpty();
        PreflightChecks.All.Select(check => check.Title).ShouldBeUnique();
    }

    [Fact]
    public async Task AVersionThatIsTooOldIsRefusedAndOneThatIsTooNewIsSaid()
    {
        var context = await database.BeforeAsync(Model.Set(Harmless));

        var old = (await (context with { Version = new(11, 22) }).AskAsync<VersionCheck>()).ShouldHaveSingleItem();
        var future = (await (context with { Version = new(19) }).AskAsync<VersionCheck>()).ShouldHaveSingleItem();

        (old.Refuses, old.Sentence).ShouldBe((true, "PostgreSQL 11.22 is too old: runs work on 12 and newer."));
        (future.Refuses, future.Sentence).ShouldBe((false, "PostgreSQL 19 is newer than 18, the last one whose locks were measured."));
    }

    [Fact]
    public async Task ASessionThatIsReadOnlyByDefaultIsRefused()
    {
        await using var work = await (await PostgresSession.OpenAsync(database)).DoAsync("SET default_transaction_read_only = on");
        var context = (await database.BeforeAsync(Model.Set(Harmless))).Over(work, work);

        var objection = (await context.AskAsync<WritableCheck>()).ShouldHaveSingleItem();

        (objection.Refuses, objection.Sentence).ShouldBe((true, "shop cannot be changed: default_transaction_read_only is on."));
    }

    [Fact]
    public async Task APoolerThatGivesItsOwnProcessNumberIsRefused()
    {
        await using var work = await PostgresSession.OpenAsync(database);
        await using var watch = await PostgresSession.OpenAsync(database);
        var context = (await database.BeforeAsync(Model.Set(Harmless))).Over(work, watch) with { Backend = 4 };

        var objection = (await context.AskAsync<PoolerCheck>()).ShouldHaveSingleItem();

        (objection.Refuses, objection.Sentence).ShouldBe((true, $"A pooler stands before the server: the driver was told process 4, and process {work.Process} answers. The run could not watch its own locks."));
    }

    [Fact]
    public async Task APoolerThatSharesOneConnectionIsRefused()
    {
        await using var shared = await PostgresSession.OpenAsync(database);
        var context = (await database.BeforeAsync(Model.Set(Harmless))).Over(shared, shared);

        (await context.AskAsync<PoolerCheck>()).ShouldHaveSingleItem().Sentence.ShouldBe(
            "A pooler stands before the server and changes the process behind a connection: the lock of the run would be lost between two statements.");
    }

    [Fact]
    public async Task APoolerThatGoesRoundIsRefused()
    {
        await using var first = await PostgresSession.OpenAsync(database);
        await using var second = await PostgresSession.OpenAsync(database);
        var turn = 0;
        var context = await database.BeforeAsync(Model.Set(Harmless));
        context = context with
        {
            Work = (sql, parameters, seconds, stop) => (turn++ % 2 == 0 ? first : second).QueryAsync(sql, parameters, seconds, stop),
            Watch = (sql, parameters, seconds, stop) => (turn++ % 2 == 0 ? first : second).QueryAsync(sql, parameters, seconds, stop),
            Backend = null,
        };

        (await context.AskAsync<PoolerCheck>()).ShouldHaveSingleItem().Refuses.ShouldBeTrue();
    }

    [Fact]
    public async Task ATransactionThatIsOpenIsNamedAndRefusesOnlyWhenItWasForgotten()
    {
        await using var reader = await PostgresSession.OpenAsync(database, "night-report");
        await reader.DoAsync("BEGIN; SELECT count(*) FROM orders");
        await Aged(reader);
        var rewrite = new AlterColumn(Table("orders"), new Column("note", "integer", true), new Column("note", "text", true));

        // A reader is in the way of what stops readers, and of nothing that does not.
        (await OfReader(Harmless, forgotten: true)).ShouldBe($"Process {reader.Process} (night-report) has had a transaction open for N, and Next waits for it.");
        (await OfReader(rewrite, forgotten: true)).ShouldBe($"Process {reader.Process} (night-report) has had a transaction open for N, and Next waits for it.");
        (await OfReader(new InsertData(Table("orders"), 1), forgotten: true)).ShouldBeNull();
        (await OfReader(Harmless, forgotten: false)).ShouldBeNull();

        async Task<string?> OfReader(Change change, bool forgotten)
        {
            var context = await database.BeforeAsync(Model.Set(change));
            context = context with { Settings = context.Settings with { Forgotten = forgotten ? TimeSpan.Zero : TimeSpan.FromHours(1) } };
            var found = (await context.AskAsync<LongTransactionsCheck>()).SingleOrDefault(each => each.Sentence.Contains("night-report", StringComparison.Ordinal) && each.Refuses);
            found?.Next.ShouldBe($"SELECT pg_terminate_backend({reader.Process})   ends it");
            return found is null ? null : System.Text.RegularExpressions.Regex.Replace(found.Sentence, "for [0-9.]+ m?s", "for N");
        }
    }

    [Fact]
    public async Task ATableOfTheSameNameInAnotherSchemaIsAnother()
    {
        await database.ExecuteAsync("CREATE SCHEMA \"Tenant.1\"; CREATE TABLE \"Tenant.1\".orders (id int)");
        await using var reader = await PostgresSession.OpenAsync(database, "next-door");
        await reader.DoAsync("BEGIN; SELECT count(*) FROM \"Tenant.1\".orders");
        await Aged(reader);

        (await RefusesAsync(null)).ShouldBeFalse();
        (await RefusesAsync("public")).ShouldBeFalse();
        (await RefusesAsync("Tenant.1")).ShouldBeTrue();

        async Task<bool> RefusesAsync(string? schema)
        {
            var context = await database.BeforeAsync(Model.Set(new AddColumn(new TableName(schema, "orders"), new Column("note", "text", true))));
            context = context with { Settings = context.Settings with { Forgotten = TimeSpan.Zero } };
            return (await context.AskAsync<LongTransactionsCheck>()).Any(each => each.Refuses && each.Sentence.Contains("next-door", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task AConcurrentBuildWaitsForEveryOlderSnapshotAlsoOfOtherTables()
    {
        await using var other = await PostgresSession.OpenAsync(database, "elsewhere");
        await other.DoAsync("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
        await Aged(other);
        var context = await database.BeforeAsync(Model.Set(Concurrent));
        context = context with { Settings = context.Settings with { Forgotten = TimeSpan.Zero } };
        var plain = await database.BeforeAsync(Model.Set(Harmless));
        plain = plain with { Settings = context.Settings };

        (await context.AskAsync<LongTransactionsCheck>()).Single(each => each.Sentence.Contains("elsewhere", StringComparison.Ordinal)).Refuses.ShouldBeTrue();
        (await plain.AskAsync<LongTransactionsCheck>()).ShouldNotContain(each => each.Refuses && each.Sentence.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TriggersSubscribersAndRowVersionsOfABackfillAreSaid()
    {
        await database.ExecuteAsync("""
            CREATE OR REPLACE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER stamped BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE TRIGGER "~ours" BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE TRIGGER born BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE PUBLICATION feed FOR TABLE orders;
            """);
        var model = database.Engine.Model("CREATE TABLE orders (id bigint PRIMARY KEY, note text, xmin xid);");
        var change = new UpdateRows(Table("orders"), ["note"], null);
        var changes = model.Set(change);
        var context = await database.BeforeAsync(changes with
        {
            Migrations = [changes.Migrations[0] with { Backfills = new Dictionary<int, BackfillSpec> { [0] = new(Table("orders"), ["id"], "note", "upper(note)") } }],
        });
        var none = await database.BeforeAsync(changes);

        var objections = await context.AskAsync<BackfillCheck>();
        await database.ExecuteAsync("DROP PUBLICATION feed");

        (await none.AskAsync<BackfillCheck>()).ShouldBeEmpty();
        objections.ShouldAllBe(each => !each.Refuses);
        objections.Select(each => each.Sentence).ShouldBe(
        [
            "The backfill of orders sends every row it writes to the subscribers of feed.",
            "The backfill of orders fires the trigger stamped for every row it writes.",
            "The backfill of orders changes xmin in every row it writes: a release that read a row before and saves it after gets a concurrency conflict.",
        ]);
    }

    [Fact]
    public async Task DiskThatIsNotThereIsRefused()
    {
        var rewrite = new AlterColumn(Table("orders"), new Column("note", "integer", true), new Column("note", "text", true));
        var context = await database.BeforeAsync(Model.Set(rewrite)) with { Free = path => path.EndsWith("pg_wal", StringComparison.Ordinal) ? 1000 : 1L << 40 };

        var refused = (await context.AskAsync<DiskCheck>()).ShouldHaveSingleItem();
        var unknown = (await (context with { Free = _ => null }).AskAsync<DiskCheck>()).ShouldHaveSingleItem();

        refused.Refuses.ShouldBeTrue();
        refused.Sentence.ShouldMatch("^The steps need about [0-9.]+ KB of disk, and 1000 B are free where the log of shop is.$");
        (await (context with { Free = _ => 1L << 40 }).AskAsync<DiskCheck>()).ShouldBeEmpty();
        (await (await database.BeforeAsync(Model.Set(Harmless)) with { Free = _ => 0 }).AskAsync<DiskCheck>()).ShouldBeEmpty();
        (unknown.Refuses, unknown.Detail).ShouldBe((false, true));
        unknown.Sentence.ShouldBe("The free disk of the server is not known: it is another machine, or this user may not see its folders.");
    }

    [Fact]
    public async Task ASlotThatNobodyReadsIsSaid()
    {
        var slot = $"slot_{Guid.NewGuid():N}";
        var rewrite = new AlterColumn(Table("orders"), new Column("note", "integer", true), new Column("note", "text", true));
        await database.ExecuteAsync($"SELECT pg_create_physical_replication_slot('{slot}', true)");
        var objections = await (await database.BeforeAsync(Model.Set(rewrite))).AskAsync<FollowersCheck>();
        await database.ExecuteAsync($"SELECT pg_drop_replication_slot('{slot}')");

        var objection = objections.Single(each => each.Sentence.Contains(slot, StringComparison.Ordinal));
        objection.Refuses.ShouldBeFalse();
        objection.Sentence.ShouldMatch($"^Nobody reads the replication slot {slot}: it keeps .* of log, and all that the run writes.$");
    }

    [Fact]
    public async Task AStandbyThatIsBehindIsSaid()
    {
        var context = await database.BeforeAsync(Model.Set(Harmless));
        context = context with { Work = (sql, _, _, _) => Task.FromResult(new Protocol.QueryResult([], sql.Contains("pg_stat_replication", StringComparison.Ordinal) ? [["near", "200", "4096"], ["late", "45000", null], ["far", null, "1073741824"]] : [])) };

        (await context.AskAsync<FollowersCheck>()).Select(each => each.Sentence).ShouldBe(["The standby late is 45 s behind.", "The standby far is 1 GB behind."]);
    }

    [Fact]
    public async Task WhatCannotBeFoundOutIsSaid()
    {
        var context = await database.BeforeAsync(Model.Set(Harmless)) with { Work = (_, _, _, _) => throw new Sessions.QueryFailure("permission denied for view pg_stat_replication", "42501") };

        var objection = (await context.AskAsync<FollowersCheck>()).ShouldHaveSingleItem();

        (objection.Refuses, objection.Sentence).ShouldBe((false, "Not checked: how far standbys are behind; the database says: permission denied for view pg_stat_replication."));
    }

    /// <summary>The server counts a transaction as old after a second.</summary>
    private async Task Aged(PostgresSession session)
    {
        for (var seen = false; !seen; await Task.Delay(50))
        {
            seen = (await database.QueryAsync("SELECT 1 FROM pg_stat_activity WHERE pid = CAST(@p0 AS int) AND clock_timestamp() - xact_start > interval '1.1 seconds'",
                [session.Process.ToString(System.Globalization.CultureInfo.InvariantCulture)], 5, CancellationToken.None)).Rows.Count > 0;
        }
    }
}
