namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>After the phases are written, <c>dotnet ef</c> works with the project as with any other.</summary>
[Collection(nameof(PhasedReleasesCollection))]
public sealed class PlainEfGoesOn(InstalledTool tool, PhasedSample sample)
{
    private const string Version = "10.0.14";

    /// <summary>Each pattern is a minute of real runs, so the ordinary run takes one of the longest.</summary>
    public static TheoryData<string> Names => PhasedSample.Long ? [.. Patterns.All.Select(pattern => pattern.Name)] : ["RenameIndexed"];

    public static TheoryData<string> Undone => PhasedSample.Long ? ["RenameIndexed", "AddRequired"] : ["AddRequired"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task StepByStepAndAllAtOnce(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var steps = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var once = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var direct = await PhasedDatabase.CopyAsync(sample.Old, name);
        var ef = await DotnetEf.InstallAsync(Version);
        var ids = (await sample.Driver.AskAsync(steps, pattern.Context, "ids")).Split(' ');
        await sample.Driver.AskAsync(direct, pattern.Context, "direct");
        var wanted = await StateAsync(direct, pattern.Random);
        string[] lost = [.. sample.Lost(pattern), .. pattern.Random];
        var start = await StateAsync(steps, lost);

        foreach (var id in ids[1..])
        {
            await Update(steps, id);
        }
        await Update(once);
        (await StateAsync(steps, pattern.Random)).ShouldBe(wanted);
        (await StateAsync(once, pattern.Random)).ShouldBe(wanted);

        foreach (var id in ids[..^1].Reverse())
        {
            await Update(steps, id);
        }
        await Update(once, ids[0]);
        (await StateAsync(steps, lost)).ShouldBe(start);
        (await StateAsync(once, lost)).ShouldBe(start);

        Task Update(PhasedDatabase database, params string[] target) => ef.SucceedAsync(
            sample.Project, ["database", "update", .. target, "--no-build", "--context", pattern.Context], new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });
    }

    private static async Task<string> StateAsync(PhasedDatabase database, string[] left) =>
        string.Join('\n', [.. await Catalogue.SchemaAsync(database), .. await Catalogue.DataAsync(database, left)]);

    [Theory]
    [MemberData(nameof(Undone))]
    public async Task UpdatingRemovingAndAddingAgain(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        var environs = new Dictionary<string, string> { ["PHASES"] = database.ConnectionString };
        var project = Path.Combine(tool.Scratch, "Samples", $"Plain{name}");
        await sample.CopyBuiltAsync(project);
        var ef = await DotnetEf.InstallAsync(Version);

        await Ef("database", "update", "--no-build");
        var ids = (await sample.Driver.AskAsync(database, pattern.Context, "ids")).Split(' ');
        (await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""")).ShouldBe(ids);
        await Ef("migrations", "has-pending-model-changes", "--no-build");

        var next = await tool.RunAsync(project, ["add", "Next", "--context", pattern.Context, "--no-build", "--dry-run"], environment: environs);
        next.Code.ShouldBe(0, next.Error);
        next.Output.ShouldBe("", "nothing is planned");

        await Ef("database", "update", ids[^2], "--no-build");
        await Ef("migrations", "remove", "--no-build");
        await PhasedSample.BuildAsync(project, "-warnaserror");
        Directory.GetFiles(Path.Combine(project, name, "Migrations"), $"{ids[^1]}*").ShouldBeEmpty();
        // What was removed is pending again, and the rest of the phases still stand.
        (await ef.RunAsync(project, Of("migrations", "has-pending-model-changes", "--no-build"), environs)).Code.ShouldBe(1);

        Task Ef(params string[] arguments) => ef.SucceedAsync(project, Of(arguments), environs);

        string[] Of(params string[] arguments) => [.. arguments, "--context", pattern.Context];
    }
}
