using System.Text.Json.Nodes;
using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Setup;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>What became of a column, by a project, its repository and its database; and how it stands with every context.</summary>
[Collection(nameof(BuiltSamplesCollection))]
public sealed class HistoriesAndContexts(InstalledTool tool)
{
    private const string Renamed = "20260319132758_RenameMemberAddressFields";

    [Fact]
    public async Task AColumnIsFollowedThroughSourceGitAndJournal()
    {
        var repository = await GitRepository.WithAsync(tool, "Library", "src/Library");
        var project = repository.PathOf("src/Library");
        var file = repository.PathOf("library.db");
        var connection = new[] { "--connection", $"Data Source={file}" };
        await MustAsync(project, ["apply", "--to", Renamed, .. connection]);
        (await MustAsync(project, ["add", "Later", "--no-build"])).ShouldContain("Later");

        var told = await MustAsync(project, ["history", "members.street", "--no-build", "--connection-env", "LIBRARY"], new() { ["LIBRARY"] = connection[1] });
        told.ShouldStartWith("\n  Library · LibraryContext · Members.Town\n  2 migrations touched it · database: main@library.db\n\n  20260108090500_Initial\n    as Members.Street, its name then\n    Members is created\n    committed ");
        told.ShouldMatch($@"\n  {Renamed}\n    Members\.Street is renamed to Town\n    committed \d{{4}}-\d\d-\d\d by A Person \([0-9a-f]{{8}}\)\n    applied \d{{4}}-\d\d-\d\d \d\d:\d\d UTC by \S+@\S+\n$");
        (await MustAsync(project, ["history", "Authors.Website", .. connection])).ShouldMatch(@"_Later\n    Authors\.Website is dropped\n    not committed yet\n    not applied\n$");

        SqliteFile.Execute(file, "DROP TABLE __safe_migrate_journal");
        var unknown = JsonNode.Parse(await MustAsync(project, ["history", "Members.Town", "--no-build", "--json", .. connection]))!;
        (unknown["journal"]!.GetValue<bool>(), unknown["migrations"]![1]!["applied"]!["state"]!.GetValue<string>()).ShouldBe((false, "TimeUnknown"));
        unknown["migrations"]![1]!["commit"]!["id"]!.GetValue<string>().ShouldBe((await repository.GitAsync("rev-parse", "HEAD")).Trim());

        var refused = await tool.RunAsync(project, ["history", "Membres.Town", "--no-build"]);
        (refused.Code, refused.Error[refused.Error.IndexOf("  No migration", StringComparison.Ordinal)..]).ShouldBe((2, "  No migration of this project knows `Membres.Town`.\n  → did you mean Members.Town?\n"));
    }

    [Fact]
    public async Task EveryContextHasItsBlock()
    {
        var folder = tool.Copy("Pair");
        string[] project = ["--project", "Pair.Data", "--startup-project", "Pair.Web"];
        var databases = new Dictionary<string, string> { ["ConnectionStrings__Ordering"] = $"Data Source={folder}/ordering.db", ["ConnectionStrings__Billing"] = $"Data Source={folder}/billing.db" };
        var applied = await tool.RunAsync(folder, ["apply", .. project, "--context", "OrderingContext"], environment: databases);
        applied.Code.ShouldBe(0, applied.Output + applied.Error);

        var status = await tool.RunAsync(folder, ["status", .. project], environment: databases);
        status.Code.ShouldBe(2, status.Output);
        status.Output.ShouldStartWith("\n  BillingContext\n  There is no database at");
        status.Output.ShouldContain("\n\n  OrderingContext · main@ordering.db\n  The last run of ");
        status.Output.ShouldEndWith("No migration is pending.\n");

        var one = await tool.RunAsync(folder, ["status", .. project, "--context", "OrderingContext", "--no-build", "--json"], environment: databases);
        (one.Code, JsonNode.Parse(one.Output)!["context"]!.GetValue<string>()).ShouldBe((0, "OrderingContext"));
        var both = await tool.RunAsync(folder, ["status", .. project, "--no-build", "--json"], environment: databases);
        JsonNode.Parse(both.Output)!["contexts"]!.AsArray().Select(context => (context!["context"]!.GetValue<string>(), context["state"]?.GetValue<string>())).ShouldBe([("BillingContext", null), ("OrderingContext", "Done")]);
    }

    private async Task<string> MustAsync(string project, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var result = await tool.RunAsync(project, arguments, environment: environment);
        result.Code.ShouldBe(0, result.Output + result.Error);
        return result.Output;
    }
}
