using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

public class ForeignKeysFireNoTriggers
{
    [Theory]
    [InlineData("")]
    [InlineData(", on MySQL")]
    public async Task What_a_delete_empties_is_found_by_the_plan_and_made_equal_again(string on)
    {
        var planCase = MariaDbPlanCases.Named($"rename a foreign key column that a delete empties{on}");
        var plan = planCase.Plan();
        plan.Notes.ShouldContain(note => note.Contains("fires no trigger when FK_Orders_Customers_CustomerId empties Orders.CustomerId", StringComparison.Ordinal));
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in plan.Migrations.TakeWhile(migration => migration.Kind is PhaseKind.Expand or PhaseKind.Backfill))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync("DELETE FROM `Customers` WHERE `Id` <= 20;");
        (await DifferencesAsync(database, planCase)).ShouldBe("40", "the server passes the trigger by");
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind == PhaseKind.Constrain))
        {
            await database.RunAsync(migration.Up);
        }
        (await DifferencesAsync(database, planCase)).ShouldBe("0");
        await database.RunAsync("DELETE FROM `Customers` WHERE `Id` BETWEEN 21 AND 30;");
        (await DifferencesAsync(database, planCase)).ShouldBe("0", "either column has its foreign key");
        await database.RunAsync(plan.Migrations[^1].Up);
        (await database.TextAsync("SELECT count(*) FROM `Orders` WHERE `BuyerId` IS NULL")).ShouldBe("60");
    }

    [Fact]
    public async Task What_a_delete_empties_just_before_contract_is_not_brought_back()
    {
        var planCase = MariaDbPlanCases.Named("rename a foreign key column that a delete empties");
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in plan.Migrations.SkipLast(1))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync("ALTER TABLE `Orders` DROP FOREIGN KEY `FK_Orders_Customers_BuyerId`; DELETE FROM `Customers` WHERE `Id` <= 20;");
        (await DifferencesAsync(database, planCase)).ShouldBe("40");
        await database.RunAsync(plan.Migrations[^1].Up);
        (await database.TextAsync("SELECT count(*) FROM `Orders` WHERE `BuyerId` IS NULL")).ShouldBe("40");
    }

    /// <summary>Rows are deleted by the key as well: nothing is left to differ.</summary>
    [Fact]
    public void A_key_that_deletes_the_row_needs_no_second_pass() =>
        MariaDbPlanCases.Named("rename a foreign key column").Plan().Notes.ShouldNotContain(note => note.Contains("no trigger", StringComparison.Ordinal));

    [Fact]
    public async Task A_row_without_its_principal_stops_the_foreign_key_before_it_is_added()
    {
        var planCase = MariaDbPlanCases.Named("add a foreign key");
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows + "INSERT INTO `Orders` VALUES (9000, 1, 99999);");
        var schema = "";
        var refused = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            foreach (var migration in plan.Migrations)
            {
                schema = await database.SchemaAsync();
                await database.RunAsync(migration.Up);
            }
        });
        refused.Message.ShouldContain("Orders has rows without their Customers: FK_Orders_Customers cannot hold");
        (await database.SchemaAsync()).Replace("\nroutine safe_migrate_orphans", "", StringComparison.Ordinal).ShouldBe(schema);
        await database.RunAsync("DELETE FROM `Orders` WHERE `Id` = 9000;");
        await database.RunAsync(plan.Migrations[^1].Up);
        (await database.SchemaAsync()).ShouldContain("FK_Orders_Customers");
    }

    private static Task<string> DifferencesAsync(MariaDbPlans database, PlanCase planCase) =>
        database.TextAsync($"SELECT count(*) FROM `Orders` WHERE {planCase.On.Phases!.Astray(new BackfillSpec(new(null, "Orders"), ["Id", "Line"], "BuyerId", "`CustomerId`"))}");
}
