using EfSafeMigrate.EngineTests.Scratches;
using EfSafeMigrate.Updates.Backups;

namespace EfSafeMigrate.EngineTests.Backups;

/// <summary>Whatever is not as it was written is refused, in one sentence, before anything is touched.</summary>
public sealed class DamagedBackups : IAsyncLifetime
{
    private readonly PostgresDatabase database = new();
    private BackupRun run = null!;

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync(PostgresGraph.Sql);
        run = new(database);
        await run.BackupAsync("whole", proof: false);
    }

    public async Task DisposeAsync()
    {
        run.Remove();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task EveryFileIsLookedAt()
    {
        var files = Directory.GetFiles(run.At("whole"), "*", SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThan(8);
        await CheckAsync();
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var at in new[] { 0, bytes.Length / 2, bytes.Length - 1 })
            {
                byte[] other = [.. bytes];
                other[at] ^= 1;
                await RefusedAsync(file, other, $"a bit of byte {at}");
            }
            await RefusedAsync(file, bytes[..^1], "cut short");
            await RefusedAsync(file, [], "empty");
            await RefusedAsync(file, [.. bytes, 0], "longer");
            File.Delete(file);
            (await RefusalAsync()).ShouldNotBeNull($"{file} is missing");
            await File.WriteAllBytesAsync(file, bytes);
        }
        await CheckAsync();
    }

    [Theory]
    [InlineData("""{"format": 2}""", "was written by a newer version")]
    [InlineData("""{}""", "cannot be read")]
    [InlineData("""[]""", "cannot be read")]
    [InlineData("null", "is not as it was written")]
    [InlineData("", "cannot be read")]
    public async Task AnotherManifestIsRefused(string text, string says)
    {
        await File.WriteAllTextAsync(run.At("whole/manifest.json"), text);
        (await RefusalAsync())!.ShouldContain(says);
    }

    [Fact]
    public async Task TheManifestOfAnotherBackupIsRefused()
    {
        await database.ExecuteAsync("DELETE FROM events");
        await run.BackupAsync("other", proof: false);
        File.Copy(run.At("other/manifest.json"), run.At("whole/manifest.json"), overwrite: true);
        (await RefusalAsync())!.ShouldNotBeNull();
    }

    [Fact]
    public async Task AFileTooManyIsRefused()
    {
        await File.WriteAllTextAsync(run.At("whole/dump/9999.dat"), "");
        (await RefusalAsync())!.ShouldContain("9999.dat, which its manifest does not know");
    }

    [Fact]
    public async Task NoBackupIsNone()
    {
        (await Should.ThrowAsync<SafeMigrateException>(() => Task.Run(() => BackupManifest.Read(run.At("nothing"))))).Message.ShouldContain("There is no folder");
        Directory.CreateDirectory(run.At("empty"));
        (await Should.ThrowAsync<SafeMigrateException>(() => Task.Run(() => BackupManifest.Read(run.At("empty"))))).Message.ShouldContain("it is no backup");
    }

    private async Task RefusedAsync(string file, byte[] bytes, string how)
    {
        var before = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes);
        (await RefusalAsync()).ShouldNotBeNull($"{file}: {how}");
        await File.WriteAllBytesAsync(file, before);
    }

    /// <returns>Null when it is taken for whole.</returns>
    private async Task<string?> RefusalAsync()
    {
        try
        {
            await CheckAsync();
            return null;
        }
        catch (SafeMigrateException exception)
        {
            exception.Code.ShouldBe(ExitCode.StoppedSafely);
            exception.Message.ShouldEndWith("Nothing was changed.");
            exception.Message.Split('\n').Length.ShouldBe(1);
            return exception.Message;
        }
    }

    private async Task CheckAsync() => await BackupFiles.CheckAsync(run.At("whole"), BackupManifest.Read(run.At("whole")), default);
}
