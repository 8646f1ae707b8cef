using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;
using Microsoft.Data.Sqlite;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>A scratch database of SQLite is a file that nobody else can read, and is gone afterwards.</summary>
public sealed class ScratchesOnSqlite : IAsyncLifetime
{
    private const string Sql = """"
        CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
        INSERT INTO "__EFMigrationsHistory" VALUES ('20260101000000_First', '10.0.0');
        CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT);
        INSERT INTO "__EFMigrationsLock" VALUES (1, 'x');
        CREATE TABLE "__safe_migrate_journal" ("number" INTEGER PRIMARY KEY, "written" TEXT, "run" TEXT, "kind" TEXT, "entry" TEXT, "hash" TEXT);
        INSERT INTO "__safe_migrate_journal" VALUES (1, 'w', 'r', 'k', 'e', 'h');
        CREATE TRIGGER "__safe_migrate_journal_update" BEFORE UPDATE ON "__safe_migrate_journal" BEGIN SELECT RAISE(ABORT, 'The journal is only added to.'); END;
        CREATE TABLE region (code TEXT, year INTEGER, PRIMARY KEY (code, year)) WITHOUT ROWID;
        CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "ma""nager" INTEGER REFERENCES people, favourite INTEGER REFERENCES "it's a thing", region_code TEXT, region_year INTEGER,
            picture BLOB, anything, long_name TEXT GENERATED ALWAYS AS (name || '!') STORED, FOREIGN KEY (region_code, region_year) REFERENCES region (code, year));
        CREATE TABLE "it's a thing" (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES people (id));
        CREATE INDEX by_name ON people (name);
        CREATE TRIGGER shout AFTER INSERT ON people BEGIN UPDATE people SET name = upper(name) WHERE id = NEW.id; END;
        CREATE VIEW names AS SELECT name FROM people;
        PRAGMA user_version = 7;
        PRAGMA foreign_keys = OFF;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO region SELECT 'r' || i, 2000 + i % 3 FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO people (id, name, "ma""nager", favourite, region_code, region_year, picture, anything)
            SELECT i, 'p' || i, CASE WHEN i % 5 THEN (i * 7) % 2000 + 1 END, CASE WHEN i % 3 = 0 THEN (i * 11) % 1500 + 1 END, 'r' || (1 + i % 60), 2000 + (1 + i % 60) % 3, x'00ff00', CASE i % 4 WHEN 0 THEN i WHEN 1 THEN 'text' WHEN 2 THEN 1.5 ELSE x'01' END FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) INSERT INTO "it's a thing" SELECT i, (i * 13) % 2000 + 1 FROM n;
        """";

    private readonly SqliteDatabase database = new();
    private Originals original = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync(Sql);
        original = new(database);
    }

    public async Task DisposeAsync()
    {
        (await database.QueryAsync("SELECT count(*) || max(name) FROM people", [], 60, default)).Rows[0][0].ShouldBe("2000P999", "the source is as it was");
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(100)]
    public async Task ASampleKeepsEveryForeignKeyWhole(double percent)
    {
        string where;
        await using (var scratch = await original.OpenAsync(ScratchPlace.Auto, percent > 0 ? new Sample(percent) : new NoRows()))
        {
            where = Path.GetDirectoryName(scratch.Where)!;
            File.GetUnixFileMode(where).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await using var link = await original.ConnectAsync(scratch.ConnectionString);
            (await link.AskAsync(new Ask("SELECT * FROM pragma_foreign_key_check"), default)).ShouldBeEmpty();
            const string Schema = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%safe_migrate%' ORDER BY 1, 2";
            (await link.AskAsync(new Ask(Schema), default)).Select(row => string.Join('|', row)).ShouldBe((await database.QueryAsync(Schema, [], 60, default)).Rows.Select(row => string.Join('|', row)));
            const string People = "SELECT id || name || coalesce(\"ma\"\"nager\", '') || hex(picture) || typeof(anything) || hex(anything) || long_name FROM people";
            var ours = (await link.AskAsync(new Ask(People), default)).Select(row => row[0]).ToArray();
            ours.ShouldBeSubsetOf((await database.QueryAsync(People, [], 60, default)).Rows.Select(row => row[0]));
            (percent switch { 0 => ours.Length == 0, 100 => ours.Length == 2000, _ => ours.Length is > 0 and < 2000 }).ShouldBeTrue($"{ours.Length} rows");
            (await link.OneAsync(new Ask("SELECT (SELECT count(*) FROM \"__EFMigrationsHistory\") || (SELECT count(*) FROM \"__EFMigrationsLock\") || (SELECT count(*) FROM \"__safe_migrate_journal\") || (SELECT user_version FROM pragma_user_version)"), default)).ShouldBe("1007");
            await link.RunAsync(["INSERT INTO people (name) VALUES ('new')"], default);
            (await link.OneAsync(new Ask("SELECT name FROM people ORDER BY id DESC LIMIT 1"), default)).ShouldBe("NEW");
        }
        Directory.Exists(where).ShouldBeFalse();
    }

    [Fact]
    public async Task OnlyWhatADeadRunLeftIsRemoved()
    {
        var dead = ScratchFolder.Make(ScratchOwner.New() with { Process = ScratchesOnPostgres.Dead() });
        var living = ScratchFolder.Make(ScratchOwner.New());
        var open = ScratchFolder.Make(ScratchOwner.New() with { Process = ScratchesOnPostgres.Dead() });
        File.SetUnixFileMode(open.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        var unsigned = Directory.CreateTempSubdirectory($"safe-migrate-scratch-{ScratchesOnPostgres.Dead()}-").FullName;
        var somebodys = Directory.CreateTempSubdirectory($"safe-migrate-scratch-{ScratchesOnPostgres.Dead()}-").FullName;
        await File.WriteAllTextAsync(Path.Combine(somebodys, "thesis"), "");

        await (await original.OpenAsync(ScratchPlace.Auto, new NoRows())).DisposeAsync();

        string[] all = [dead.Path, living.Path, open.Path, unsigned, somebodys];
        var left = all.Where(Directory.Exists).ToArray();
        foreach (var path in left)
        {
            Directory.Delete(path, recursive: true);
        }
        left.ShouldBe([living.Path, open.Path, somebodys]);
    }

    [Fact]
    public async Task ANamedFileIsEmptiedAndStays()
    {
        var file = $"{new SqliteConnectionStringBuilder(database.ConnectionString).DataSource}.named";
        for (var time = 0; time < 2; time++)
        {
            await using (var scratch = await original.OpenAsync(new ScratchChoice(ScratchPlace.Named, new Sample(5)) { Connection = $"Data Source={file}" }))
            {
                await using var link = await original.ConnectAsync(scratch.ConnectionString);
                (await link.AskAsync(database.Engine.Scratch!.Tables, default)).Count.ShouldBeGreaterThan(4);
            }
            await using var after = await original.ConnectAsync($"Data Source={file};Pooling=False");
            (await after.AskAsync(database.Engine.Scratch!.Tables, default)).ShouldBeEmpty();
            (await after.OneAsync(database.Engine.Scratch!.Mark, default)).ShouldBeNull();
        }
        var itself = await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(new ScratchChoice(ScratchPlace.Named, new NoRows()) { Connection = database.ConnectionString }));
        itself.Message.ShouldContain("is the database itself");
    }

    [Fact]
    public async Task AFileIsItsDump()
    {
        await using var scratch = await original.OpenAsync(ScratchPlace.Auto, new Dump(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource));
        await using var link = await original.ConnectAsync(scratch.ConnectionString);
        (await link.OneAsync(new Ask("SELECT count(*) FROM people"), default)).ShouldBe("2000");
    }
}
