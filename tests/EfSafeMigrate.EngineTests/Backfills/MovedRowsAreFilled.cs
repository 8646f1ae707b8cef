using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A backfill that writes rows as they are, for the triggers of a column that moves to another table: batches and proof go as with any other.</summary>
public abstract class MovedRowsAreFilled(TestDatabase database)
{
    internal abstract PlanCase Named(string name);

    [Theory]
    [InlineData("move columns to a table that is made for them", "SELECT count(*) FROM \"Customers\" c JOIN \"Profiles\" p ON p.\"CustomerId\" = c.\"Id\" AND p.\"Email\" = c.\"Email\"")]
    [InlineData("move a required column to a table that refers to its own", "SELECT count(*) FROM \"Customers\" c JOIN \"Cards\" p ON p.\"CustomerId\" = c.\"Id\" AND p.\"Email\" = c.\"Email\"")]
    public async Task Every_row_has_its_value_and_is_proven(string name, string equal)
    {
        var planCase = Named(name);
        var steps = planCase.Plan().Migrations;
        await database.ExecuteAsync("DROP TABLE IF EXISTS \"Profiles\"; DROP TABLE IF EXISTS \"Cards\"; DROP TABLE IF EXISTS \"Customers\";".Replace("\"", planCase.On.Quote("x")[..1], StringComparison.Ordinal));
        await database.ExecuteAsync(planCase.Source + planCase.Rows);
        await database.ExecuteAsync(string.Join('\n', steps[0].Up.Select(PlanText.SqlOf)));
        equal = equal.Replace("\"", planCase.On.Quote("x")[..1], StringComparison.Ordinal);
        (await AnswerAsync(equal)).ShouldBe("0");
        var spec = steps[1].Up.OfType<Fill>().Single().Spec;
        await using var filling = new Filling(database);
        (await filling.VerifyAsync(spec)).ShouldBeOfType<Differs>();
        await filling.RunAsync(spec);
        (await AnswerAsync(equal)).ShouldBe(await AnswerAsync($"SELECT count(*) FROM {planCase.On.Quote("Customers")}"));
        var verdict = await filling.VerifyAsync(spec);
        verdict.ShouldBeOfType<Proven>(verdict.ToString());
        await database.ExecuteAsync(string.Join('\n', steps[0].Down.Select(PlanText.SqlOf)));
    }

    private async Task<string> AnswerAsync(string sql) => (await database.QueryAsync(sql, [], 15, CancellationToken.None)).Rows[0][0]!;
}

public sealed class MovedRowsAreFilledOnPostgres(PostgresDatabase database) : MovedRowsAreFilled(database), IClassFixture<PostgresDatabase>
{
    internal override PlanCase Named(string name) => PlanCases.Named(name);
}

public sealed class MovedRowsAreFilledOnMariaDb(MariaDbDatabase database) : MovedRowsAreFilled(database), IClassFixture<MariaDbDatabase>
{
    internal override PlanCase Named(string name) => MariaDbPlanCases.Named(name);
}
