using EfSafeMigrate.EndToEndTests;
using EfSafeMigrate.EndToEndTests.Wraps;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>A disk that was large enough and is full in the middle: one sentence, nothing that looks like a backup, and the next run works.</summary>
public abstract class DisksFillUp(TestDatabase database) : IAsyncLifetime
{
    private const int Enough = 98304;
    private const int Left = 1 << 20;

    private readonly string place = Path.Combine(Path.GetTempPath(), $"safe-migrate-disk-{Guid.NewGuid():N}");

    private protected SmallDisk Disk { get; private set; } = null!;

    private protected abstract IReadOnlyList<string> Rows { get; }

    private protected virtual string Version => "3";

    /// <returns>Leads to an empty database whose files are on the disk.</returns>
    private protected abstract Task<string> EmptyOnDiskAsync();

    private protected virtual Task RemoveEmptyAsync() => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        foreach (var sql in Rows)
        {
            await database.ExecuteAsync(sql);
        }
    }

    public Task DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task InTheDumpAndBehindTheProof()
    {
        Disk = await SmallDisk.MountAsync(place, kilobytes: 512);
        try
        {
            var run = new BackupRun(database) { Folder = Directory.CreateDirectory(Path.Combine(place, "backups")).FullName, Version = Version };
            await FullAsync(run);

            await Disk.GrowAsync(Enough);
            run.Upon = news =>
            {
                if (news is Proved)
                {
                    Fill();
                }
            };
            await FullAsync(run);

            run.Upon = _ => { };
            File.Delete(Path.Combine(place, "others"));
            var manifest = await run.BackupAsync("one");
            (manifest.State, manifest.Unproven).ShouldBe((BackupState.Proven, null));
            manifest.Tables.Single(table => table.Table.Contains("orders", StringComparison.Ordinal)).Rows.ShouldBe(40000);
        }
        finally
        {
            await Disk.DisposeAsync();
            Directory.Delete(place);
        }
    }

    [Fact]
    public async Task InTheProof()
    {
        Disk = await SmallDisk.MountAsync(place, Enough);
        var run = new BackupRun(database) { Version = Version };
        try
        {
            var scratch = await EmptyOnDiskAsync();
            Fill(Left);

            var manifest = await run.BackupAsync("one", scratch: scratch);

            manifest.State.ShouldBe(BackupState.Taken);
            manifest.Unproven!.ShouldStartWith("the disk on which it was brought back is full: ");
            run.Original.Open.ShouldBeEmpty();
            // It is whole all the same.
            await BackupFiles.CheckAsync(run.At("one"), BackupManifest.Read(run.At("one")), default);
            File.Delete(Path.Combine(place, "others"));
            var again = await run.BackupAsync("two", scratch: scratch);
            (again.State, again.Unproven).ShouldBe((BackupState.Proven, null));
            again.Tables.ShouldBe(manifest.Tables);
        }
        finally
        {
            await RemoveEmptyAsync();
            run.Remove();
            await Disk.DisposeAsync();
            Directory.Delete(place);
        }
    }

    private static async Task FullAsync(BackupRun run)
    {
        var failed = await Should.ThrowAsync<SafeMigrateException>(() => run.BackupAsync("one", free: _ => null));

        (failed.Code, failed.Message).ShouldBe((ExitCode.StoppedSafely, $"The disk of `{run.Folder}` is full: the backup was not written to its end, and what there was of it is gone. Nothing was changed."), failed.Detail);
        failed.Next.ShouldStartWith("name a folder with more room, or free some");
        Directory.GetFileSystemEntries(run.Folder).ShouldBeEmpty();
        run.Original.Open.ShouldBeEmpty();
    }

    /// <summary>Others take the room.</summary>
    /// <param name="left">All but so many bytes.</param>
    private void Fill(int left = 0)
    {
        using var file = new FileStream(Path.Combine(place, "others"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var block = new byte[4096]; ;)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            file.SetLength(file.Length - left);
        }
    }

    /// <summary>Gives a folder to whom the server's own belongs.</summary>
    private protected static async Task GiveAsync(string path, string like) => (await Shell.RunAsync("/", "chown", ["-R", $"--reference={like}", path])).Code.ShouldBe(0);
}

public sealed class DisksFillUpOnPostgres : DisksFillUp
{
    private readonly PostgresDatabase database;
    private readonly string name = $"small_{Guid.NewGuid():N}";

    public DisksFillUpOnPostgres()
        : this(new())
    {
    }

    private DisksFillUpOnPostgres(PostgresDatabase database)
        : base(database) => this.database = database;

    private protected override IReadOnlyList<string> Rows =>
    [
        """CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL)""",
        "CREATE TABLE orders (id int PRIMARY KEY, note text)",
        "INSERT INTO orders SELECT i, md5(i::text) || md5((i * 7)::text) || md5((i * 11)::text) FROM generate_series(1, 40000) i",
    ];

    private protected override async Task<string> EmptyOnDiskAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Disk.Path, "space")).FullName;
        await GiveAsync(folder, (await database.QueryAsync("SHOW data_directory", [], 30, default)).Rows[0][0]!);
        await database.ExecuteAsync($"CREATE TABLESPACE {name} LOCATION '{folder}'");
        await database.ExecuteAsync($"CREATE DATABASE {name} TABLESPACE {name}");
        // What the server has made and not written yet would find no room, and then nobody here could drop a database.
        await database.ExecuteAsync("CHECKPOINT");
        return new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionText) { Database = name }.ConnectionString;
    }

    private protected override async Task RemoveEmptyAsync()
    {
        await database.ExecuteAsync($"DROP DATABASE IF EXISTS {name}");
        await database.ExecuteAsync($"DROP TABLESPACE IF EXISTS {name}");
    }
}

public sealed class DisksFillUpOnMariaDb : DisksFillUp
{
    private readonly MariaDbDatabase database;
    private readonly string name = $"small_{Guid.NewGuid():N}";

    public DisksFillUpOnMariaDb()
        : this(MariaDbDatabase.ForBackups())
    {
    }

    private DisksFillUpOnMariaDb(MariaDbDatabase database)
        : base(database) => this.database = database;

    private protected override string Version => "10.11";

    private protected override IReadOnlyList<string> Rows =>
    [
        "CREATE TABLE `__EFMigrationsHistory` (`MigrationId` varchar(150) PRIMARY KEY, `ProductVersion` varchar(32) NOT NULL)",
        "CREATE TABLE orders (id int PRIMARY KEY, note text)",
        "INSERT INTO orders SELECT seq, CONCAT(MD5(seq), MD5(seq * 7), MD5(seq * 11)) FROM seq_1_to_40000",
    ];

    /// <summary>The server follows a link from the folder of its databases.</summary>
    private protected override async Task<string> EmptyOnDiskAsync()
    {
        await database.ExecuteAsync($"CREATE DATABASE {name}");
        var own = Path.Combine((await database.QueryAsync("SELECT @@datadir", [], 30, default)).Rows[0][0]!, name);
        var folder = Path.Combine(Disk.Path, name);
        (await Shell.RunAsync("/", "sh", ["-c", $"cp -a '{own}' '{folder}' && rm -r '{own}' && ln -s '{folder}' '{own}' && chown -h --reference='{folder}' '{own}'"])).Error.ShouldBeEmpty();
        return database.ConnectionText.Replace(database.At.Database, name, StringComparison.Ordinal);
    }

    private protected override Task RemoveEmptyAsync() => database.ExecuteAsync($"DROP DATABASE IF EXISTS {name}");
}

public sealed class DisksFillUpOnSqlite() : DisksFillUp(new SqliteDatabase())
{
    private protected override IReadOnlyList<string> Rows =>
    [
        "CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" TEXT NOT NULL PRIMARY KEY, \"ProductVersion\" TEXT NOT NULL)",
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, note BLOB)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) INSERT INTO orders SELECT i, randomblob(60) FROM n",
    ];

    private protected override Task<string> EmptyOnDiskAsync() => Task.FromResult($"Data Source={Path.Combine(Disk.Path, "small.db")}");
}
