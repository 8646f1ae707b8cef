using System.Diagnostics;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A person at a terminal, which `script` (util-linux) makes: the database, the hash and the phrase are typed.</summary>
[Collection(nameof(BusySample))]
public sealed class AtATerminal(InstalledTool tool, BusySample sample)
{
    private const string Phrase = "EXECUTE DESTRUCTIVE MIGRATIONS";

    [Fact]
    public async Task EverythingIsTyped()
    {
        await using var notes = await GuardedNotes.CreateAsync(tool, sample);
        var (hash, _) = await notes.PlanAsync();
        var (before, spoken) = (await GuardedNotes.StateAsync(notes.Database), GuardedNotes.Spoken(hash));

        var lower = await TypeAsync(notes, "", notes.Database.Name, spoken, "execute destructive migrations");
        lower.Code.ShouldBe(3, lower.Output);
        lower.Output.ShouldContain("The phrase was not typed as it stands. Nothing was changed.");
        var short4 = await TypeAsync(notes, "", notes.Database.Name, spoken[..4]);
        short4.Code.ShouldBe(3, short4.Output);
        short4.Output.ShouldContain($"`{spoken[..4]}` is only the beginning of the plan's hash");
        var server = await TypeAsync(notes, "true");
        server.Code.ShouldBe(3, server.Output);
        server.Output.ShouldNotContain("Type the name");
        (await GuardedNotes.StateAsync(notes.Database)).ShouldBe(before);

        var typed = await TypeAsync(notes, "", notes.Database.Name, spoken, Phrase);

        typed.Code.ShouldBe(0, typed.Output);
        typed.Output.ShouldContain("the environment `Production` is protected. Type the name of the database: ");
        typed.Output.ShouldContain($"Type the plan's hash ({spoken}) to approve it: ");
        typed.Output.ShouldContain($"Type {Phrase} to go on: ");
        (await notes.AppliedAsync()).Count.ShouldBe(3);
        (await notes.OverriddenAsync()).ShouldBe(["destructive steps: the phrase was typed"]);
        (await notes.Database.LinesAsync("SELECT entry::json ->> 'planHash' FROM safe_migrate.journal WHERE kind = 'approved'")).ShouldBe([hash]);
    }

    private async Task<ShellResult> TypeAsync(GuardedNotes notes, string buildServer, params string[] lines)
    {
        var command = $"{Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate")} apply --project {notes.Project} --context GuardedContext --no-build --environment Production --skip-backup test --skip-rehearsal test";
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
        {
            WorkingDirectory = notes.PathOf("."), RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }
        (start.Environment["BUSY"], start.Environment["CI"], start.Environment["TERM"]) = (notes.Database.ConnectionString, buildServer, "dumb");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(line);
        }
        await process.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
        return new ShellResult(process.ExitCode, await output, "");
    }
}
