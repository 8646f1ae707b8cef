using static EfSafeMigrate.EndToEndTests.Phases.StoreProject;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>EF drops the table and creates another; it is asked whether that is one table, and then its rows stay.</summary>
[Collection(nameof(PhasedSample))]
public sealed class ATableWhoseClassIsRenamed(InstalledTool tool, PhasedSample sample)
{
    private const string Column = "Customers.Phone=PhoneNumber";

    [Fact]
    public async Task IsOneTableWhenSomebodySaysSo()
    {
        await sample.ReadyAsync(tool);
        var project = tool.Copy("Phases");
        Edit(project, "Models.cs", text => text.Replace("class Customer\n", "class Client\n", StringComparison.Ordinal)
            .Replace("public Customer Customer", "public Client Customer", StringComparison.Ordinal).Replace("Phone {", "PhoneNumber {", StringComparison.Ordinal));
        Edit(project, "StoreContext.cs", text => text.Replace("DbSet<Customer> Customers => Set<Customer>()", "DbSet<Client> Clients => Set<Client>()", StringComparison.Ordinal)
            .Replace("Entity<Customer>", "Entity<Client>", StringComparison.Ordinal).Replace("each.Phone)", "each.PhoneNumber)", StringComparison.Ordinal));
        await PhasedSample.BuildAsync(project);

        var asked = await tool.RunAsync(project, ["add", "Clients", "--no-build", "--rename", Column]);
        asked.Code.ShouldBe(2, asked.Output);
        asked.Error.ShouldContain("EF drops the table Customers and creates Clients. Are they the same rows under a new name?");
        asked.Error.ShouldContain("--rename Customers=Clients or --no-rename Customers");
        asked = await tool.RunAsync(project, ["add", "Clients", "--no-build", "--rename", "Customers=Clients"]);
        asked.Code.ShouldBe(2, asked.Output);
        asked.Error.ShouldContain("EF sees a rename: Clients.Phone → PhoneNumber.");

        string[] shapes = PhasedSample.Long ? ["--contract=now", "--one-shot"] : ["--contract=now"];
        foreach (var shape in shapes)
        {
            var before = Texts(project).Keys.ToHashSet();
            var snapshot = await File.ReadAllTextAsync(Snapshot(project));
            var added = await tool.RunAsync(project, ["add", "Clients", "--no-build", shape, "--rename", "Customers=Clients", "--rename", Column]);
            added.Code.ShouldBe(0, added.Error);
            await PhasedSample.BuildAsync(project, "-warnaserror");
            await using var database = await PhasedDatabase.CopyAsync(sample.Old, "Clients");
            await using var driver = new Driver(project);
            await driver.AskAsync(database, "StoreContext", "all");
            (await driver.AskAsync(database, "StoreContext", "pending")).ShouldBe("False");
            (await database.LinesAsync("""SELECT count(*), count("PhoneNumber") > 0 FROM "Clients" JOIN "Orders" ON "CustomerId" = "Clients"."Id" """)).ShouldBe(await sample.Old.LinesAsync("""SELECT count(*), true FROM "Customers" JOIN "Orders" ON "CustomerId" = "Customers"."Id" """));
            (await database.LinesAsync("SELECT conname FROM pg_constraint WHERE conname LIKE '%Customers%' UNION ALL SELECT relname FROM pg_class WHERE relname LIKE '%\\_Customers\\_%' OR relname = 'Customers'")).ShouldBeEmpty("what bears the old name");
            await driver.AskAsync(database, "StoreContext", "to", PhasedSample.Initial);
            (await Catalogue.SchemaAsync(database)).ShouldBe(await Catalogue.SchemaAsync(sample.Old));
            foreach (var file in Texts(project).Keys.Where(file => !before.Contains(file)))
            {
                File.Delete(Path.Combine(project, file));
            }
            await File.WriteAllTextAsync(Snapshot(project), snapshot);
        }
    }
}
