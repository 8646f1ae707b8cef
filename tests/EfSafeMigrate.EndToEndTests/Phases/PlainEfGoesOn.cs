namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>After the phases are written, <c>dotnet ef</c> works with the project as with any other.</summary>
[Collection(nameof(PhasedSample))]
public sealed class PlainEfGoesOn(InstalledTool tool, PhasedSample sample)
{
    private const string Version = "10.0.14";

    [Theory]
    [InlineData("RenameIndexed")]
    [InlineData("AddRequired")]
    public async Task UpdatingRemovingAndAddingAgain(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        var environs = new Dictionary<string, string> { ["PHASES"] = database.ConnectionString };
        var project = Path.Combine(tool.Scratch, "Samples", $"Plain{name}");
        (await Shell.RunAsync(tool.Scratch, "cp", ["-r", sample.Project, project])).Code.ShouldBe(0);
        var ef = await InstallAsync();

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
        (await Shell.RunAsync(project, ef, [.. Of("migrations", "has-pending-model-changes", "--no-build")], environment: environs)).Code.ShouldBe(1);

        async Task Ef(params string[] arguments)
        {
            var result = await Shell.RunAsync(project, ef, Of(arguments), environment: environs);
            result.Code.ShouldBe(0, $"dotnet ef {string.Join(' ', arguments)}\n{result.Output}{result.Error}");
        }

        string[] Of(params string[] arguments) => [.. arguments, "--context", pattern.Context];
    }

    private async Task<string> InstallAsync()
    {
        var program = Path.Combine(tool.Scratch, "ef", "dotnet-ef");
        if (!File.Exists(program))
        {
            var installed = await Shell.RunAsync(tool.Scratch, "dotnet", ["tool", "install", "dotnet-ef", "--version", Version, "--tool-path", Path.Combine(tool.Scratch, "ef")]);
            installed.Code.ShouldBe(0, installed.Output + installed.Error);
        }
        return program;
    }
}
