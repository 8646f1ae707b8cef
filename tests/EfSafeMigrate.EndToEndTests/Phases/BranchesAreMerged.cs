using static EfSafeMigrate.EndToEndTests.Phases.StoreProject;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>Two branches, each with a plan of its own: whichever comes second is written anew, and the end is the same.</summary>
[Collection(nameof(PhasedSample))]
public sealed class BranchesAreMerged(InstalledTool tool, PhasedSample sample)
{
    private const string Renaming = "RenameIndexed";
    private const string Requiring = "AddGrade";

    /// <summary>Both add a column between the same two, so that git cannot merge the snapshot.</summary>
    private static readonly Dictionary<string, (Action<string> Edit, string[] Arguments)> Plans = new()
    {
        [Renaming] = (project => EditPattern(project, Renaming), Patterns.Named(Renaming).Arguments),
        [Requiring] = (project => Edit(project, "Models.cs", text => text.Replace(
            "public int Balance { get; set; }\n", "public int Balance { get; set; }\n\n    public required string Grade { get; set; }\n", StringComparison.Ordinal)), ["--fill", "Customers.Grade='none'"]),
    };

    [Fact]
    public async Task InBothOrders()
    {
        await sample.ReadyAsync(tool);
        var project = tool.Copy("Phases");
        await File.WriteAllTextAsync(Path.Combine(project, ".gitignore"), "bin\nobj\n");
        await GitAsync(project, "init --quiet --initial-branch=main");
        await CommitAsync(project, "the release that runs");
        await GitAsync(project, "branch second");
        await BranchAsync(project, "first", Renaming);
        await GitAsync(project, "checkout --quiet second");
        await BranchAsync(project, "second-plan", Requiring);

        await using var requiredLast = await MergeAsync(project, "second-plan", "first", Requiring);
        var made = await tool.RunAsync(project, ["rewrite", Renaming, "--no-build", "--context", "StoreContext", "--contract", "now", .. Plans[Renaming].Arguments]);
        made.Code.ShouldBe(3, made.Output);
        made.Error.ShouldContain($"was made on top of {Renaming}");
        await using var renamedLast = await MergeAsync(project, "first", "second-plan", Renaming);

        (await Catalogue.SchemaAsync(renamedLast)).ShouldBe(await Catalogue.SchemaAsync(requiredLast));
        (await Catalogue.DataAsync(renamedLast, [])).ShouldBe(await Catalogue.DataAsync(requiredLast, []));
    }

    private async Task BranchAsync(string project, string branch, string name)
    {
        await GitAsync(project, $"checkout --quiet -b {branch}");
        Plans[name].Edit(project);
        await PhasedSample.BuildAsync(project);
        var added = await tool.RunAsync(project, ["add", name, "--no-build", "--contract", "now", .. Plans[name].Arguments]);
        added.Code.ShouldBe(0, added.Output + added.Error);
        await CommitAsync(project, name);
    }

    /// <returns>A database of the old release with everything applied.</returns>
    private async Task<PhasedDatabase> MergeAsync(string project, string ours, string theirs, string name)
    {
        await GitAsync(project, $"checkout --quiet -b merged-{ours} {ours}");
        (await Shell.RunAsync(project, "git", ["merge", theirs])).Code.ShouldBe(1);
        var snapshot = Path.GetRelativePath(project, Snapshot(project));
        (await Shell.RunAsync(project, "git", ["diff", "--name-only", "--diff-filter=U"])).Output.Trim().ShouldBe(snapshot);
        string[] arguments = ["rewrite", name, "--no-build", "--contract", "now", .. Plans[name].Arguments];
        var early = await tool.RunAsync(project, arguments);
        early.Code.ShouldBe(2, early.Output);
        early.Error.ShouldContain("`StoreContextModelSnapshot.cs` has conflict markers: two branches changed the model.");
        early.Error.ShouldContain($"git checkout --theirs {snapshot}");
        await GitAsync(project, $"checkout --theirs {snapshot}");
        await PhasedSample.BuildAsync(project);

        var before = Texts(project);
        var dry = await tool.RunAsync(project, [.. arguments, "--dry-run", "--plan-file", "obj/plan.md"]);
        dry.Code.ShouldBe(0, dry.Error);
        dry.Error.ShouldContain("Nothing but the plan was written (--dry-run).");
        (await File.ReadAllTextAsync(Path.Combine(project, "obj", "plan.md"))).ShouldStartWith($"# {name}\n");
        Texts(project).ShouldBe(before);

        var rewritten = await tool.RunAsync(project, arguments);
        rewritten.Code.ShouldBe(0, rewritten.Output + rewritten.Error);
        await PhasedSample.BuildAsync(project, "-warnaserror");
        await CommitAsync(project, $"{name} behind {theirs}");
        var ef = await DotnetEf.InstallAsync("10.0.14");
        await ef.SucceedAsync(project, ["migrations", "has-pending-model-changes", "--no-build"]);

        var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var driver = new Driver(project);
        var ids = (await driver.AskAsync(database, "StoreContext", "ids")).Split(' ');
        ids.SkipWhile(id => !id.Contains(name, StringComparison.Ordinal)).ShouldAllBe(id => id.Contains(name));
        var start = (await Catalogue.SchemaAsync(database), await Catalogue.DataAsync(database, []));
        await driver.AskAsync(database, "StoreContext", "all");
        await driver.AskAsync(database, "StoreContext", "to", PhasedSample.Initial);
        (await Catalogue.SchemaAsync(database)).ShouldBe(start.Item1);
        await driver.AskAsync(database, "StoreContext", "all");
        (await driver.AskAsync(database, "StoreContext", "pending")).ShouldBe("False");
        return database;
    }

    private static async Task CommitAsync(string project, string message)
    {
        await GitAsync(project, "add --all");
        (await Shell.RunAsync(project, "git", ["-c", "user.name=Dev", "-c", "user.email=dev@example.org", "commit", "--quiet", "-m", message])).Code.ShouldBe(0);
    }

    private static async Task GitAsync(string project, string arguments)
    {
        var done = await Shell.RunAsync(project, "git", arguments.Split(' '));
        done.Code.ShouldBe(0, $"git {arguments}\n{done.Error}");
    }
}
