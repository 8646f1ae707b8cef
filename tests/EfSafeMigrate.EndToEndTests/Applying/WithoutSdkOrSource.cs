using System.Text.Json.Nodes;

namespace EfSafeMigrate.EndToEndTests.Applying;

[Collection(nameof(InstalledTool))]
public class WithoutSdkOrSource(InstalledTool tool)
{
    [Fact]
    public async Task APublishedWebApplicationIsAppliedToPostgres()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        File.Exists(Path.Combine(shop.Folder, "Microsoft.EntityFrameworkCore.Design.dll")).ShouldBeFalse();

        await shop.AppliedAsync(["--to", PublishedShop.Fifth]);

        (await shop.Database.LinesAsync("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1"))[^1].ShouldEndWith($"_{PublishedShop.Fifth}");
        var status = await shop.StatusAsync();
        status.Code.ShouldBe(0, status.Error);
        status.Output.ShouldContain("ended well");
        status.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
        File.Exists(Path.Combine(shop.Home, "sdk-asked")).ShouldBeFalse();
    }

    [Fact]
    public async Task APublishedConsoleApplicationIsAppliedToSqliteAndItsEntryPointDoesNotRun()
    {
        var folder = await PublishedShop.TinyAsync();
        var home = Directory.CreateTempSubdirectory("safe-migrate-home-").FullName;
        try
        {
            var environment = new Dictionary<string, string>(PublishedShop.Host(home)) { ["NOTES"] = $"Data Source={home}/notes.db" };
            var result = await Shell.RunAsync(home, Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate"),
                ["apply", "--from", folder, "--connection-env", "NOTES", "--to", "Initial"], environment: environment);

            result.Code.ShouldBe(0, result.Output + result.Error);
            // The entry point migrates all the way on the database of its own.
            File.Exists(Path.Combine(folder, "notes.db")).ShouldBeFalse();
            result.Output.ShouldContain("1 migration is still pending");
            await SaysAsync("EF's lock is free.", "lock");
            await SaysAsync("The journal is whole", "journal", "--reason", "asked");
            await SaysAsync("`Initial` was not interrupted", "step", "Initial", "--done", "--reason", "asked");
            File.Exists(Path.Combine(home, "sdk-asked")).ShouldBeFalse();

            async Task SaysAsync(string sentence, params string[] repair) =>
                (await Shell.RunAsync(home, Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate"), ["repair", .. repair, "--from", folder, "--connection-env", "NOTES"], environment: environment))
                    .Error.ShouldContain(sentence);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task WhatCannotBeOpenedIsRefusedWithTheReason()
    {
        var folder = await PublishedShop.TinyAsync();
        var scratch = Directory.CreateTempSubdirectory("safe-migrate-refused-").FullName;
        try
        {
            async Task Refused(string what, Action<string> spoil, string sentence)
            {
                var copy = Path.Combine(scratch, what);
                InstalledTool.CopyFolder(folder, copy);
                spoil(copy);
                var result = await tool.RunAsync(scratch, ["status", "--from", copy]);
                result.Code.ShouldBe(2, result.Output + result.Error);
                result.Error.ShouldContain(sentence);
                result.Error.ShouldContain("→ ");
            }
            await Refused("incomplete", copy => File.Delete(Path.Combine(copy, "Microsoft.Data.Sqlite.dll")), "The publication of `Tiny` is incomplete: `Microsoft.Data.Sqlite.dll`");
            await Refused("listless", copy => File.Delete(Path.Combine(copy, "Tiny.deps.json")), "`Tiny.deps.json` is missing");
            await Refused("halved", copy => Halve(Path.Combine(copy, "Tiny.deps.json")), "`Tiny.deps.json` of the publication cannot be read");
            await Refused("void", copy => File.WriteAllText(Path.Combine(copy, "Tiny.runtimeconfig.json"), ""), "`Tiny.runtimeconfig.json` of the publication cannot be read");
            await Refused("strange", copy => File.WriteAllText(Path.Combine(copy, "Tiny.deps.json"), "[]"), "`Tiny.deps.json` of the publication cannot be read");
            await Refused("trimmed", copy => Configure(copy, "System.StartupHookProvider.IsSupported", false), "`Tiny` is published trimmed");
            await Refused("several", copy => File.Copy(Path.Combine(copy, "Tiny.runtimeconfig.json"), Path.Combine(copy, "Other.runtimeconfig.json")), "several applications: Other, Tiny");
            await Refused("empty", copy => Directory.GetFiles(copy).ToList().ForEach(File.Delete), "holds no published application");
            var single = await PublishedShop.PublishAsync("Tiny", "-p:PublishSingleFile=true", "--self-contained", "false", "--use-current-runtime");
            (await tool.RunAsync(scratch, ["apply", "--environment", "Testing", "--from", single])).Error.ShouldContain("`Tiny` is published as a single file");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>As a copy over a line that was cut.</summary>
    private static void Halve(string file)
    {
        var text = File.ReadAllText(file);
        File.WriteAllText(file, text[..(text.Length / 2)]);
    }

    private static void Configure(string folder, string property, bool value)
    {
        var file = Path.Combine(folder, "Tiny.runtimeconfig.json");
        var config = JsonNode.Parse(File.ReadAllText(file))!;
        var options = config["runtimeOptions"]!.AsObject();
        options["configProperties"] ??= new JsonObject();
        options["configProperties"]![property] = value;
        File.WriteAllText(file, config.ToJsonString());
    }
}
