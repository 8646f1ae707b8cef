using System.Diagnostics;
using EfSafeMigrate.EndToEndTests.Applying;
using static EfSafeMigrate.EndToEndTests.Phases.StoreProject;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <remarks>Among tests that it shares nothing with, where there is time.</remarks>
[Collection(nameof(BusySample))]
public sealed class WritingIsInterrupted(InstalledTool tool)
{
    /// <summary>Killed while it writes, again and again; the next run finds the project as it was before, or with everything in place.</summary>
    [Fact]
    public async Task AllFilesOrNone()
    {
        var wanted = PhasedSample.Long ? 10 : 2;
        var project = tool.Copy("Phases");
        EditPattern(project, "Several");
        var kept = $"{project}-before";
        (await Shell.RunAsync(tool.Scratch, "cp", ["-r", project, kept])).Code.ShouldBe(0);
        await PhasedSample.BuildAsync(project);
        string[] arguments = ["add", "Next", "--no-build", "--contract", "now", .. Patterns.Named("Several").Arguments];
        var before = Texts(project);
        (await tool.RunAsync(project, arguments)).Code.ShouldBe(0);
        var whole = Changed();
        await RestoreAsync();

        // The tool keeps this list from before its first written file to behind its last.
        var list = Path.Combine(project, "obj", "safe-migrate.undo", "list.json");
        var (undone, partly, attempts) = (0, 0, 0);
        for (; (undone < wanted || partly == 0) && attempts < 40 * wanted; attempts++)
        {
            await KillAsync(project, arguments, until: () => File.Exists(list), later: attempts % 4);
            var changed = Changed();
            if (!File.Exists(list))
            {
                changed.ShouldBeOneOf(0, whole);
                await RestoreAsync();
                continue;
            }
            undone++;
            partly += changed > 0 ? 1 : 0;
            var dry = await tool.RunAsync(project, [.. arguments, "--dry-run"]);
            dry.Code.ShouldBe(0, dry.Output + dry.Error);
            dry.Error.ShouldContain("An earlier run was interrupted while it wrote; its files are undone.");
            Texts(project).ShouldBe(before);
        }
        undone.ShouldBeGreaterThanOrEqualTo(wanted, $"{attempts} runs were killed");
        partly.ShouldBeGreaterThan(0, $"{undone} runs were killed while they wrote, and none had written a file");

        int Changed()
        {
            var now = Texts(project);
            return now.Count(file => !before.TryGetValue(file.Key, out var digest) || digest != file.Value) + before.Keys.Count(file => !now.ContainsKey(file));
        }

        async Task RestoreAsync()
        {
            Directory.Delete(Path.Combine(project, "Store"), recursive: true);
            (await Shell.RunAsync(tool.Scratch, "cp", ["-r", Path.Combine(kept, "Store"), Path.Combine(project, "Store")])).Code.ShouldBe(0);
            Texts(project).ShouldBe(before);
        }
    }

    /// <summary>A run that stopped between two files, laid out by hand: what it left does not even build.</summary>
    [Fact]
    public async Task WhatIsLeftNeedNotBuild()
    {
        var project = tool.Copy("Phases");
        EditPattern(project, "AddForeignKey");
        var before = Texts(project);
        var undo = Path.Combine(project, "obj", "safe-migrate.undo");
        Directory.CreateDirectory(undo);
        const string Designer = "Store/Migrations/20990101000000_Next1Expand.Designer.cs";
        await File.WriteAllTextAsync(Path.Combine(undo, "list.json"), $$"""[{"Path":"{{Designer}}","Before":null},{"Path":"Store/Migrations/20990101000000_Next1Expand.cs","Before":null}]""");
        await File.WriteAllTextAsync(Path.Combine(project, Designer), "namespace A { partial class B { protected override void C() { } } }");
        var after = await tool.RunAsync(project, ["add", "Next", "--dry-run", "--contract", "now"]);
        after.Code.ShouldBe(0, after.Output + after.Error);
        Texts(project).ShouldBe(before);
    }

    /// <param name="later">How many more looks at the clock of the processor to wait, so that different files are hit.</param>
    private async Task KillAsync(string project, string[] arguments, Func<bool> until, int later)
    {
        var start = new ProcessStartInfo(Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate"), arguments)
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !until())
        {
            Thread.SpinWait(200);
        }
        Thread.SpinWait(later * 20_000);
        // The agent sees its pipe end; to look for it first would let the moment pass.
        process.Kill();
        await process.WaitForExitAsync();
        await Task.WhenAll(output, error);
    }
}
