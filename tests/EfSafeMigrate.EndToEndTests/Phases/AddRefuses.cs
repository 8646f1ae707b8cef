using static EfSafeMigrate.EndToEndTests.Phases.StoreProject;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>One clear sentence and the next step, exit code 2 for what the caller or the project has to put right and 3 for what the tool will not do; no file is touched.</summary>
[Collection(nameof(PhasedSample))]
public sealed class AddRefuses(InstalledTool tool, PhasedSample sample)
{
    [Fact]
    public async Task AModelThatDoesNotBuild() => await Refused(
        project => File.AppendAllText(Path.Combine(project, "Store", "Models.cs"), "class Broken { int x = \"a\"; }"),
        ["add", "Next"], "does not build: Models.cs(");

    [Fact]
    public async Task AMergeThatIsNotFinished()
    {
        const string Conflict = "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n";
        var project = tool.Copy("Phases");
        EditPattern(project, "AddIndex");
        await PhasedSample.BuildAsync(project);
        await File.AppendAllTextAsync(Snapshot(project), Conflict);
        (await Refused(project, ["add", "Next"])).ShouldContain("`StoreContextModelSnapshot.cs` has conflict markers: two branches changed the model.");
        (await Refused(project, ["add", "Next", "--no-build"])).ShouldContain("`StoreContextModelSnapshot.cs` has conflict markers: two branches changed the model.");
        (await Refused(project, ["add", "Next", "--no-build", "--one-shot"])).ShouldContain("`StoreContextModelSnapshot.cs` has conflict markers: two branches changed the model.");
    }

    [Fact]
    public async Task ANameThatIsTaken()
    {
        var project = tool.Copy("Phases");
        EditPattern(project, "AddIndex");
        await PhasedSample.BuildAsync(project);
        (await Refused(project, ["add", "Initial", "--no-build"])).ShouldContain("The name 'Initial' is used by an existing migration.");

        var migrations = Path.Combine(project, "Store", "Migrations");
        var file = Path.Combine(migrations, "20990101000000_Next1Expand.cs");
        await File.WriteAllTextAsync(file, "// not compiled yet\n");
        (await Refused(project, ["add", "Next", "--no-build"])).ShouldContain("The name Next1Expand is taken: `20990101000000_Next1Expand.cs` has it.");
        File.Delete(file);

        await File.WriteAllTextAsync(Path.Combine(project, "Names.cs"), "namespace Phases.Store.Migrations { public enum Next1Expand { } }\n");
        (await Refused(project, ["add", "Next", "--no-build"])).ShouldContain("The name Next1Expand is taken: `Names.cs` has it.");
        await File.WriteAllTextAsync(Path.Combine(project, "Names.cs"), "namespace Elsewhere { public enum Next1Expand { } }\n");

        // Phases that were added once and are pending once more: EF itself knows no migration `Next`.
        (await tool.RunAsync(project, ["add", "Next", "--no-build"])).Code.ShouldBe(0);
        (await Refused(project, ["add", "Next", "--no-build", "--dry-run"])).ShouldContain("The name Next1Expand is taken: `");
    }

    [Fact]
    public async Task ASnapshotThatHasFallenBehind()
    {
        var project = tool.Copy("Phases");
        var old = await File.ReadAllTextAsync(Snapshot(project));
        EditPattern(project, "AddCheck");
        await PhasedSample.BuildAsync(project);
        var added = await tool.RunAsync(project, ["add", "Checked", "--no-build", "--one-shot"]);
        added.Code.ShouldBe(0, added.Error);
        await File.WriteAllTextAsync(Snapshot(project), old);
        await PhasedSample.BuildAsync(project);
        var said = await Refused(project, ["add", "Next", "--no-build"]);
        said.ShouldContain($"The snapshot of the model stands at `{PhasedSample.Initial}`, and `");
        said.ShouldContain("_Checked` is newer.");
        File.Delete(Snapshot(project));
        (await Refused(project, ["add", "Next"])).ShouldContain("_Checked` but no snapshot of the model.");
    }

    [Fact]
    public async Task AFolderThatCannotBeWritten()
    {
        var project = tool.Copy("Phases");
        EditPattern(project, "AddCheck");
        await PhasedSample.BuildAsync(project);
        // Nobody may make a folder there, whoever runs the tests.
        var said = await Refused(project, ["add", "Next", "--no-build", "--output-dir", "/proc/safe-migrate"], planned: true);
        said.ShouldContain("The files cannot be written: ");
        (await Refused(project, ["add", "Next", "--no-build", "--output-dir", "Program.cs/Changes"], planned: true)).ShouldContain("The files cannot be written: ");
        // The snapshot is the last file: the migrations are there already when its place turns out to be taken.
        Directory.CreateDirectory(Snapshot(project) + ".tmp");
        (await Refused(project, ["add", "Next", "--no-build"], planned: true)).ShouldContain("The files cannot be written: ");
        Directory.Exists(Path.Combine(project, "obj", "safe-migrate.undo")).ShouldBeFalse();
    }

    [Fact]
    public async Task AProviderItDoesNotKnow()
    {
        var project = tool.Copy("Tiny");
        BrokenProjects.UseUnknownProvider(project);
        (await Refused(project, ["add", "Next"])).ShouldContain("uses the provider `Tiny`, which this version does not know");
    }

    [Fact]
    public async Task AChangeThatHasNoPhases()
    {
        var project = tool.Copy("Phases");
        Edit(project, "Models.cs", text => text.Replace("public decimal Total", "public int Total", StringComparison.Ordinal));
        (await Refused(project, ["add", "Next"], code: 3)).ShouldContain("There are no phases for the change of Orders.Total from numeric to integer under one name: ");
    }

    [Fact]
    public async Task AColumnThatIsNotOnePropertyOnly()
    {
        var project = tool.Copy("Phases");
        Edit(project, "Models.cs", text => text.Replace("    public int Balance { get; set; }\n", "    public int Balance { get; set; }\n\n    public Card Card { get; set; } = null!;\n", StringComparison.Ordinal)
                .Replace("class Region\n{\n", "class Region\n{\n    public Notes Notes { get; set; } = null!;\n\n", StringComparison.Ordinal)
            + "\npublic class Card\n{\n    public int Id { get; set; }\n\n    public int Balance { get; set; }\n}\n\npublic class Notes\n{\n    public string? Text { get; set; }\n}\n");
        Edit(project, "StoreContext.cs", text => text.Replace("            customer.HasIndex(each => each.Name);\n", """
                        customer.HasIndex(each => each.Name);
                        customer.HasOne(each => each.Card).WithOne().HasForeignKey<Card>(each => each.Id);
                        customer.Property(each => each.Balance).HasColumnName("Balance");
                        model.Entity<Region>().OwnsOne(each => each.Notes, notes => notes.ToJson("Notes"));
                        model.Entity<Card>().ToTable("Customers").Property(each => each.Balance).HasColumnName("Balance");

            """, StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        (await tool.RunAsync(project, ["add", "Split", "--no-build", "--one-shot"])).Code.ShouldBe(0);

        Edit(project, "StoreContext.cs", text => text.Replace("HasColumnName(\"Balance\")", "HasColumnName(\"Saldo\")", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        (await Refused(project, ["add", "Next", "--no-build", "--rename", "Customers.Balance=Saldo"], code: 3))
            .ShouldContain("the column `Balance`, to which Card.Balance and Customer.Balance are mapped, so that it is open which of them keeps it.");

        Edit(project, "StoreContext.cs", text => text.Replace("HasColumnName(\"Saldo\")", "HasColumnName(\"Balance\")", StringComparison.Ordinal).Replace("ToJson(\"Notes\")", "ToJson(\"Remarks\")", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        var said = await Refused(project, ["add", "Next", "--no-build", "--rename", "Regions.Notes=Remarks"], code: 3);
        said.ShouldContain("the column `Notes`, in which ");
        said.ShouldContain(" is kept as JSON, and no property of its own.");
    }

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
        (await Refused(project, ["rewrite", "Initial", "--no-build"], code: 3)).ShouldContain("is on origin/main already");

        var applied = await Refused(project, ["rewrite", "Initial", "--no-build", "--connection", sample.Old.ConnectionString], code: 3);
        applied.ShouldContain("is applied to the database");

        (await Shell.RunAsync(project, "git", ["update-ref", "-d", "refs/remotes/origin/main"])).Code.ShouldBe(0);
        await File.AppendAllTextAsync(Path.Combine(project, "Store", "Migrations", $"{PhasedSample.Initial}.cs"), "// changed\n");
        (await Refused(project, ["rewrite", "Initial", "--no-build"], code: 3)).ShouldContain("not committed");
    }

    private async Task Refused(Action<string> breakIt, string[] arguments, string sentence)
    {
        var project = tool.Copy("Phases");
        breakIt(project);
        (await Refused(project, arguments)).ShouldContain(sentence);
    }

    private async Task<string> Refused(string project, string[] arguments, int code = 2, bool planned = false)
    {
        var before = Texts(project);
        var result = await tool.RunAsync(project, arguments);
        result.Code.ShouldBe(code, result.Output + result.Error);
        Texts(project).ShouldBe(before);
        (result.Output.Length > 0).ShouldBe(planned, result.Output);
        var said = result.Error.TrimEnd('\n').Split('\n').Where(line => !line.EndsWith('…')).ToArray();
        said.Length.ShouldBe(2, result.Error);
        said[1].ShouldStartWith("  → ");
        return result.Error;
    }
}
