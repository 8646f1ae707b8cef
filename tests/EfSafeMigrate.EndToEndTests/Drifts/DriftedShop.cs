using System.Text.Json;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>The Shop, built once, and a database that <c>apply</c> has brought to its newest migration, copied for each test.</summary>
public sealed class DriftedShop : IAsyncLifetime
{
    private static readonly PhasedDatabase Clean = new("shop");

    private Task? ready;

    internal string Project { get; private set; } = "";

    internal IReadOnlyList<string> Migrations { get; private set; } = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Clean.DisposeAsync();

    internal async Task<PhasedDatabase> CopyAsync(InstalledTool tool)
    {
        await ReadyAsync(tool);
        return await PhasedDatabase.CopyAsync(Clean, "shop");
    }

    internal Task ReadyAsync(InstalledTool tool) => ready ??= PrepareAsync(tool);

    internal Task<ShellResult> RunAsync(InstalledTool tool, PhasedDatabase database, string verb, params string[] arguments) =>
        tool.RunAsync(Project, [verb, "--no-build", .. arguments], environment: Environs(database));

    internal async Task<DriftSeen> DriftAsync(InstalledTool tool, PhasedDatabase database, params string[] arguments) =>
        DriftSeen.Of(await RunAsync(tool, database, "drift", ["--json", .. arguments]));

    internal static Dictionary<string, string> Environs(PhasedDatabase database) => new() { ["ConnectionStrings__Shop"] = database.ConnectionString };

    /// <summary>Whatever the migrations take away is meant.</summary>
    internal string[] Meant => [.. Migrations.SelectMany(id => new[] { "--accept-data-loss", id })];

    private async Task PrepareAsync(InstalledTool tool)
    {
        Project = tool.Copy("Shop");
        await PhasedSample.BuildAsync(Project);
        Migrations = [.. Directory.GetFiles(Path.Combine(Project, "Migrations"), "*.cs").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => char.IsAsciiDigit(name[0]) && !name.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        await Clean.CreateAsync();
        var applied = await RunAsync(tool, Clean, "apply", Meant);
        applied.Code.ShouldBe(0, applied.Output + applied.Error);
    }
}

/// <summary>What <c>drift --json</c> says.</summary>
internal sealed record DriftSeen(int Code, IReadOnlyList<string> Found, IReadOnlyList<string> Apart, IReadOnlyList<string> Held, IReadOnlyList<string> Notes, string Raw)
{
    public static DriftSeen Of(ShellResult result)
    {
        result.Code.ShouldBeOneOf([0, 1], result.Output + result.Error);
        var json = JsonDocument.Parse(result.Output).RootElement;
        return new(
            result.Code, List("drift", "message"), List("apart", "table"), List("held", "plan"), [.. json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)], result.Output);

        IReadOnlyList<string> List(string name, string property) => [.. json.GetProperty(name).EnumerateArray().Select(each => each.GetProperty(property).GetString()!)];
    }

    public void ShouldBeClean(string because)
    {
        Found.ShouldBeEmpty(because);
        Code.ShouldBe(0, because);
    }
}

[CollectionDefinition(nameof(DriftedShop))]
#pragma warning disable CA1711 // xunit's word.
public sealed class DriftedShopCollection : ICollectionFixture<InstalledTool>, ICollectionFixture<DriftedShop>;
#pragma warning restore CA1711
