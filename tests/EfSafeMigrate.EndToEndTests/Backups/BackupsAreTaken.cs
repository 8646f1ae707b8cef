#pragma warning disable CA1416 // The tests run on Linux.
using System.Text.Json;
using System.Text.RegularExpressions;
using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Backups;

/// <summary>Backups and restores as a person calls them.</summary>
[Collection(nameof(RenamedSample))]
public sealed partial class BackupsAreTaken(InstalledTool tool, RenamedSample sample) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-backups-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task EveryCommandOfThePageDoesWhatThePageSays()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await using var restored = new PhasedDatabase("restored");
        await restored.CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(sample.Project, "snapshot.sh"), "#!/bin/sh\necho snap-1\n");
        File.SetUnixFileMode(Path.Combine(sample.Project, "snapshot.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var page = await File.ReadAllTextAsync(Path.Combine(InstalledTool.Repository, "docs", "backup.md"));
        Queue<(int Code, string Says)> expected = new(
        [
            (0, "Proven: restored, it was the same"), (0, "each as it was backed up"), (0, "Proven"), (0, "Proven"), (0, "Attested, not proven: a command of the team made it"),
            (3, "which would be lost. Nothing was changed."), (0, "each as it was backed up"), (0, "each as it was backed up"),
        ]);
        foreach (Match call in Call().Matches(page))
        {
            var words = call.Groups["call"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace("backups/", $"{folder}/", StringComparison.Ordinal))
                .Select(word => word == "shop" ? database.Name : word.Replace("offsite:", $"offsite:{folder}/away/", StringComparison.Ordinal)).ToArray();
            string[] naming = words.Contains("--connection-env") ? [.. RenamedSample.Of.TakeWhile(word => word != "--connection-env")] : RenamedSample.Of;
            var result = await RunAsync(database, [.. words, .. naming], ("SHOP_RESTORED", restored.ConnectionString), ("RCLONE_CONFIG_OFFSITE_TYPE", "local"));
            var (code, says) = expected.Dequeue();
            result.Code.ShouldBe(code, $"{call.Value}\n{result.Output}{result.Error}");
            (result.Output + result.Error).ShouldContain(says, customMessage: call.Value);
        }
        expected.ShouldBeEmpty();
        foreach (var there in new[] { restored, database })
        {
            (await Catalogue.SchemaAsync(there)).ShouldBe(await Catalogue.SchemaAsync(database));
            (await Catalogue.DataAsync(there, [])).ShouldBe(await Catalogue.DataAsync(database, []));
        }
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order().ShouldBe(["away", "shop-1", "shop-2", "shop-3", "shop-4"]);
        Directory.GetFiles(Path.Combine(folder, "away", "shop", "shop-3"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Path.Combine(folder, "away", "shop", "shop-3"), path)).Order()
            .ShouldBe(Directory.GetFiles(Path.Combine(folder, "shop-3"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Path.Combine(folder, "shop-3"), path)).Order());
    }

    [Fact]
    public async Task AsJsonAndWithoutAProof()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        var result = await BackupAsync(database, "one", "--no-proof", "--json");
        result.Code.ShouldBe(0, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        document.RootElement.GetProperty("directory").GetString().ShouldBe(Path.Combine(folder, "one"));
        var manifest = document.RootElement.GetProperty("manifest");
        manifest.GetProperty("state").GetString().ShouldBe("taken");
        manifest.GetProperty("migration").GetString().ShouldBe((await RenamedSample.AppliedAsync(database))[^1]);
        manifest.GetProperty("plan").GetString()!.Length.ShouldBe(64);
        manifest.GetProperty("database").GetProperty("name").GetString().ShouldBe(database.Name);
        manifest.GetProperty("files").GetArrayLength().ShouldBeGreaterThan(3);

        await using var restored = new PhasedDatabase("restored");
        await restored.CreateAsync();
        var back = await RunAsync(restored, ["restore", Path.Combine(folder, "one"), "--json", .. RenamedSample.Of]);
        back.Code.ShouldBe(0, back.Error);
        using var told = JsonDocument.Parse(back.Output);
        told.RootElement.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("table").GetString() == "public.Customers").GetProperty("rows").GetInt64().ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task WhatMayNotBeIsRefusedBeforeAnythingIsTouched()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        (await BackupAsync(database, "one", "--no-proof")).Code.ShouldBe(0);
        var one = Path.Combine(folder, "one");
        var before = await Catalogue.DataAsync(database, []);

        await RefusedAsync(database, 3, $"not `another`", "restore", one, "--confirm", "another");
        await RefusedAsync(database, 3, "There is no folder", "restore", Path.Combine(folder, "nothing"));
        await RefusedAsync(database, 2, "is there already, and a backup is never overwritten", "backup", "--output", one);
        await RefusedAsync(database, 2, "`--keep none` is not a number of backups", "backup", "--output", Path.Combine(folder, "two"), "--keep", "none");
        await RefusedAsync(database, 2, "is no place that rclone knows", "backup", "--output", Path.Combine(folder, "two"), "--upload", "somewhere");
        await RefusedAsync(database, 2, "exclude each other", "backup", "--output", Path.Combine(folder, "two"), "--backup-command", "true", "--no-proof");
        await RefusedAsync(database, 2, "ended with exit code 1", "backup", "--output", Path.Combine(folder, "two"), "--backup-command", "false");

        var file = Directory.GetFiles(Path.Combine(one, "dump")).Order().First();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await RefusedAsync(database, 3, "is not as it was written. Nothing was changed.", "restore", one, "--confirm", database.Name);

        (await Catalogue.DataAsync(database, [])).ShouldBe(before);
        Directory.GetFileSystemEntries(folder).ShouldBe([one]);
    }

    [Fact]
    public async Task ABackupOfAnotherProjectIsRefused()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        await database.ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_OfAnother', '10.0.0')""");
        (await BackupAsync(database, "one", "--no-proof")).Code.ShouldBe(0);
        await using var restored = new PhasedDatabase("restored");
        await restored.CreateAsync();
        await RefusedAsync(restored, 3, "this project has no migration 29990101000000_OfAnother", "restore", Path.Combine(folder, "one"));
        (await restored.LinesAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task AnOlderProgramIsRefused()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var old = Directory.CreateDirectory(Path.Combine(folder, "old")).FullName;
        await File.WriteAllTextAsync(Path.Combine(old, "pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
        File.SetUnixFileMode(Path.Combine(old, "pg_dump"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = await RunAsync(database, ["backup", "--output", Path.Combine(folder, "one"), .. RenamedSample.Of], ("SAFE_MIGRATE_PGBIN", old));
        result.Code.ShouldBe(2, result.ToString());
        result.Error.ShouldMatch(@"pg_dump 9\.6\.24 in `.*/old` is older than the server, which is PostgreSQL \d+\. Nothing was written\.\n  → apt-get install postgresql-client-\d+");
        Directory.GetFileSystemEntries(folder).ShouldBe([old]);
    }

    [Fact]
    public async Task AnUploadIsReadBack()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        // A place that loses the last byte of what it is given.
        var bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(bin, "rclone"), "#!/bin/sh\n/usr/bin/env PATH=\"${PATH#*:}\" rclone \"$@\" || exit\n[ \"$1\" != copy ] || for f in $(find \"${6#:local:}\" -name toc.dat); do truncate -s -1 \"$f\"; done\n");
        File.SetUnixFileMode(Path.Combine(bin, "rclone"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string[] arguments = ["backup", "--output", Path.Combine(folder, "one"), "--no-proof", "--upload", $":local:{folder}/away", .. RenamedSample.Of];
        var result = await RunAsync(database, arguments, ("PATH", $"{bin}:{Environment.GetEnvironmentVariable("PATH")}"));
        result.Code.ShouldBe(4, result.ToString());
        result.Error.ShouldContain("is whole, and its copy in");
        result.Error.ShouldContain("dump/toc.dat has other bytes there");
        File.Exists(Path.Combine(folder, "away", "one", "manifest.json")).ShouldBeFalse();
        File.Exists(Path.Combine(folder, "one", "manifest.json")).ShouldBeTrue();
    }

    private Task<ShellResult> BackupAsync(PhasedDatabase database, string name, params string[] more) => RunAsync(database, ["backup", "--output", Path.Combine(folder, name), .. more, .. RenamedSample.Of]);

    private async Task RefusedAsync(PhasedDatabase database, int code, string says, params string[] arguments)
    {
        var result = await RunAsync(database, [.. arguments, .. RenamedSample.Of]);
        result.Code.ShouldBe(code, $"{string.Join(' ', arguments)}\n{result}");
        result.Error.ShouldContain(says);
        result.Error.ShouldContain("\n  → ");
    }

    private Task<ShellResult> RunAsync(PhasedDatabase database, string[] arguments, params (string Name, string Value)[] more) =>
        tool.RunAsync(sample.Project, arguments, environment: more.Append(("PHASES", database.ConnectionString)).ToDictionary(each => each.Item1, each => each.Item2));

    [GeneratedRegex(@"^dotnet safe-migrate (?<call>.+)$", RegexOptions.Multiline)]
    private static partial Regex Call();
}
