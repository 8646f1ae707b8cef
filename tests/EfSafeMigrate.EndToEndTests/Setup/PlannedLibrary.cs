using EfSafeMigrate.EndToEndTests.Applying;

namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>A library with the files of every service of CI, whose database lacks one migration: made once, with a copy of the database for each service.</summary>
internal sealed class PlannedLibrary
{
    public const string Pending = "Later";

    private static Task<PlannedLibrary>? ready;

    private readonly InstalledTool tool;
    private readonly GitRepository repository;

    private PlannedLibrary(InstalledTool tool, GitRepository repository) => (this.tool, this.repository) = (tool, repository);

    private string Database => $"{repository.Root}.db";

    public static async Task<PlannedService> OfAsync(InstalledTool tool, string service, string file)
    {
        var library = await (ready ??= MakeAsync(tool));
        return new(new(tool, library.repository, service), new(library.repository.PathOf(file)), library.Database);
    }

    private static async Task<PlannedLibrary> MakeAsync(InstalledTool tool)
    {
        var library = new PlannedLibrary(tool, await GitRepository.WithAsync(tool, "Library", "src/Library"));
        await library.MustAsync("init", "--github-actions", "--gitlab", "--azure-pipelines");
        // Here the tool is on the path.
        File.Delete(library.repository.PathOf(".config/dotnet-tools.json"));
        // The sample's last migration is one short.
        await library.MustAsync("add", "Website", "--one-shot", "--project", "src/Library");
        await library.MustAsync(["apply", "--project", "src/Library", "--connection", $"Data Source={library.Database}", .. library.Meant()]);
        SqliteFile.Execute(library.Database, "PRAGMA wal_checkpoint(TRUNCATE)");
        await library.MustAsync("add", Pending, "--project", "src/Library");
        await library.repository.CommitAsync("set up");
        return library;
    }

    private IEnumerable<string> Meant() => Directory.GetFiles(repository.PathOf("src/Library/Migrations"), "*_*.cs").Select(Path.GetFileNameWithoutExtension).OfType<string>()
        .Where(name => !name.EndsWith(".Designer", StringComparison.Ordinal)).SelectMany(name => new[] { "--accept-data-loss", name });

    private async Task MustAsync(params string[] arguments)
    {
        var result = await tool.RunAsync(repository.Root, arguments);
        result.Code.ShouldBe(0, result.Output + result.Error);
    }
}

/// <summary>One service at its work: where its scripts run, what they are, and the database that they are for.</summary>
internal sealed class PlannedService
{
    private const string Applied = $"SELECT count(*) FROM __EFMigrationsHistory WHERE MigrationId LIKE '%_{PlannedLibrary.Pending}'";

    public PlannedService(BuildServer server, StepsOfCi steps, string template)
    {
        (Server, Steps) = (server, steps);
        File.Copy(template, Database);
        server.Variables["XDG_DATA_HOME"] = server.At("data");
    }

    public BuildServer Server { get; }

    public StepsOfCi Steps { get; }

    public string Connection => $"Data Source={Database}";

    private string Database => Server.At("library.db");

    public bool IsApplied => SqliteFile.Lines(Database, Applied)[0] == "1";

    public int Backups => Directory.GetFiles(Server.At("."), "manifest.json", SearchOption.AllDirectories).Length;

    /// <summary>A plan that nobody has seen.</summary>
    public static string Other(string plan) => new([.. plan.Reverse()]);

    /// <summary>Whatever is not the plan that was shown is refused, and changes nothing; the plan that was shown runs, behind a backup.</summary>
    /// <param name="apply">Runs the service's script for a plan.</param>
    public async Task AppliesOnlyAsync(string plan, Func<string, Task<ShellResult>> apply)
    {
        plan.Length.ShouldBe(64);
        IsApplied.ShouldBeFalse();
        var refused = await apply(Other(plan));
        (refused.Code, IsApplied).ShouldBe((3, false), refused.Output + refused.Error);
        refused.Error.ShouldContain("is not the hash of the plan");
        var applied = await apply(plan);
        (applied.Code, IsApplied, Backups).ShouldBe((0, true, 1), applied.Output + applied.Error);
    }
}
