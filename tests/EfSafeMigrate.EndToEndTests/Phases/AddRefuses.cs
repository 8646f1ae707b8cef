using System.Diagnostics;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>One clear sentence, exit code 2, and no file is touched.</summary>
[Collection(nameof(PhasedSample))]
public sealed class AddRefuses(InstalledTool tool, PhasedSample sample)
{
    [Fact]
    public async Task AModelThatDoesNotBuild() => await Refused(
        project => File.AppendAllText(Path.Combine(project, "Store", "Models.cs"), "class Broken { int x = \"a\"; }"),
        ["add", "Next"], "does not build: Models.cs(");

    [Fact]
    public async Task ANameThatIsTaken() => await Refused(_ => { }, ["add", "Initial"], "Initial", build: true);

    [Fact]
    public async Task ARenameNobodyAnswersFor()
    {
        var project = tool.Copy("Phases");
        Edit(project, "Models.cs", text => text.Replace("Phone {", "PhoneNumber {", StringComparison.Ordinal));
        Edit(project, "StoreContext.cs", text => text.Replace("each.Phone", "each.PhoneNumber", StringComparison.Ordinal));
        var said = await Refused(project, ["add", "Next"]);
        said.ShouldContain("--rename Customers.Phone=PhoneNumber");
        said.ShouldContain("--no-rename Customers.Phone");
    }

    [Fact]
    public async Task RewritingWhatOthersHave()
    {
        await sample.ReadyAsync(tool);
        var project = tool.Copy("Phases");
        foreach (var arguments in new[] { "init -q", "add -A", "-c user.name=a -c user.email=a@example.com commit -qm a", "update-ref refs/remotes/origin/main HEAD" })
        {
            (await Shell.RunAsync(project, "git", arguments.Split(' '))).Code.ShouldBe(0);
        }
        await PhasedSample.BuildAsync(project);
        (await Refused(project, ["rewrite", "Initial", "--no-build"])).ShouldContain("is on origin/main already");

        var applied = await Refused(project, ["rewrite", "Initial", "--no-build", "--connection", sample.Old.ConnectionString]);
        applied.ShouldContain("is applied to the database");

        (await Shell.RunAsync(project, "git", ["update-ref", "-d", "refs/remotes/origin/main"])).Code.ShouldBe(0);
        await File.AppendAllTextAsync(Path.Combine(project, "Store", "Migrations", $"{PhasedSample.Initial}.cs"), "// changed\n");
        (await Refused(project, ["rewrite", "Initial", "--no-build"])).ShouldContain("not committed");
    }

    /// <summary>Killed at many moments, among them while it writes; the next run finds the project as it was before or after.</summary>
    [Fact]
    public async Task NothingIsHalfWrittenWhenItIsKilled()
    {
        var project = tool.Copy("Phases");
        foreach (var (old, changed) in Patterns.Named("AddForeignKey").Edits)
        {
            Edit(project, "StoreContext.cs", text => text.Replace(old, changed, StringComparison.Ordinal));
        }
        var migrations = Path.Combine(project, "Store", "Migrations");
        var before = Texts(project);
        await PhasedSample.BuildAsync(project);
        var undo = Path.Combine(project, "obj", "safe-migrate.undo", "list.json");
        var interrupted = 0;
        for (var attempt = 0; attempt < (PhasedSample.Long ? 12 : 3); attempt++)
        {
            await KillAsync(project, until: () => File.Exists(undo) || Directory.GetFiles(migrations).Length > 3);
            if (!File.Exists(undo))
            {
                foreach (var file in Directory.GetFiles(migrations, "*Next*"))
                {
                    File.Delete(file);
                }
                await File.WriteAllTextAsync(Path.Combine(migrations, "StoreContextModelSnapshot.cs"), before[Path.Combine("Store", "Migrations", "StoreContextModelSnapshot.cs")]);
                continue;
            }
            interrupted++;
            var dry = await tool.RunAsync(project, ["add", "Next", "--dry-run", "--contract", "now"]);
            dry.Code.ShouldBe(0, dry.Output + dry.Error);
            (dry.Output + dry.Error).ShouldContain("its files are undone");
            Texts(project).ShouldBe(before);
        }
        // The moment is not in our hand, so a run that stopped between two files is also laid out by hand.
        Directory.CreateDirectory(Path.GetDirectoryName(undo)!);
        await File.WriteAllTextAsync(undo, """[{"Path":"Store/Migrations/20990101000000_Next1Expand.Designer.cs","Before":null},{"Path":"Store/Migrations/20990101000000_Next1Expand.cs","Before":null}]""");
        await File.WriteAllTextAsync(Path.Combine(migrations, "20990101000000_Next1Expand.Designer.cs"), "namespace A { partial class B { protected override void C() { } } }");
        var after = await tool.RunAsync(project, ["add", "Next", "--dry-run", "--contract", "now"]);
        after.Code.ShouldBe(0, after.Output + after.Error);
        Texts(project).ShouldBe(before, $"{interrupted} runs were interrupted while they wrote");
    }

    private async Task KillAsync(string project, Func<bool> until)
    {
        var start = new ProcessStartInfo(Path.Combine(tool.Scratch, "tools", "dotnet-safe-migrate"), ["add", "Next", "--no-build", "--contract", "now"])
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
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await Task.WhenAll(output, error);
    }

    private async Task Refused(Action<string> breakIt, string[] arguments, string sentence, bool build = false)
    {
        var project = tool.Copy("Phases");
        breakIt(project);
        if (build)
        {
            await PhasedSample.BuildAsync(project);
        }
        (await Refused(project, arguments)).ShouldContain(sentence);
    }

    private async Task<string> Refused(string project, string[] arguments)
    {
        var before = Texts(project);
        var result = await tool.RunAsync(project, arguments);
        result.Code.ShouldBe(2, result.Output + result.Error);
        Texts(project).ShouldBe(before);
        result.Error.ShouldNotContain("   at ");
        return result.Output + result.Error;
    }

    private static void Edit(string project, string file, Func<string, string> change)
    {
        var path = Path.Combine(project, "Store", file);
        var text = File.ReadAllText(path);
        var changed = change(text);
        changed.ShouldNotBe(text);
        File.WriteAllText(path, changed);
    }

    private static Dictionary<string, string> Texts(string project) =>
        Directory.GetFiles(project, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(project, file))
            .Where(file => file.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj" or ".git"))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(project, file)));
}
