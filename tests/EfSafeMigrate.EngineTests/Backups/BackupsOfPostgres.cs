using System.Diagnostics;
using EfSafeMigrate.EngineTests.Scratches;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>What was backed up comes back, to the last value; a backup that does not is not called proven.</summary>
public sealed class BackupsOfPostgres : IAsyncLifetime
{
    private const string More = """"
        CREATE TABLE "every 'kind'" (id smallserial PRIMARY KEY, small smallint, big bigint, exact numeric(38, 10), real_one real, is_it boolean, day date, "Time" time, with_zone timetz, plain timestamp,
            uid uuid, address inet, net cidr, bits bit(8), more varbit, j json, x xml, money money, range int4range, several daterange[], tree tsvector, point point, word varchar(20), padded char(5), note text COLLATE "C",
            CONSTRAINT word CHECK (word IN ('one', 'two', 'it''s')), CONSTRAINT both_or_none CHECK ((small IS NULL) = (big IS NULL)));
        INSERT INTO "every 'kind'" (small, big, exact, real_one, is_it, day, "Time", with_zone, plain, uid, address, net, bits, more, j, x, money, range, several, tree, point, word, padded, note) VALUES
            (-32768, 9223372036854775807, 12345678901234567890.1234567891, 0.1, true, '0044-03-15 BC', '23:59:59.999999', '12:00:00+05:30', '2026-02-03 04:05:06.789', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
             '::1', '10.0.0.0/8', B'10101010', B'101', '{"a" : 1,  "a":2}', '<a b="c">é</a>', 12.34, '[1,5)', ARRAY[daterange('2026-01-01', NULL)], 'a fat cat', '(1.1,-2)', 'it''s', 'ab', E'tab\tline\nquote''"\\ é 漢字 🦀'),
            (NULL, NULL, 'NaN', '-Infinity', NULL, 'infinity', NULL, NULL, NULL, NULL, NULL, NULL, NULL, B'', NULL, NULL, NULL, 'empty', '{}', '', NULL, NULL, '', '');
        CREATE TABLE "Large" (id int PRIMARY KEY, body text, bytes bytea);
        INSERT INTO "Large" SELECT i, repeat(md5(i::text), 100000), decode(repeat(md5((i * 7)::text), 50000), 'hex') FROM generate_series(1, 6) i;
        CREATE TABLE no_columns (); INSERT INTO no_columns DEFAULT VALUES; INSERT INTO no_columns DEFAULT VALUES;
        CREATE TABLE no_key (a int, b text); INSERT INTO no_key VALUES (1, 'x'), (1, 'x'), (NULL, NULL), (NULL, '');
        CREATE UNLOGGED TABLE quick (id int); INSERT INTO quick VALUES (1);
        CREATE TABLE dropped (a int, gone text, b int DEFAULT 4 CHECK (b > 0)); ALTER TABLE dropped DROP COLUMN gone; INSERT INTO dropped VALUES (1, 2);
        CREATE SEQUENCE alone START 1000 INCREMENT -10 MAXVALUE 2000 MINVALUE -5000; SELECT nextval('alone'), nextval('alone');
        CREATE SEQUENCE never;
        CREATE VIEW "quoted ""view""" AS SELECT id, word || '''' AS w FROM "every 'kind'" WHERE word IN ('one', 'two') OR note LIKE '%(%';
        CREATE MATERIALIZED VIEW kept AS SELECT count(*) AS n FROM people; CREATE UNIQUE INDEX kept_n ON kept (n);
        CREATE INDEX "Some" ON people (lower(name)) WHERE mood IN ('fine', 'so "so"');
        CREATE FUNCTION add(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
        CREATE PROCEDURE nothing() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
        ALTER TABLE people ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON people USING (name <> ALL (ARRAY['a'::varchar, 'b']));
        COMMENT ON TABLE people IS 'it''s "people"'; COMMENT ON COLUMN people.name IS 'é';
        SELECT lo_from_bytea(0, decode(repeat('00ff', 3000), 'hex'));
        """";

    /// <summary>A constraint that was read from a dump is written in other words.</summary>
    private static readonly string Digest = PostgresGraph.Digest.Replace(" || pg_get_constraintdef(oid)", "", StringComparison.Ordinal);

    private readonly PostgresDatabase database = new();
    private readonly PostgresDatabase target = new();
    private BackupRun run = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await target.InitializeAsync();
        await database.ExecuteAsync(PostgresGraph.Sql);
        await database.ExecuteAsync(More);
        run = new(database) { Version = (await OneAsync(database, "SHOW server_version"))! };
    }

    public async Task DisposeAsync()
    {
        run.Remove();
        await target.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task EverythingComesBack()
    {
        var manifest = await run.BackupAsync("one");
        manifest.Unproven.ShouldBeNull();
        manifest.State.ShouldBe(BackupState.Proven);
        manifest.Tables.Single(table => table.Table == "public.no_columns").Rows.ShouldBe(2);
        manifest.Tables.Single(table => table.Table == "large objects").Rows.ShouldBe(1);
        manifest.Tables.ShouldContain(table => table.Table == "safe_migrate.journal" && table.Rows == 1);
        manifest.Tables.ShouldContain(table => table.Table == "public.__EFMigrationsHistory" && table.Rows == 2);
        Directory.GetFileSystemEntries(run.Folder).ShouldBe([run.At("one")]);
        foreach (var path in Directory.GetFileSystemEntries(run.At("one"), "*", SearchOption.AllDirectories).Append(run.At("one")))
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | (Directory.Exists(path) ? UnixFileMode.UserExecute : 0), path);
        }

        await run.RestoreAsync("one", target);
        (await OneAsync(target, Digest)).ShouldBe(await OneAsync(database, Digest));
        foreach (var table in new[] { "\"every 'kind'\"", "\"Large\"", "no_columns", "no_key", "quick", "dropped", "\"quoted \"\"view\"\"\"", "kept", "\"Other \"\"Schema\"\"\".region", "safe_migrate.journal" })
        {
            var ask = $"SELECT md5(COALESCE(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {table} t";
            (await OneAsync(target, ask)).ShouldBe(await OneAsync(database, ask), table);
        }
        const string Sequences = "SELECT string_agg(sequencename || COALESCE(last_value::text, '-'), ',' ORDER BY sequencename) FROM pg_sequences";
        (await OneAsync(target, Sequences)).ShouldBe(await OneAsync(database, Sequences));
        (await OneAsync(target, "SELECT obj_description('people'::regclass) || add(1) || (SELECT count(*) FROM pg_policy) || (SELECT md5(lo_get(oid)) FROM pg_largeobject_metadata)"))
            .ShouldBe(await OneAsync(database, "SELECT obj_description('people'::regclass) || add(1) || (SELECT count(*) FROM pg_policy) || (SELECT md5(lo_get(oid)) FROM pg_largeobject_metadata)"));
        (await OneAsync(target, "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()")).ShouldBeNull("no mark is left");
    }

    [Fact]
    public async Task WritersGoOnMeanwhile()
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await database.ExecuteAsync("""
                    INSERT INTO people (name) VALUES ('late'); UPDATE people SET price = random() WHERE id = (random() * 2000)::int; DELETE FROM a_table_whose_name_is_as_long_as_names_can_be_in_this_database_
                    WHERE note = 'n' || (random() * 1500)::int AND NOT EXISTS (SELECT FROM people WHERE favourite = "a ""column"" whose name is as long as names can be in this one__"); SELECT nextval('alone') WHERE random() < 0.01
                    """);
                Interlocked.Increment(ref written);
            }
        })));
        var before = 0;
        for (var time = 0; time < (Sampled.Full ? 10 : 2); time++)
        {
            before = written;
            var manifest = await run.BackupAsync($"busy{time}");
            manifest.Unproven.ShouldBeNull();
            written.ShouldBeGreaterThan(before, "nobody was kept from writing");
        }
        await stop.CancelAsync();
        await writing;
        await run.RestoreAsync("busy0", target);
        (await OneAsync(target, "SELECT count(*)::text FROM people")).ShouldNotBe(await OneAsync(database, "SELECT count(*)::text FROM people"));
    }

    [Fact]
    public async Task WhatComesBackOtherwiseIsNotProven()
    {
        // The dump sets a path of its own, under which the constraint cannot be read: a well-known way to a dump that does not restore.
        await database.ExecuteAsync("""
            CREATE FUNCTION helper(v int) RETURNS boolean LANGUAGE sql AS 'SELECT v > 0'; CREATE FUNCTION fits(v int) RETURNS boolean LANGUAGE sql AS 'SELECT helper(v)';
            CREATE TABLE checked (v int CHECK (fits(v))); INSERT INTO checked VALUES (1);
            """);
        var manifest = await run.BackupAsync("one");
        manifest.State.ShouldBe(BackupState.Taken);
        manifest.Unproven!.ShouldContain("helper");
        var scratch = run.News.OfType<OfScratch>().Select(of => of.News).OfType<ScratchMade>().ShouldHaveSingleItem().Where.Split('@')[0];
        (await OneAsync(database, $"SELECT count(*)::text FROM pg_database WHERE datname = '{scratch}'")).ShouldBe("0");
        BackupManifest.Read(run.At("one")).State.ShouldBe(BackupState.Taken);
    }

    [Fact]
    public async Task AChangedValueIsSeen()
    {
        var one = await run.BackupAsync("one");
        await database.ExecuteAsync("UPDATE no_key SET b = 'y' WHERE ctid = (SELECT min(ctid) FROM no_key WHERE b = 'x')");
        var two = await run.BackupAsync("two");
        DatabaseContents.Difference(one.Tables, two.Tables).ShouldBe("rows of public.no_key have other values");
        await database.ExecuteAsync("UPDATE no_key SET b = NULL WHERE b = ''");
        DatabaseContents.Difference(two.Tables, (await run.BackupAsync("three")).Tables).ShouldBe("rows of public.no_key have other values");
        await database.ExecuteAsync("DELETE FROM quick");
        DatabaseContents.Difference(two.Tables, (await run.BackupAsync("four")).Tables).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("CREATE FUNCTION liar(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT pg_backend_pid()'; CREATE TABLE lies (a int, b int GENERATED ALWAYS AS (liar(a)) STORED); INSERT INTO lies VALUES (1)",
        "restored, it is not the same: rows of public.lies have other values")]
    [InlineData("UPDATE pg_extension SET extversion = '0.1' WHERE extname = 'hstore'", "restored, it is not the same: the extension hstore is `")]
    public async Task AProofCompares(string sql, string difference)
    {
        await database.ExecuteAsync(sql);
        var manifest = await run.BackupAsync("one");
        manifest.State.ShouldBe(BackupState.Taken);
        manifest.Unproven!.ShouldStartWith(difference);
    }

    /// <summary>Anywhere else, its constraint takes longer than a session on production waits for a lock: so does a primary key of a large table.</summary>
    private Task SlowElsewhereAsync() => database.ExecuteAsync("""
        CREATE TABLE zebra (v int); INSERT INTO zebra SELECT generate_series(1, 65);
        DO $$ BEGIN EXECUTE format('CREATE FUNCTION slow(v int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS %L', format('BEGIN PERFORM pg_sleep(0.1) WHERE current_database() <> %L; RETURN v; END', current_database())); END $$;
        ALTER TABLE zebra ADD EXCLUDE (slow(v) WITH =)
        """);

    [Fact]
    public async Task RowsAreReadAlthoughAConstraintTakesLong()
    {
        await SlowElsewhereAsync();
        var manifest = await run.BackupAsync("one");
        manifest.Unproven.ShouldBeNull();
        manifest.Tables.Single(table => table.Table == "public.zebra").Rows.ShouldBe(65);
    }

    [Fact]
    public async Task WhoStopsLeavesNothingAtWorkInANamedDatabase()
    {
        await SlowElsewhereAsync();
        using var stop = new CancellationTokenSource();
        var proving = run.BackupAsync("one", scratch: target.ConnectionText, cancellation: stop.Token);
        const string atWork = "FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%EXCLUDE%' AND pid <> pg_backend_pid()";
        while (!proving.IsCompleted && await OneAsync(target, $"SELECT count(*)::text {atWork}") == "0")
        {
            await Task.Delay(20);
        }
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => proving);
        (await OneAsync(target, $"SELECT count(*)::text {atWork}")).ShouldBe("0");
        (await OneAsync(target, "SELECT count(*)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace")).ShouldBe("0");
    }

    [Fact]
    public async Task PartitionsAreReadOneByOne()
    {
        await database.ExecuteAsync("""
            CREATE TABLE logs (day date, region int, note text) PARTITION BY RANGE (day);
            CREATE TABLE logs_2026 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (region);
            CREATE TABLE logs_2026_one PARTITION OF logs_2026 FOR VALUES IN (1); CREATE TABLE logs_2026_others PARTITION OF logs_2026 DEFAULT;
            CREATE EXTENSION postgres_fdw; CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '1');
            CREATE FOREIGN TABLE logs_2025 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') SERVER elsewhere;
            INSERT INTO logs SELECT '2026-01-01'::date + i % 300, i / 300, 'n' || i FROM generate_series(1, 2000) i;
            CREATE INDEX by_region ON logs_2026 (region); ALTER TABLE logs_2026 ADD PRIMARY KEY (day, region)
            """);
        for (var time = 0; time < (Sampled.Full ? 50 : 3); time++)
        {
            var manifest = await run.BackupAsync($"one{time}");
            manifest.Unproven.ShouldBeNull();
            manifest.Tables.Where(table => table.Table.Contains("logs", StringComparison.Ordinal)).Select(table => (table.Table, table.Rows)).ShouldBe([("public.logs_2026_one", 300), ("public.logs_2026_others", 1700)]);
        }
    }

    [Fact]
    public async Task AnIndexThatIsNotValidIsNotMissed()
    {
        await database.ExecuteAsync("CREATE INDEX left_over ON people (price); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'left_over'::regclass");
        (await run.BackupAsync("one")).Unproven.ShouldBeNull();
    }

    [Fact]
    public async Task WithoutAProofItSaysSo()
    {
        var manifest = await run.BackupAsync("one", proof: false);
        (manifest.State, manifest.Counters).ShouldBe((BackupState.Taken, null));
        await run.RestoreAsync("one", target);
    }

    [Fact]
    public async Task WithoutRoomNothingIsWritten()
    {
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => run.BackupAsync("one", free: _ => 1000));
        refusal.Message.ShouldContain("1000 B are free");
        refusal.Code.ShouldBe(ExitCode.StoppedSafely);
        Directory.GetFileSystemEntries(run.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnotherBackupIsNeverOverwritten()
    {
        await run.BackupAsync("one", proof: false);
        var before = BackupManifest.Read(run.At("one"));
        (await Should.ThrowAsync<SafeMigrateException>(() => run.BackupAsync("one", proof: false))).Message.ShouldContain("is there already");
        BackupManifest.Read(run.At("one")).Run.ShouldBe(before.Run);
    }

    [Fact]
    public async Task NothingIsLeftWhereverItStops()
    {
        foreach (var stage in new[] { typeof(TableRead), typeof(Dumped), typeof(Proving), typeof(OfScratch), typeof(Proved) })
        {
            run.Upon = news =>
            {
                if (news.GetType() == stage)
                {
                    throw new OperationCanceledException();
                }
            };
            await Should.ThrowAsync<OperationCanceledException>(() => run.BackupAsync("one"));
            Directory.GetFileSystemEntries(run.Folder).ShouldBeEmpty(stage.Name);
            run.Original.Open.ShouldBeEmpty(stage.Name);
        }
        run.Upon = _ => { };
        (await run.BackupAsync("one")).State.ShouldBe(BackupState.Proven);
    }

    [Fact]
    public async Task ADatabaseThatIsNotEmptyIsEmptiedFirst()
    {
        await run.BackupAsync("one", proof: false);
        await target.ExecuteAsync("CREATE TABLE people (other int); CREATE VIEW v AS SELECT 1; INSERT INTO people VALUES (1)");
        var found = await run.RestoreAsync("one", target);
        (found.IsEmpty, found.Holds).ShouldBe((false, "1 table and 1 view"));
        (await OneAsync(target, Digest)).ShouldBe(await OneAsync(database, Digest));
        await run.RestoreAsync("one", target);
        (await OneAsync(target, Digest)).ShouldBe(await OneAsync(database, Digest));
    }

    [Fact]
    public async Task ARestoreThatFailsLeavesItEmpty()
    {
        await database.ExecuteAsync("""
            CREATE FUNCTION helper(v int) RETURNS boolean LANGUAGE sql AS 'SELECT v > 0'; CREATE FUNCTION fits(v int) RETURNS boolean LANGUAGE sql AS 'SELECT helper(v)';
            CREATE TABLE checked (v int CHECK (fits(v))); INSERT INTO checked VALUES (1);
            """);
        await run.BackupAsync("one", proof: false);
        await target.ExecuteAsync($"DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''mine''', current_database()); END $$");
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => run.RestoreAsync("one", target));
        refusal.Message.ShouldContain("is empty, as it was");
        refusal.Code.ShouldBe(ExitCode.StoppedSafely);
        (await OneAsync(target, "SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = 'public' OR nspname LIKE 'Other%') || shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()")).ShouldBe("0mine");
        await target.ExecuteAsync("CREATE TABLE mine (id int)");
        refusal = await Should.ThrowAsync<SafeMigrateException>(() => run.RestoreAsync("one", target));
        refusal.Message.ShouldContain("is empty now");
        refusal.Code.ShouldBe(ExitCode.NeedsPerson);
    }

    [Fact]
    public async Task WhatAKilledRestoreLeftIsNobodys()
    {
        await run.BackupAsync("one", proof: false);
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync();
        var dead = ScratchOwner.New() with { Process = gone.Id };
        await target.ExecuteAsync($"CREATE TABLE half (id int); DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), '{dead}' || E'\\nmine'); END $$");
        var found = await run.RestoreAsync("one", target);
        found.IsEmpty.ShouldBeTrue();
        (await OneAsync(target, "SELECT shobj_description(oid, 'pg_database') || (SELECT count(*) FROM pg_class WHERE relname = 'half') FROM pg_database WHERE datname = current_database()")).ShouldBe("mine0");

        await target.ExecuteAsync($"DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), '{ScratchOwner.New()}'); END $$");
        (await Should.ThrowAsync<SafeMigrateException>(() => run.RestoreAsync("one", target))).Message.ShouldContain("is in use by process");
    }

    [Fact]
    public async Task AnOlderServerIsRefused()
    {
        run.Version = "99.1";
        await run.BackupAsync("one", proof: false);
        (await Should.ThrowAsync<SafeMigrateException>(() => run.RestoreAsync("one", target))).Message.ShouldContain("The backup is of PostgreSQL 99");
        (await OneAsync(target, "SELECT count(*)::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = 'public'")).ShouldBe("0");
    }

    [Fact]
    public async Task SomebodyWhoWritesIsSeen()
    {
        await run.BackupAsync("one", proof: false);
        run.Upon = news =>
        {
            if (news is TableRead { Table.Table: "Other \"Schema\".region" })
            {
                target.ExecuteAsync("DELETE FROM quick").GetAwaiter().GetResult();
            }
        };
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => run.RestoreAsync("one", target));
        refusal.Message.ShouldContain("public.quick has 0 rows and had 1");
        refusal.Code.ShouldBe(ExitCode.NeedsPerson);
    }

    private static async Task<string?> OneAsync(PostgresDatabase database, string sql) => (await database.QueryAsync(sql, [], 120, default)).Rows[0][0];
}
