using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A table that a move makes is small when a session first plans the triggers' statements, and large when it is filled.</summary>
public class ATableGrowsWhileItIsFilled
{
    private const int Rows = 2500;

    [Fact]
    public async Task Its_rows_are_found_by_key_whatever_it_was_planned_for()
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named("move an optional column to a table that is made for it alone"));
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows + """UPDATE "Customers" SET "Phone" = 'call ' || "Id";""");
        await database.RunAsync(plan.Migrations.Single(migration => migration.Kind == PhaseKind.Expand).Up);
        await database.RunAsync("""UPDATE "Customers" SET "Phone" = 'first' WHERE "Id" <= 20; ANALYZE "Profiles";""");
        await database.RunAsync(plan.Migrations.Single(migration => migration.Kind == PhaseKind.Backfill).Up);
        // What a session has read is counted for all to see when it ends.
        database.Source.Clear();
        await database.WaitAsync("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'Profiles'", $"{Rows}");
        var read = long.Parse(await database.TextAsync("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'Profiles'"), CultureInfo.InvariantCulture);
        read.ShouldBeLessThan(20 * Rows, "a batch may read the table from end to end, and a row may not");
    }
}
