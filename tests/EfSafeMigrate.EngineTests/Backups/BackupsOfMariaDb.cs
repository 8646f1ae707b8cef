using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>What mariadb-dump writes comes back, with routines and events; what it writes and what is digested are of one moment.</summary>
public sealed class BackupsOfMariaDb : IAsyncLifetime
{
    private static readonly string[] Statements =
    [
        "CREATE TABLE `__EFMigrationsHistory` (`MigrationId` varchar(150) PRIMARY KEY, `ProductVersion` varchar(32) NOT NULL)",
        "INSERT INTO `__EFMigrationsHistory` VALUES ('20260101000000_First', '10.0.0')",
        "CREATE TABLE region (code varchar(10), year int, PRIMARY KEY (code, year)) COMMENT 'it''s \"regions\"'",
        "INSERT INTO region VALUES ('a', 1), ('b', 2)",
        """
        CREATE TABLE `every ``kind``'s "table"` (id int AUTO_INCREMENT PRIMARY KEY, tiny tinyint unsigned, big bigint, exact decimal(38, 10), f float, d double, yes boolean, day date, t time(6), at datetime(6), stamp timestamp(3) NULL,
          y year, bits bit(9), fixed binary(4), bytes longblob, txt longtext COLLATE utf8mb4_bin, word varchar(20) CHARACTER SET latin1, kind enum('one', 'it''s'), several set('a', 'b'), doc json, place point,
          uid uuid, region_code varchar(10), region_year int, parent int, total int AS (tiny + 1) STORED, twice int AS (tiny * 2) VIRTUAL,
          CONSTRAINT word_is CHECK (word IN ('x', 'y', 'é', 'it''s')), KEY `by "word"` (word(3)), FULLTEXT KEY text_of (txt),
          FOREIGN KEY (region_code, region_year) REFERENCES region (code, year) ON DELETE SET NULL, FOREIGN KEY (parent) REFERENCES `every ``kind``'s "table"` (id)) AUTO_INCREMENT = 100
        """,
        """
        INSERT INTO `every ``kind``'s "table"` (tiny, big, exact, f, d, yes, day, t, at, stamp, y, bits, fixed, bytes, txt, word, kind, several, doc, place, uid, region_code, region_year, parent) VALUES
          (255, -9223372036854775808, 1234567890123456789012345678.0123456789, 0.1, 1e300, 1, '2026-02-03', '-838:59:59', '2026-02-03 04:05:06.789012', '2026-02-03 04:05:06.789', 2026, b'101010101', 'ab', x'00ff0d0a5c27',
           'tab\tline\r\nback\\slash \'quoted\' "double" \0 behind é 漢字 🦀', 'é', 'it''s', 'a,b', '{"a" :  1}', ST_GeomFromText('POINT(1.5 -2)'), 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a', 1, 100),
          (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
          (0, 0, 0, -0.0, 0, 0, '0001-01-01', 0, '0001-01-01', NULL, 1901, 0, '', '', '', NULL, 'one', '', '[]', NULL, NULL, NULL, NULL, 101)
        """,
        "CREATE TABLE large (id int PRIMARY KEY, body longtext, bytes longblob)",
        "INSERT INTO large SELECT seq, REPEAT(MD5(seq), 60000), UNHEX(REPEAT(MD5(seq * 7), 40000)) FROM seq_1_to_5",
        "CREATE TABLE no_key (a int, b text)",
        "INSERT INTO no_key VALUES (1, 'x'), (1, 'x'), (NULL, NULL), (NULL, '')",
        "CREATE TABLE orders (id int AUTO_INCREMENT PRIMARY KEY, total int NOT NULL, note varchar(40))",
        "INSERT INTO orders (total, note) SELECT seq % 100, CONCAT('note ', seq) FROM seq_1_to_20000",
        "DELETE FROM orders WHERE id > 19990",
        "CREATE TABLE parts (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (YEAR(day)) (PARTITION p1 VALUES LESS THAN (2026), PARTITION p2 VALUES LESS THAN MAXVALUE)",
        "INSERT INTO parts VALUES (1, '2025-05-05'), (1, '2027-05-05')",
        "CREATE TABLE logged (id int, note varchar(100))",
        "CREATE SEQUENCE numbers START WITH 1000 INCREMENT BY 10",
        "SELECT NEXT VALUE FOR numbers",
        "CREATE VIEW `quoted ``view```  AS SELECT id, word, 'DEFINER=`a`@`b`' AS said FROM `every ``kind``'s \"table\"` WHERE word IN ('x', 'it''s')",
        "CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW BEGIN IF NEW.note IS NULL THEN SET NEW.note = 'ENABLE; DEFINER=`a`@`b`'; END IF; END",
        "CREATE FUNCTION twice_of(a int) RETURNS int DETERMINISTIC COMMENT 'é' RETURN a * 2",
        "CREATE PROCEDURE say(IN what varchar(10), OUT back varchar(20)) BEGIN\r\n  -- two lines ;;\r\n  SET back = CONCAT(what, '!');\r\nEND",
        "CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR STARTS '2026-01-01 00:00:00' ON COMPLETION PRESERVE ENABLE COMMENT 'it''s' DO INSERT INTO logged VALUES (1, 'ON COMPLETION PRESERVE ENABLE')",
        "CREATE EVENT `quiet one` ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM logged",
    ];

    private const string Events = "SELECT GROUP_CONCAT(CONCAT(event_name, status) ORDER BY event_name) FROM information_schema.events WHERE event_schema = database()";

    private readonly MariaDbDatabase database = MariaDbDatabase.ForBackups();
    private readonly MariaDbDatabase target = MariaDbDatabase.ForBackups();
    private BackupRun run = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await target.InitializeAsync();
        foreach (var sql in Statements)
        {
            await database.ExecuteAsync(sql);
        }
        run = new(database) { Version = (await OneAsync(database, "SELECT version()"))! };
    }

    public async Task DisposeAsync()
    {
        run.Remove();
        await database.DisposeAsync();
        await target.DisposeAsync();
    }

    [Fact]
    public async Task EverythingComesBack()
    {
        List<string?> events = [];
        run.Upon = news =>
        {
            if (news is OfScratch { News: ScratchMade made })
            {
                events.Add(made.Where.Split('@')[0]);
            }
            if (news is Proved)
            {
                events.Add(OneAsync(database, $"SELECT GROUP_CONCAT(status) FROM information_schema.events WHERE event_schema = '{events[0]}'").GetAwaiter().GetResult());
            }
        };
        var manifest = await run.BackupAsync("one");
        manifest.Unproven.ShouldBeNull();
        manifest.State.ShouldBe(BackupState.Proven);
        events[1].ShouldBe("DISABLED,DISABLED", "nothing works by itself in a scratch database");
        (await OneAsync(database, $"SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '{events[0]}'")).ShouldBe("0");
        manifest.Tables.Single(table => table.Table == "orders").Rows.ShouldBe(19990);
        manifest.Program!.ShouldStartWith("mariadb-dump 1");

        await run.RestoreAsync("one", target);
        foreach (var ask in new[]
        {
            "SELECT MD5(GROUP_CONCAT(CONCAT_WS('|', id, tiny, big, exact, f, d, yes, day, t, at, stamp, y, HEX(bits), HEX(fixed), HEX(bytes), HEX(txt), word, kind, several, doc, ST_AsText(place), uid, region_code, parent, total, twice) ORDER BY id)) FROM `every ``kind``'s \"table\"`",
            "SELECT MD5(GROUP_CONCAT(MD5(body), MD5(bytes) ORDER BY id)) FROM large", "SELECT GROUP_CONCAT(a, '-', b) FROM no_key", "SELECT SUM(CRC32(CONCAT(id, total, note))) FROM orders", "SELECT COUNT(*) FROM parts PARTITION (p1)",
            "SELECT twice_of(21)", "SELECT NEXT VALUE FOR numbers", "SELECT GROUP_CONCAT(HEX(routine_definition) ORDER BY routine_name) FROM information_schema.routines WHERE routine_schema = database()", Events,
            "SELECT GROUP_CONCAT(said) FROM `quoted ``view```", "SELECT HEX(action_statement) FROM information_schema.triggers WHERE trigger_schema = database()", "SELECT HEX(event_definition) FROM information_schema.events WHERE event_schema = database() ORDER BY event_name LIMIT 1",
            "SELECT auto_increment FROM information_schema.tables WHERE table_schema = database() AND table_name = 'orders'",
        })
        {
            (await OneAsync(target, ask)).ShouldBe(await OneAsync(database, ask), ask);
        }
        (await OneAsync(target, Events)).ShouldBe("hourlyENABLED,quiet oneDISABLED");
        (await OneAsync(target, "SELECT COUNT(*) FROM information_schema.views WHERE table_schema = database() AND table_name LIKE '\\_\\_safe%'")).ShouldBe("0", "no mark is left");
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
                await database.ExecuteAsync("INSERT INTO orders (total, note) VALUES (1, 'late'); UPDATE orders SET total = total + 1 WHERE id = 1 + FLOOR(RAND() * 19000)");
                Interlocked.Increment(ref written);
            }
        })));
        for (var time = 0; time < (Sampled.Full ? 10 : 3); time++)
        {
            var before = written;
            (await run.BackupAsync($"busy{time}")).Unproven.ShouldBeNull();
            run.News.OfType<NotStill>().ShouldBeEmpty();
            written.ShouldBeGreaterThan(before, "nobody was kept from writing for long");
        }
        await stop.CancelAsync();
        await writing;
        await run.RestoreAsync("busy0", target);
    }

    [Fact]
    public async Task WhoMayNotHoldWritersIsTold()
    {
        // Who has not made a routine may not read it, and so not dump it.
        await database.ExecuteAsync("DROP FUNCTION twice_of; DROP PROCEDURE say");
        var user = $"u{Guid.NewGuid():N}"[..16];
        await database.ExecuteAsync($"""
            CREATE USER {user}@'%' IDENTIFIED BY 'pass;''"word'; GRANT ALL ON `{database.At.Database}`.* TO {user}@'%'; GRANT ALL ON `safe\_migrate\_scratch\_%`.* TO {user}@'%'
            """);
        var limited = new BackupRun(database, database.Connect(user, "'pass;''\"word'")) { Version = run.Version };
        try
        {
            var manifest = await limited.BackupAsync("one", proof: false);
            manifest.State.ShouldBe(BackupState.Taken);
            limited.News.OfType<NotStill>().ShouldHaveSingleItem().Why.ShouldContain("RELOAD");
            // What belongs to others is not his to make again: the proof leaves out whom it belonged to.
            var proven = await limited.BackupAsync("two");
            (proven.State, proven.Unproven).ShouldBe((BackupState.Proven, null));
        }
        finally
        {
            limited.Remove();
            await database.ExecuteAsync($"DROP USER {user}@'%'");
        }
    }

    [Fact]
    public async Task AChangedValueIsSeen()
    {
        var known = (await run.BackupAsync("one", proof: false)).Tables;
        foreach (var change in new[]
        {
            "UPDATE no_key SET b = '' WHERE b IS NULL", "UPDATE no_key SET b = 'X' WHERE b = 'x' LIMIT 1", "UPDATE `every ``kind``'s \"table\"` SET bytes = NULL WHERE bytes = ''",
            "UPDATE `every ``kind``'s \"table\"` SET txt = CONCAT(txt, ' ') WHERE id = 100", "UPDATE large SET bytes = CONCAT(bytes, x'00') WHERE id = 3",
        })
        {
            await database.ExecuteAsync(change);
            var now = (await run.BackupAsync($"after {Guid.NewGuid():N}", proof: false)).Tables;
            DatabaseContents.Difference(known, now).ShouldNotBeNull(change);
            known = now;
        }
    }

    [Fact]
    public async Task ADatabaseThatIsNotEmptyIsEmptiedFirst()
    {
        await run.BackupAsync("one", proof: false);
        var found = await run.RestoreAsync("one", target);
        found.IsEmpty.ShouldBeTrue();
        found = await run.RestoreAsync("one", target);
        (found.IsEmpty, found.Holds).ShouldBe((false, "8 tables, 2 events, 1 function, 1 procedure, 1 sequence and 1 view"));
        (await OneAsync(target, Events)).ShouldBe("hourlyENABLED,quiet oneDISABLED");
    }

    [Fact]
    public async Task NothingIsLeftWhereverItStops()
    {
        foreach (var stage in new[] { typeof(TableRead), typeof(Dumped), typeof(OfScratch), typeof(Proved) })
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
        // Nobody is held.
        await database.ExecuteAsync("INSERT INTO logged VALUES (1, 'a')");
    }

    private static async Task<string?> OneAsync(MariaDbDatabase database, string sql) => (await database.QueryAsync(sql, [], 120, default)).Rows[0][0];
}
