using EfSafeMigrate.Changes;
using EfSafeMigrate.EngineTests.Plans;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using EfSafeMigrate.Updates.Preflight;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>Values that have no place in the table they go to stop the run before its first phase, by their keys.</summary>
public abstract class PlacesAreAskedAbout(TestDatabase database)
{
    private const string Child = "move a required column to a table that refers to its own";
    private const string Parent = "move a required column to the table that its own refers to";
    private const string Made = "move columns to a table that is made for them";

    private protected TestDatabase Database { get; } = database;

    [Theory]
    [InlineData(Child, "DELETE FROM \"Cards\" WHERE \"CustomerId\" < 31", "Customers.Email holds values that have no row in the other table to take them: 30 values, first 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20; Next fails on them.")]
    [InlineData(Parent, "INSERT INTO \"Cards\" (\"Id\", \"CustomerId\", \"Email\") VALUES (9001, NULL, 'x')", "Cards.Email holds values that have no row in the other table to take them: 1 value, first 9001; Next fails on them.")]
    [InlineData(Made, "UPDATE \"Customers\" SET \"Email\" = '' WHERE \"Id\" IN (7, 8)", "Customers.Email holds what stands for no value until contract: 2 values, first 7, 8; Next fails on them.")]
    public async Task BeforeAnythingIsWritten(string name, string plant, string sentence)
    {
        var planCase = await ReadyAsync(name);
        (await ObjectionsAsync(planCase, contract: false)).ShouldBeEmpty();
        await Database.ExecuteAsync(Unlinked);
        await Database.ExecuteAsync(Quoted(plant));
        var objection = (await ObjectionsAsync(planCase, contract: false)).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((true, sentence));
    }

    /// <summary>Both releases have written since: what the old one left without a place is named before the column goes.</summary>
    [Theory]
    [InlineData(Child, "INSERT INTO \"Customers\" (\"Id\", \"Email\") VALUES (9002, 'late')", "Customers.Email holds values that have no row in the other table to take them: 1 value, first 9002; Next fails on them.")]
    public async Task AndOnceMoreBeforeContract(string name, string write, string sentence)
    {
        var planCase = await ReadyAsync(name);
        await PhasesAsync(planCase.Plan());
        (await ObjectionsAsync(planCase, contract: true)).ShouldBeEmpty();
        await Database.ExecuteAsync(Quoted(write));
        var objection = (await ObjectionsAsync(planCase, contract: true)).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((true, sentence));
    }

    private protected abstract Task<PlanCase> ReadyAsync(string name);

    /// <summary>Lets a row be linked to none, as other releases of a schema do.</summary>
    private protected abstract string Unlinked { get; }

    private protected virtual string Quoted(string sql) => sql;

    private protected async Task<IReadOnlyList<Objection>> ObjectionsAsync(PlanCase planCase, bool contract)
    {
        var migrations = planCase.Plan().Migrations;
        var asked = contract ? migrations.Single(migration => migration.Kind == PhaseKind.Contract) : migrations[0];
        var mark = asked.Mark("Next");
        var move = mark.Moves![0];
        var before = Database.Engine.Model(planCase.Source);
        Change change = contract ? new DropColumn(move.OldTable, move.Old) : new AddColumn(move.OldTable, new("later", "text", Nullable: true));
        var set = before.Set(change);
        return await (await Database.BeforeAsync(set with { Migrations = [.. set.Migrations.Select(migration => migration with { Phase = mark })] })).AskAsync<DataCheck>();
    }

    private async Task PhasesAsync(Plan plan)
    {
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind != PhaseKind.Contract))
        {
            foreach (var step in migration.Up)
            {
                await Database.ExecuteAsync(PlanText.SqlOf(step));
            }
        }
    }
}

public sealed class PostgresPlacesAreAskedAbout(PostgresDatabase database) : PlacesAreAskedAbout(database), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task SeveralValuesForOneRow()
    {
        var planCase = await ReadyAsync("move a column from many rows to the one they refer to");
        (await ObjectionsAsync(planCase, contract: false)).ShouldBeEmpty();
        await Database.ExecuteAsync("""UPDATE "Lines" SET "Currency" = 'XXX' WHERE "OrderId" IN (7, 8) AND "Number" = 1""");
        var objection = (await ObjectionsAsync(planCase, contract: false)).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((true, "Lines.Currency holds different values for one row of the table it goes to: 2 rows, first 7, 8; Next fails on them."));
    }

    private protected override string Unlinked => """ALTER TABLE IF EXISTS "Cards" ALTER "CustomerId" DROP NOT NULL""";

    private protected override async Task<PlanCase> ReadyAsync(string name)
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named(name));
        await Database.ExecuteAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + planCase.Source + planCase.Rows);
        return planCase;
    }
}

public sealed class MariaDbPlacesAreAskedAbout(MariaDbDatabase database) : PlacesAreAskedAbout(database), IClassFixture<MariaDbDatabase>
{
    private protected override string Unlinked => "ALTER TABLE IF EXISTS `Cards` MODIFY `CustomerId` int NULL";

    private protected override async Task<PlanCase> ReadyAsync(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        await database.RenewAsync();
        await database.ExecuteAsync(planCase.Source + planCase.Rows);
        return planCase;
    }

    private protected override string Quoted(string sql) => sql.Replace('"', '`');
}
