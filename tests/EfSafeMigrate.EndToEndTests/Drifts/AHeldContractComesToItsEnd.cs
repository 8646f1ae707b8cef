using EfSafeMigrate.EndToEndTests.Phases;
using static EfSafeMigrate.EndToEndTests.Phases.StoreProject;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>Columns get another name and other types, and their contract is no migration yet: both releases write, a later migration is applied beside it, and it comes to its end.</summary>
[Collection(nameof(PhasedSample))]
public sealed class AHeldContractComesToItsEnd(InstalledTool tool, PhasedSample sample)
{
    private const string Plan = "Reshape";

    /// <summary>Under the same order of columns before and behind the contract.</summary>
    private const string Values = """SELECT count(*), sum(hashtextextended(ROW("Id", "Name", "Code", "Balance")::text, 0)) FROM "Customers" """;

    [Fact]
    public async Task WithTwoReleasesAndALaterMigrationBesideIt()
    {
        await sample.ReadyAsync(tool);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, Plan);
        await using var direct = await PhasedDatabase.CopyAsync(sample.Old, Plan);
        var project = tool.Copy("Phases");
        EditPattern(project, "RenameIndexed");
        Edit(project, "Models.cs", text => text.Replace("public int Balance", "public long Balance", StringComparison.Ordinal));
        Edit(project, "StoreContext.cs", text => text.Replace("HasMaxLength(40)", "HasMaxLength(30)", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        await MustAsync(0, "add", Plan, "--no-build", "--rename", "Customers.Name=FullName", "--contract", "hold");
        await PhasedSample.BuildAsync(project);
        await MustAsync(0, "apply", "--no-build");

        var values = await WrittenAsync(database, project);
        string.Join(' ', (await MustAsync(0, "drift", "--no-build")).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldMatch($"Held: {Plan}, whose last applied phase was (a moment|[0-9]+ minutes?) ago [(]{DateTime.UtcNow.Year}-[0-9-]+[)]. What it has made for two releases stays until its contract: dotnet safe-migrate contract {Plan}");
        // Beside it, what other hands do is told.
        await database.ExecuteAsync("""ALTER TABLE "Orders" ALTER "Total" DROP NOT NULL; CREATE INDEX by_hand ON "Customers" ("FullName")""");
        (await DriftAsync()).Found.ShouldBe(
            ["the column Orders.Total may be NULL, and the model says that it may not", "the index by_hand on Customers is there, and no applied migration makes it"], ignoreOrder: true);
        await database.ExecuteAsync("""ALTER TABLE "Orders" ALTER "Total" SET NOT NULL; DROP INDEX by_hand""");

        Edit(project, "Models.cs", text => text.Replace("public decimal Total { get; set; }", "public decimal Total { get; set; } public string? Remark { get; set; }", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        (await MustAsync(0, "add", "Between", "--no-build")).Error.ShouldContain($"The contract of {Plan} is still held");
        await PhasedSample.BuildAsync(project);
        await MustAsync(0, "apply", "--no-build");
        var between = await DriftAsync();
        between.ShouldBeClean(between.Raw);
        between.Held.ShouldBe([Plan]);

        await MustAsync(0, "contract", Plan, "--no-build");
        await PhasedSample.BuildAsync(project);
        var meant = Directory.GetFiles(Path.GetDirectoryName(Snapshot(project))!, $"*_{Plan}4Contract*.cs").Select(file => Path.GetFileName(file).Split('.')[0]).Distinct().SelectMany(id => new[] { "--accept-data-loss", id });
        string[] contract = ["apply", "--no-build", "--until", "contract", "--quiet-period", "0s", .. meant];
        (await MustAsync(3, contract)).Error.ShouldContain("Nobody has looked before");
        var unknown = (await MustAsync(3, contract)).Error;
        unknown.ShouldContain(" keeps its name and gets another type, so no count tells whether the old release is gone. Nothing was changed.");
        unknown.ShouldContain("→ --attest-readers \"why it is gone\"");
        await MustAsync(0, [.. contract, "--attest-readers", "the old release was stopped at nine"]);

        var ended = await DriftAsync();
        ended.ShouldBeClean(ended.Raw);
        ended.Held.ShouldBeEmpty();
        ended.Notes.ShouldBeEmpty();
        await using var release = new Phases.Driver(project);
        (await release.AskAsync(database, "StoreContext", "pending")).ShouldBe("False");
        await release.AskAsync(direct, "StoreContext", "direct");
        (await Catalogue.SchemaAsync(database)).ShouldBe(await Catalogue.SchemaAsync(direct));
        (await database.LinesAsync(Values.Replace("\"Name\"", "\"FullName\"", StringComparison.Ordinal))).ShouldBe(values);

        await release.AskAsync(database, "StoreContext", "to", PhasedSample.Initial);
        (await Catalogue.SchemaAsync(database)).ShouldBe(await Catalogue.SchemaAsync(sample.Old));
        (await database.LinesAsync(Values)).ShouldBe(values);

        async Task<ShellResult> MustAsync(int code, params string[] arguments)
        {
            var said = await tool.RunAsync(project, arguments, environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });
            said.Code.ShouldBe(code, $"{string.Join(' ', arguments)}\n{said.Output}{said.Error}");
            return said;
        }

        async Task<DriftSeen> DriftAsync() =>
            DriftSeen.Of(await tool.RunAsync(project, ["drift", "--no-build", "--json"], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString }));
    }

    /// <summary>Each release reads what the other wrote, and the table holds what was written last.</summary>
    /// <returns>What the table holds then.</returns>
    private async Task<IReadOnlyList<string>> WrittenAsync(PhasedDatabase database, string project)
    {
        await using var old = new Phases.Driver(sample.Project);
        await using var fresh = new Phases.Driver(project);
        await database.ExecuteAsync(await old.AskAsync(database, "StoreContext", "journal"));
        await Task.WhenAll(
            Task.Run(() => old.AskAsync(database, "StoreContext", "write", "old 1 1 30 Name=Name:text Code=Code:text Balance=Balance:number")),
            Task.Run(() => fresh.AskAsync(database, "StoreContext", "write", "new 1 2 30 FullName=Name:text Code=Code:text Balance=Balance:number")));
        (await database.LinesAsync("""
            SELECT j.*, c.* FROM (SELECT DISTINCT ON ("Id", "Shape") * FROM journal ORDER BY "Id", "Shape", "At" DESC) j JOIN "Customers" c USING ("Id")
            WHERE j."Value" IS DISTINCT FROM CASE j."Shape" WHEN 'Name' THEN c."Name" WHEN 'Code' THEN c."Code" ELSE c."Balance"::text END OR c."FullName" <> c."Name"
            """)).ShouldBeEmpty();
        (await database.LinesAsync("""SELECT "Id" FROM journal WHERE "Value" LIKE 'old%' INTERSECT SELECT "Id" FROM journal WHERE "Value" LIKE 'new%'""")).ShouldNotBeEmpty("both releases wrote one row");
        await database.ExecuteAsync("DROP TABLE journal");
        return await database.LinesAsync(Values);
    }
}
