using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Drifts;
using static EfSafeMigrate.EndToEndTests.Phases.StoreProject;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>A table with a part of its entities has no phases of its own: the refusal names the mapping, and the way that it names works.</summary>
/// <remarks>Among tests that it shares nothing with, where there is time.</remarks>
[Collection(nameof(DriftedShop))]
public sealed class TablesOfSharedEntities(InstalledTool tool)
{
    private const string Pets = """

        public abstract class Pet
        {
            public int Id { get; set; }

            public required string Name { get; set; }
        }

        public class Cat : Pet
        {
            public int Lives { get; set; }
        }

        public class Dog : Pet
        {
            public string? Tricks { get; set; }
        }

        """;

    private static readonly (string, string, string)[] Mappings = [("UseTptMappingStrategy", "TPT", "Pet, Dogs"), ("UseTpcMappingStrategy", "TPC", "Dogs")];

    /// <summary>The ordinary run takes one for each change.</summary>
    public static TheoryData<string, string, string> Renamed => Of(Mappings.Take(RenamedSample.Full ? 2 : 1));

    public static TheoryData<string, string, string> Dropped => Of(Mappings.Skip(RenamedSample.Full ? 0 : 1));

    [Theory]
    [MemberData(nameof(Renamed))]
    public async Task ARenameInAHierarchy(string strategy, string mapping, string others) => await RefusedAndWritten(
        $"model.Entity<Pet>().{strategy}(); model.Entity<Cat>().ToTable(\"Cats\"); model.Entity<Dog>().ToTable(\"Dogs\");",
        text => text.Replace("ToTable(\"Cats\")", "ToTable(\"Felines\")", StringComparison.Ordinal), ["--rename", "Cats=Felines"],
        $"is about a table that has its entities together with {others} (Pet is mapped by {mapping}).");

    [Theory]
    [MemberData(nameof(Dropped))]
    public async Task ADropInAHierarchy(string strategy, string mapping, string others) => await RefusedAndWritten(
        $"model.Entity<Pet>().{strategy}(); model.Entity<Cat>().ToTable(\"Cats\"); model.Entity<Dog>().ToTable(\"Dogs\");",
        text => text.Replace("model.Entity<Cat>().ToTable(\"Cats\");", "model.Ignore<Cat>();", StringComparison.Ordinal), [],
        $"is about a table that has its entities together with {others} (Pet is mapped by {mapping}).");

    [Fact]
    public async Task ARenameOfASplitEntity() => await RefusedAndWritten(
        "model.Ignore<Pet>(); model.Entity<Customer>().SplitToTable(\"Balances\", table => table.Property(each => each.Balance));",
        text => text.Replace("SplitToTable(\"Balances\"", "SplitToTable(\"Accounts\"", StringComparison.Ordinal), ["--rename", "Balances=Accounts"],
        "Balances");

    /// <summary>Its column bears its owner's name too, in the models between as well.</summary>
    [Fact]
    public async Task ATypeOfWhatIsOwned()
    {
        var project = tool.Copy("Phases");
        Edit(project, "Models.cs", text => text.Replace("    public int Balance { get; set; }\n", "    public int Balance { get; set; }\n\n    public Flat? Home { get; set; }\n", StringComparison.Ordinal)
            + "\npublic class Flat\n{\n    public required string Street { get; set; }\n\n    public int? Floor { get; set; }\n}\n");
        Edit(project, "StoreContext.cs", text => text.Replace("            customer.HasIndex(", "            customer.OwnsOne(each => each.Home);\n            customer.HasIndex(", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        (await tool.RunAsync(project, ["add", "Before", "--no-build", "--one-shot"])).Code.ShouldBe(0);
        Edit(project, "Models.cs", text => text.Replace("int? Floor", "long? Floor", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);

        var written = await tool.RunAsync(project, ["add", "Next", "--no-build", "--contract", "now"]);

        written.Code.ShouldBe(0, written.Error);
        await AllOfItAsync(project, async database =>
            (await database.LinesAsync("SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE column_name LIKE '%Floor%'")).ShouldBe(["Home_Floor bigint"]));
    }

    private static TheoryData<string, string, string> Of(IEnumerable<(string Strategy, string Mapping, string Others)> mappings)
    {
        TheoryData<string, string, string> data = [];
        foreach (var (strategy, mapping, others) in mappings)
        {
            data.Add(strategy, mapping, others);
        }
        return data;
    }

    private async Task RefusedAndWritten(string before, Func<string, string> change, string[] flags, string why)
    {
        var project = tool.Copy("Phases");
        Edit(project, "Models.cs", text => text + Pets);
        Edit(project, "StoreContext.cs", text => text.Replace("        model.Entity<Customer>(customer =>\n", $"        {before}\n        model.Entity<Customer>(customer =>\n", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);
        var begun = await tool.RunAsync(project, ["add", "Before", "--no-build", "--one-shot"]);
        begun.Code.ShouldBe(0, begun.Error);
        Edit(project, "StoreContext.cs", change);
        await PhasedSample.BuildAsync(project);

        var refused = await tool.RunAsync(project, ["add", "Next", "--no-build", .. flags]);
        refused.Code.ShouldBe(3, refused.Output + refused.Error);
        refused.Error.ShouldContain(why);
        refused.Error.ShouldContain("run it again with --one-shot to get EF's own single migration");

        var written = await tool.RunAsync(project, ["add", "Next", "--no-build", "--one-shot", .. flags]);
        written.Code.ShouldBe(0, written.Error);
        await AllOfItAsync(project, _ => Task.CompletedTask);
    }

    private static async Task AllOfItAsync(string project, Func<PhasedDatabase, Task> then)
    {
        await PhasedSample.BuildAsync(project, "-warnaserror");
        await using var database = new PhasedDatabase("Shared");
        await database.CreateAsync();
        await using var driver = new Driver(project);
        await driver.AskAsync(database, "StoreContext", "all");
        (await driver.AskAsync(database, "StoreContext", "pending")).ShouldBe("False");
        await then(database);
    }
}
