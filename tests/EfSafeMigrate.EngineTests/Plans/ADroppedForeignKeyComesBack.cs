using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Where a foreign key cannot come back unproved, undoing its drop is refused while rows stand against it, before anything is undone.</summary>
public class ADroppedForeignKeyComesBack
{
    [Theory]
    [InlineData("")]
    [InlineData(", on MySQL")]
    public async Task Rows_that_came_meanwhile_stop_it_before_anything_is_undone(string on)
    {
        var planCase = MariaDbPlanCases.Named($"drop a foreign key and add a column{on}");
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var before = await database.SchemaAsync();
        await database.RunAsync(plan.Migrations[0].Up);
        var expanded = await database.SchemaAsync();
        await database.RunAsync("INSERT INTO `Orders` (`Id`, `Line`, `CustomerId`, `Note`) VALUES (9000, 1, 99999, 'kept'); UPDATE `Orders` SET `Note` = 'kept too' WHERE `Id` = 1;");
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => database.RunAsync(plan.Migrations[0].Down));
        refused.Message.ShouldContain("Orders has rows without their Customers: FK_Orders_Customers cannot hold");
        (await database.SchemaAsync()).Replace("\nroutine safe_migrate_orphans", "", StringComparison.Ordinal).ShouldBe(expanded);
        (await database.TextAsync("SELECT count(*), count(`Note`) FROM `Orders`")).ShouldBe("3001 | 3");
        plan.Notes.ShouldContain("While rows written meanwhile lack what FK_Orders_Customers asks for, undoing its drop is refused, and nothing is undone.");
        await database.RunAsync("UPDATE `Orders` SET `CustomerId` = NULL WHERE `Id` = 9000");
        await database.RunAsync(plan.Migrations[0].Down);
        (await database.SchemaAsync()).ShouldBe(before);
        (await database.TextAsync("SELECT count(*) FROM `Orders`")).ShouldBe("3001");
    }
}
