using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

public class OneColumnChangesAgain
{
    [Theory]
    [InlineData(false, "smallint", "integer", "bigint")]
    [InlineData(false, "bigint", "integer", "smallint")]
    [InlineData(true, "smallint", "integer", "bigint")]
    public async Task A_type_that_changed_changes_again_and_both_are_undone(bool key, string first, string second, string third)
    {
        string Table(string type) => $"""
            CREATE TABLE "Orders of customers whose tables häve names that are too long" ("Id" bigint{(key ? "" : " PRIMARY KEY")}, "Code" {type} NOT NULL{(key ? """ CONSTRAINT "PK_Orders" PRIMARY KEY""" : "")});
            """;
        await using var database = await PlanDatabase.CreateAsync(Table(first) + """INSERT INTO "Orders of customers whose tables häve names that are too long" SELECT g, g FROM generate_series(1, 100) g;""");
        List<EfSafeMigrate.Plans.PlannedMigration> migrations = [];
        foreach (var (from, to) in new[] { (first, second), (second, third) })
        {
            var planCase = await PlanDatabase.OfServerAsync(new PlanCase("again", Table(from), Table(to)));
            migrations.AddRange(planCase.Plan().Migrations);
        }
        List<string> schemas = [];
        foreach (var migration in migrations)
        {
            schemas.Add(await database.SchemaAsync());
            await database.RunAsync(migration.Up);
        }
        (await database.TextAsync("""SELECT sum("Code"::int) FROM "Orders of customers whose tables häve names that are too long" """)).ShouldBe("5050");
        foreach (var (migration, schema) in migrations.Zip(schemas).Reverse())
        {
            await database.RunAsync(migration.Down);
            (await database.SchemaAsync()).ShouldBe(schema, migration.Suffix);
        }
        (await database.TextAsync("""SELECT sum("Code"::int) FROM "Orders of customers whose tables häve names that are too long" """)).ShouldBe("5050");
    }
}
