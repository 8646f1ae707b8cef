using System.Diagnostics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>A scratch database is like its source, and gone afterwards; the source is as it was.</summary>
public sealed class ScratchesOnPostgres : IAsyncLifetime
{
    private readonly PostgresDatabase database = new();
    private Originals original = null!;
    private string? before;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync(PostgresGraph.Sql);
        original = new(database);
        before = await OneAsync(PostgresGraph.Digest);
    }

    public async Task DisposeAsync()
    {
        (await OneAsync(PostgresGraph.Digest)).ShouldBe(before, "the source is as it was");
        await database.DisposeAsync();
    }

    [Fact]
    public async Task TheSchemaIsTheSources()
    {
        await using var scratch = await original.OpenAsync(ScratchPlace.Auto, new NoRows());
        await using var link = await original.ConnectAsync(scratch.ConnectionString);

        original.News.OfType<ScratchNote>().ShouldBeEmpty();
        const string Schema = """
            SELECT string_agg(line, E'\n' ORDER BY line) FROM (
              SELECT table_schema || table_name || column_name || data_type || coalesce(column_default, '') AS line FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
              UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) || convalidated FROM pg_constraint WHERE conrelid <> 0 AND conrelid::regclass::text NOT LIKE 'safe_migrate.%'
              UNION ALL SELECT tgrelid::regclass || tgname || tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE 'safe_migrate.%'
              UNION ALL SELECT tablename || rulename || definition FROM pg_rules
              UNION ALL SELECT extname FROM pg_extension
              UNION ALL SELECT indexdef FROM pg_indexes) lines WHERE line NOT LIKE '%safe_migrate%'
            """;
        (await link.OneAsync(new Ask(Schema), default)).ShouldBe(await OneAsync(Schema));
        (await link.OneAsync(new Ask("SELECT string_agg(h::text, ';' ORDER BY 1) FROM \"__EFMigrationsHistory\" h"), default)).ShouldBe("(20260101000000_First,10.0.0);(20260102000000_Second,10.0.0)");
        (await link.OneAsync(new Ask("SELECT count(*)::text FROM safe_migrate.journal"), default)).ShouldBe("0");
        (await link.OneAsync(new Ask("SELECT count(*)::text FROM people"), default)).ShouldBe("0");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(20)]
    [InlineData(100)]
    public async Task ASampleKeepsEveryForeignKeyWhole(double percent)
    {
        await using var scratch = await original.OpenAsync(ScratchPlace.Server, new Sample(percent));
        await using var link = await original.ConnectAsync(scratch.ConnectionString);

        original.News.OfType<ScratchNote>().ShouldBeEmpty();
        foreach (var (child, parent) in new[]
        {
            ("people c WHERE \"ma\"\"nager\" IS NOT NULL", "people p WHERE p.id = c.\"ma\"\"nager\""),
            ("people c WHERE favourite IS NOT NULL", "a_table_whose_name_is_as_long_as_names_can_be_in_this_database_ p WHERE p.\"a \"\"column\"\" whose name is as long as names can be in this one__\" = c.favourite"),
            ("people c WHERE region_code IS NOT NULL", "\"Other \"\"Schema\"\"\".region p WHERE (p.code, p.year) = (c.region_code, c.region_year)"),
            ("a_table_whose_name_is_as_long_as_names_can_be_in_this_database_ c WHERE true", "people p WHERE p.id = c.owner"),
            ("events c WHERE person IS NOT NULL", "people p WHERE p.id = c.person"),
        })
        {
            (await link.OneAsync(new Ask($"SELECT count(*)::text FROM {child} AND NOT EXISTS (SELECT FROM {parent})"), default)).ShouldBe("0", child);
        }
        (await link.OneAsync(new Ask("SELECT string_agg(conname, ',') FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"), default)).ShouldBe("loose");
        (await link.OneAsync(new Ask("SELECT string_agg(tgname || tgenabled::text, ',' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'people'::regclass"), default)).ShouldBe("shoutO,silentD");

        // As they are in the source, whatever a trigger makes of new ones; and not all of them.
        const string People = "SELECT md5(p::text) FROM people p ORDER BY 1";
        var theirs = (await database.QueryAsync(People, [], 60, default)).Rows.Select(row => row[0]).ToHashSet();
        var ours = (await link.AskAsync(new Ask(People), default)).Select(row => row[0]).ToArray();
        ours.ShouldBeSubsetOf(theirs);
        (ours.Length, ours.Length < 2000 || percent >= 20).ShouldBe((percent >= 100 ? 2000 : ours.Length, true));
        (await link.OneAsync(new Ask("SELECT count(*)::text FROM orphans"), default)).ShouldBe(percent >= 100 ? "100" : await link.OneAsync(new Ask("SELECT count(*)::text FROM orphans"), default));
        (await link.OneAsync(new Ask("SELECT count(*)::text FROM safe_migrate.journal"), default)).ShouldBe("0");

        // The next row gets a number that no row of the source has.
        await link.RunAsync(["INSERT INTO people (name) VALUES ('new')"], default);
        (await link.OneAsync(new Ask("SELECT max(id)::text || name FROM people WHERE name = 'NEW' GROUP BY name"), default)).ShouldBe("2001NEW");
    }

    [Fact]
    public async Task RowsThatAreGoneMeanwhileTakeTheirChildrenWithThem()
    {
        // As a parent that was deleted between two reads: it is not in the source, and its child is.
        await database.ExecuteAsync("""
            CREATE TABLE parents (id int PRIMARY KEY); CREATE TABLE children (id int PRIMARY KEY, parent int); CREATE TABLE grandchildren (id int PRIMARY KEY, child int REFERENCES children);
            INSERT INTO parents SELECT generate_series(1, 10); INSERT INTO children SELECT i, i FROM generate_series(1, 20) i; INSERT INTO grandchildren SELECT i, i FROM generate_series(1, 20) i;
            ALTER TABLE children ADD CONSTRAINT gone FOREIGN KEY (parent) REFERENCES parents NOT VALID;
            UPDATE pg_constraint SET convalidated = true WHERE conname = 'gone';
            """);
        before = await OneAsync(PostgresGraph.Digest);
        await using var scratch = await original.OpenAsync(ScratchPlace.Server, new Sample(100));
        await using var link = await original.ConnectAsync(scratch.ConnectionString);

        (await link.OneAsync(new Ask("SELECT (SELECT count(*) FROM parents) || ' ' || (SELECT count(*) FROM children) || ' ' || (SELECT count(*) FROM grandchildren)"), default)).ShouldBe("10 10 10");
    }

    [Fact]
    public async Task NothingIsLeftWhereverItStops()
    {
        var folders = Folders();
        List<string> seen = [];
        foreach (var stage in new[] { typeof(ScratchMade), typeof(SchemaIsIn), typeof(TableFilled), typeof(ScratchFilled) })
        {
            original.Upon = news =>
            {
                if (news is ScratchMade made)
                {
                    seen.Add(made.Where.Split('@')[0]);
                }
                if (news.GetType() == stage)
                {
                    throw new OperationCanceledException();
                }
            };
            await Should.ThrowAsync<OperationCanceledException>(() => original.OpenAsync(ScratchPlace.Auto, new Sample(5)));
        }
        original.Upon = _ => { };
        await using (var scratch = await original.OpenAsync(ScratchPlace.Auto, new NoRows()))
        {
            seen.Add(scratch.Where.Split('@')[0]);
            // Somebody is in it still.
            await original.ConnectAsync(scratch.ConnectionString);
        }

        seen.Count.ShouldBe(5);
        foreach (var name in seen)
        {
            (await OneAsync($"SELECT count(*)::text FROM pg_database WHERE datname = '{name}'")).ShouldBe("0", name);
        }
        // Those of other tests go; one of its own would stay as long as this process.
        for (var attempt = 0; attempt < 600 && Folders().Except(folders).Any(); attempt++)
        {
            await Task.Delay(100);
        }
        Folders().Except(folders).ShouldBeEmpty();
    }

    [Fact]
    public async Task OnlyWhatADeadRunLeftIsDropped()
    {
        var mine = ScratchOwner.New();
        var dead = mine with { Run = Guid.NewGuid().ToString("N")[..12], Process = Dead() };
        var reused = mine with { Run = Guid.NewGuid().ToString("N")[..12], Begun = mine.Begun.AddHours(-1) };
        var elsewhere = dead with { Run = Guid.NewGuid().ToString("N")[..12], Host = "another", Begun = DateTimeOffset.UtcNow.AddHours(-1) };
        var forgotten = elsewhere with { Run = Guid.NewGuid().ToString("N")[..12], Begun = DateTimeOffset.UtcNow.AddDays(-2) };
        var unmarked = dead with { Run = Guid.NewGuid().ToString("N")[..12] };
        var full = dead with { Run = Guid.NewGuid().ToString("N")[..12] };
        var foreign = $"safe_migrate_scratch_of_{Guid.NewGuid():N}";
        foreach (var owner in new[] { mine, dead, reused, elsewhere, forgotten })
        {
            await database.ExecuteAsync($"CREATE DATABASE {owner.Name}");
            await database.ExecuteAsync($"COMMENT ON DATABASE {owner.Name} IS '{owner}'");
        }
        foreach (var name in new[] { unmarked.Name, full.Name, foreign })
        {
            await database.ExecuteAsync($"CREATE DATABASE {name}");
        }
        await using (var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionText) { Database = full.Name, Pooling = false }.ConnectionString))
        {
            await other.OpenAsync();
            await using var command = new NpgsqlCommand("CREATE TABLE somebodys (id int)", other);
            await command.ExecuteNonQueryAsync();
        }
        await (await original.OpenAsync(ScratchPlace.Server, new NoRows())).DisposeAsync();

        string[] all = [mine.Name, dead.Name, reused.Name, elsewhere.Name, forgotten.Name, unmarked.Name, full.Name, foreign];
        var left = (await database.QueryAsync($"SELECT datname FROM pg_database WHERE datname IN ({string.Join(", ", all.Select(name => $"'{name}'"))})", [], 60, default)).Rows.Select(row => row[0]!).ToArray();
        left.ShouldBe([mine.Name, elsewhere.Name, full.Name, foreign], ignoreOrder: true);
        // Another test's run may have been quicker, and another test may have left something as well.
        original.News.OfType<LeftoverGone>().Select(news => news.What).Intersect(left.Select(name => $"database {name}")).ShouldBeEmpty();
        foreach (var name in left)
        {
            // Another test's run may look whether it is empty.
            await database.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    [Fact]
    public async Task WhoMayNotCreateDatabasesHasAPrivateServer()
    {
        await using var server = await Roles.MakeAsync(database, original, "NOCREATEDB");
        var folders = Folders();
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => server.Original.OpenAsync(ScratchPlace.Server, new NoRows()));
        refusal.Message.ShouldContain("has no CREATEDB");

        string where;
        await using (var scratch = await server.Original.OpenAsync(ScratchPlace.Auto, new Sample(10)))
        {
            where = new NpgsqlConnectionStringBuilder(scratch.ConnectionString).Host!;
            Folders().Except(folders).ShouldContain(where);
            File.GetUnixFileMode(where).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.GetFiles(where).Select(Path.GetFileName).Where(name => !name!.StartsWith(".s.", StringComparison.Ordinal)).ShouldBe(["owner"], "no password is in a file");
            await using var link = await server.Original.ConnectAsync(scratch.ConnectionString);
            (await link.OneAsync(new Ask("SELECT (count(*) > 100)::text FROM people"), default)).ShouldBe("true");
        }
        server.Original.News.OfType<ScratchNote>().ShouldBeEmpty();
        Directory.Exists(where).ShouldBeFalse();
        Running(where).ShouldBe(0);
    }

    [Fact]
    public async Task WhoMayNotReadEveryTableHasWhatTheMigrationsMake()
    {
        await using var limited = await Roles.MakeAsync(database, original, "CREATEDB", mayRead: false, "CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" text PRIMARY KEY)", "CREATE TABLE unread (id int PRIMARY KEY)");
        await using var scratch = await limited.Original.OpenAsync(ScratchPlace.Auto, new Sample(10));
        await using var link = await limited.Original.ConnectAsync(scratch.ConnectionString);

        string[] notes = [.. limited.Original.News.OfType<ScratchNote>().Select(note => note.Sentence)];
        notes[0].ShouldStartWith("pg_dump refuses: ");
        notes[0].ShouldContain("the applied migrations make the schema");
        notes[1].ShouldStartWith("No migration makes ");
        notes.ShouldContain("public.unread stays empty: permission denied for table unread");
        limited.Original.News.OfType<SchemaIsIn>().ShouldHaveSingleItem().ShouldBe(new SchemaIsIn(2, Copied: false));
        (await link.OneAsync(new Ask("SELECT count(*)::text FROM unread"), default)).ShouldBe("0");
    }

    private async Task<string?> OneAsync(string sql) => (await database.QueryAsync(sql, [], 60, default)).Rows[0][0];

    /// <summary>Only this process's: other tests run the tool meanwhile.</summary>
    private static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), $"safe-migrate-scratch-{Environment.ProcessId}-*");

    /// <summary>Processes with this folder in their command line.</summary>
    private static int Running(string folder) => Process.GetProcesses().Count(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    /// <summary>The number of a process that has ended.</summary>
    internal static int Dead()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }
}
