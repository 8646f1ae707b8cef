using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using Npgsql;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.EngineTests.Plans;

public class AnIndexBuildIsKilled
{
    private const string Invalid = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready";

    [Theory]
    [InlineData("add an index")]
    [InlineData("add a unique index")]
    [InlineData("an index takes the place of another")]
    [InlineData("rename a column with unique objects")]
    public async Task The_same_migration_again_leaves_a_valid_index_and_no_other(string name)
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named(name));
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows);
        var killed = 0;
        foreach (var migration in planCase.Plan().Migrations)
        {
            if (migration.Up.Any(IsBuild))
            {
                await KillAsync(database, migration);
                (await database.TextAsync(Invalid)).ShouldNotBe("", migration.Suffix);
                killed++;
            }
            await database.RunAsync(migration.Up);
            (await database.TextAsync(Invalid)).ShouldBe("", migration.Suffix);
        }
        killed.ShouldBeGreaterThan(0);
    }

    private static bool IsBuild(Step step) =>
        step is Emit { Annotations.Count: > 0 } or SqlStep { Suppressed: true } && PlanText.SqlOf(step).Contains("INDEX CONCURRENTLY", StringComparison.Ordinal) && PlanText.SqlOf(step).StartsWith("CREATE", StringComparison.Ordinal);

    /// <summary>A writer that does not end holds the build up between its two passes, and there it is killed.</summary>
    private static async Task KillAsync(PlanDatabase database, PlannedMigration migration)
    {
        await using var writer = await database.Source.OpenConnectionAsync();
        var tables = await database.TextAsync("SELECT string_agg(relid::text, ', ') FROM pg_stat_user_tables");
        await using (var begin = new NpgsqlCommand($"BEGIN; DO $$ DECLARE each regclass; BEGIN FOREACH each IN ARRAY ARRAY[{tables}]::oid[]::regclass[] LOOP EXECUTE format('LOCK TABLE %s IN ROW EXCLUSIVE MODE', each); END LOOP; END $$", writer))
        {
            await begin.ExecuteNonQueryAsync();
        }
        var build = database.RunAsync(PlanText.SqlOf(migration.Up.Single(IsBuild)));
        await database.WaitAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'CREATE%CONCURRENTLY%'", "1");
        await database.TextAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE%CONCURRENTLY%' AND pid <> pg_backend_pid()");
        await Should.ThrowAsync<NpgsqlException>(build);
        await using var end = new NpgsqlCommand("ROLLBACK", writer);
        await end.ExecuteNonQueryAsync();
    }
}
