using static EfSafeMigrate.EndToEndTests.Phases.StoreProject;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>A contract that is held back, what may happen meanwhile, and its end.</summary>
[Collection(nameof(PhasedReleasesCollection))]
public sealed class ContractsWait(InstalledTool tool, PhasedSample sample)
{
    private const string Version = "10.0.14";

    /// <summary>Each takes two minutes; of the second one the ordinary run has the refusal by itself.</summary>
    public static TheoryData<string, string, string> Held
    {
        get
        {
            var held = new TheoryData<string, string, string> { { "RenameIndexed", "Name", "FullName" } };
            if (PhasedSample.Long)
            {
                held.Add("DropColumn", "Balance", "Balance");
            }
            return held;
        }
    }

    /// <param name="owed">The column that the contract drops.</param>
    /// <param name="again">A column that the model changes once more while the contract still needs it.</param>
    [Theory]
    [MemberData(nameof(Held))]
    public async Task HeldAndWrittenLater(string name, string owed, string again)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var direct = await PhasedDatabase.CopyAsync(sample.Old, name);
        var environs = new Dictionary<string, string> { ["PHASES"] = database.ConnectionString };
        var ef = await DotnetEf.InstallAsync(Version);
        var project = tool.Copy("Phases");
        var migrations = Path.Combine(project, "Store", "Migrations");
        EditPattern(project, name);
        await PhasedSample.BuildAsync(project);

        var added = await tool.RunAsync(project, ["add", name, "--no-build", "--contract", "hold", .. pattern.Arguments]);
        added.Code.ShouldBe(0, added.Error);
        added.Output.ShouldContain("deploy the new release; wait until the old one is gone; then write the contract");
        added.Output.ShouldContain($"next  dotnet safe-migrate contract {name}");
        Directory.GetFiles(migrations, "*Contract*").ShouldBeEmpty();
        await PhasedSample.BuildAsync(project, "-warnaserror");
        await Ef("database", "update", "--no-build");
        await Ef("migrations", "has-pending-model-changes", "--no-build");
        (await ColumnsAsync(database)).ShouldContain(owed);

        // Meanwhile plain EF adds and removes a migration, and the project is what it was.
        var held = Texts(project);
        await Ef("migrations", "add", "Empty", "--no-build");
        await PhasedSample.BuildAsync(project);
        await Ef("migrations", "remove", "--no-build");
        // EF spells a table without a schema out when it turns a model back into a snapshot.
        var snapshot = (await File.ReadAllTextAsync(Snapshot(project))).Replace(", (string)null)", ")", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Snapshot(project), snapshot, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Texts(project).ShouldBe(held);

        // Meanwhile the model changes elsewhere; a change to what is owed is refused.
        Edit(project, "Models.cs", text => text.Replace("public decimal Total { get; set; }", "public decimal Total { get; set; } public string? Remark { get; set; }", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        var early = await tool.RunAsync(project, ["contract", name, "--no-build"]);
        early.Code.ShouldBe(2, early.Output);
        early.Error.ShouldContain("The model has changes without a migration.");
        var between = await tool.RunAsync(project, ["add", "Between", "--no-build"]);
        between.Code.ShouldBe(0, between.Error);
        between.Error.ShouldContain($"The contract of {name} is still held; when the old release is gone: dotnet safe-migrate contract {name}");
        await RefusesAsync(project, name, owed, again);
        await Ef("database", "update");
        (await sample.Driver.AskAsync(direct, pattern.Context, "direct")).ShouldNotBeEmpty();
        await direct.ExecuteAsync("""ALTER TABLE "Orders" ADD "Remark" text""");

        var written = await tool.RunAsync(project, ["contract", name]);
        written.Code.ShouldBe(0, written.Error);
        Directory.GetFiles(migrations, $"*_{name}4Contract.cs").ShouldHaveSingleItem();
        File.Exists(Path.Combine(migrations, "safe-migrate.json")).ShouldBeFalse();
        await PhasedSample.BuildAsync(project, "-warnaserror");
        await Ef("migrations", "has-pending-model-changes", "--no-build");
        await Ef("database", "update", "--no-build");
        Text(await Catalogue.SchemaAsync(database)).ShouldBe(Text(await Catalogue.SchemaAsync(direct)));
        Text(await Catalogue.DataAsync(database, [])).ShouldBe(Text(await Catalogue.DataAsync(direct, [])));

        var second = await tool.RunAsync(project, ["contract", name, "--no-build"]);
        second.Code.ShouldBe(2, second.Output);
        second.Error.ShouldContain($"No contract `{name}` is held.");

        // All the way back: the contract's Down is the held one.
        await Ef("database", "update", PhasedSample.Initial, "--no-build");
        Text(await Catalogue.SchemaAsync(database)).ShouldBe(Text(await Catalogue.SchemaAsync(sample.Old)));

        Task Ef(params string[] arguments) => ef.SucceedAsync(project, [.. arguments, "--context", "StoreContext"], environs);
    }

    [Fact]
    public async Task AColumnThatIsStillToBeDroppedDoesNotComeBack()
    {
        var project = tool.Copy("Phases");
        EditPattern(project, "DropColumn");
        await PhasedSample.BuildAsync(project);
        var added = await tool.RunAsync(project, ["add", "DropColumn", "--no-build", "--contract", "hold"]);
        added.Code.ShouldBe(0, added.Error);
        await RefusesAsync(project, "DropColumn", "Balance", "Balance");
    }

    private async Task RefusesAsync(string project, string name, string owed, string again)
    {
        var changed = $"{project}-again";
        (await Shell.RunAsync(tool.Scratch, "cp", ["-r", project, changed])).Code.ShouldBe(0);
        string[] decided = [];
        if (again == owed)
        {
            Edit(changed, "Models.cs", text => text.Replace("public int? RegionId", "public int Balance { get; set; }\n\n    public int? RegionId", StringComparison.Ordinal));
        }
        else
        {
            Edit(changed, "Models.cs", text => text.Replace(again, "Title", StringComparison.Ordinal));
            Edit(changed, "StoreContext.cs", text => text.Replace(again, "Title", StringComparison.Ordinal));
            decided = ["--rename", $"Customers.{again}=Title"];
        }
        await PhasedSample.BuildAsync(changed);
        var before = Texts(changed);
        var refused = await tool.RunAsync(changed, ["add", "Again", "--no-build", .. decided]);
        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        refused.Error.ShouldContain($"Again changes Customers.{again}, and the held contract of {name} still has work to do on it.");
        Texts(changed).ShouldBe(before);
    }

    [Fact]
    public async Task HoldIsTheDefaultWhereTheApplicationMigratesItself()
    {
        var project = tool.Copy("Phases");
        EditPattern(project, "DropColumn");
        await PhasedSample.BuildAsync(project);
        const string Held = "; then write the contract";
        (await Dry()).ShouldNotContain(Held);
        (await Dry("--contract", "hold")).ShouldContain(Held);
        await File.WriteAllTextAsync(Path.Combine(project, "StartUp.cs"), "class StartUp { void Run(Microsoft.EntityFrameworkCore.DbContext context) => context.Database.MigrateAsync(); }");
        var said = await Dry();
        said.ShouldContain(Held);
        said.ShouldContain("StartUp.cs:1 migrates at start-up");
        (await Dry("--contract", "now")).ShouldNotContain(Held);

        async Task<string> Dry(params string[] arguments)
        {
            var result = await tool.RunAsync(project, ["add", "Next", "--no-build", "--dry-run", .. arguments]);
            result.Code.ShouldBe(0, result.Error);
            return result.Output + result.Error;
        }
    }

    private static Task<IReadOnlyList<string>> ColumnsAsync(PhasedDatabase database) =>
        database.LinesAsync("SELECT attname FROM pg_attribute WHERE attrelid = '\"Customers\"'::regclass AND attnum > 0 AND NOT attisdropped");

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines);
}
