using System.Diagnostics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>A dump fills a scratch database, and reaches nothing else.</summary>
public sealed class DumpsAreRestored : IAsyncLifetime
{
    private readonly PostgresDatabase database = new();
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-dumps-").FullName;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync("""CREATE TABLE items (id int PRIMARY KEY, "a ""name" text); INSERT INTO items SELECT i, '\N\connect' || i FROM generate_series(1, 100) i""");
    }

    public async Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("custom")]
    [InlineData("tar")]
    [InlineData("directory")]
    public async Task OfEveryFormat(string format)
    {
        var dump = await DumpAsync(format);
        var original = new Originals(database);
        await using var scratch = await original.OpenAsync(ScratchPlace.Auto, new Dump(dump));
        await using var link = await original.ConnectAsync(scratch.ConnectionString);
        original.News.OfType<ScratchNote>().ShouldBeEmpty();
        (await link.OneAsync(new Ask("SELECT count(*)::text FROM items"), default)).ShouldBe("100");
    }

    [Fact]
    public async Task OneThatConnectsToItsDatabaseIsRefused()
    {
        var dump = await DumpAsync("plain", "--create");
        await database.ExecuteAsync("DELETE FROM items WHERE id > 1");
        var original = new Originals(database);
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(ScratchPlace.Auto, new Dump(dump)));
        refusal.Message.ShouldContain("\\connect");
        (await database.QueryAsync("SELECT count(*)::text FROM items", [], 60, default)).Rows[0][0].ShouldBe("1");
    }

    [Fact]
    public async Task OneWithoutATableIsRefused()
    {
        var dump = Path.Combine(folder, "empty.sql");
        await File.WriteAllTextAsync(dump, "SELECT 1; SELEC 2;");
        var original = new Originals(database);
        (await Should.ThrowAsync<SafeMigrateException>(() => original.OpenAsync(ScratchPlace.Auto, new Dump(dump)))).Message.ShouldContain("brings no table");
        original.News.OfType<ScratchNote>().ShouldHaveSingleItem().Sentence.ShouldContain("syntax error");
    }

    private async Task<string> DumpAsync(string format, params string[] more)
    {
        var file = Path.Combine(folder, format);
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionText);
        var programs = await Programs.FindAsync(database.Engine.Scratch!.Server!.Tools!, 12, default);
        var start = new ProcessStartInfo(Path.Combine(programs!.Folder, "pg_dump"), ["--format", format, "--file", file, .. more]);
        (start.Environment["PGHOST"], start.Environment["PGPORT"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"], start.Environment["PGDATABASE"]) = (at.Host, $"{at.Port}", at.Username, at.Password, at.Database);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return file;
    }
}
