using EfSafeMigrate.Changes;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>What else goes on in a database while a backfill runs.</summary>
public class ABackfillAmongOthers
{
    private const string Rows = "INSERT INTO shared SELECT g, 'v' || g FROM generate_series(1, 2500) g;";

    public static TheoryData<string> Keys => ["PRIMARY KEY", ""];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task An_application_that_locks_rows_in_another_order_is_not_stopped(string key)
    {
        await using var database = await PlanDatabase.CreateAsync(Table(key));
        await using var application = await database.Source.OpenConnectionAsync();
        // Whoever looks for a deadlock first is its victim.
        await RunAsync(application, "SET deadlock_timeout = '10ms'; BEGIN; UPDATE shared SET old = 'mine' WHERE id = 900;");
        var backfill = database.RunAsync(Backfill(key));
        await database.WaitAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'DO %'", "1");
        await RunAsync(application, "UPDATE shared SET old = 'mine too' WHERE id = 1; COMMIT;");
        await backfill;
        (await database.TextAsync("SELECT id, fresh FROM shared WHERE fresh IS DISTINCT FROM 'v' || id ORDER BY id")).ShouldBe("1 | mine too\n900 | mine");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_stricter_isolation_of_the_database_does_not_stop_it(string key)
    {
        await using var database = await PlanDatabase.CreateAsync(Table(key));
        await database.RunAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable', current_database()); END $$");
        NpgsqlConnection.ClearAllPools();
        await using var application = await database.Source.OpenConnectionAsync();
        await RunAsync(application, "BEGIN; UPDATE shared SET old = 'mine' WHERE id = 900;");
        var backfill = database.RunAsync(Backfill(key));
        await database.WaitAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'DO %'", "1");
        await RunAsync(application, "COMMIT");
        await backfill;
        (await database.TextAsync("SELECT count(*) FROM shared WHERE fresh IS DISTINCT FROM old")).ShouldBe("0");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Rows_that_it_may_not_see_stop_it(string key)
    {
        await using var database = await PlanDatabase.CreateAsync(Table(key));
        var role = $"owner_{Guid.NewGuid():N}";
        await database.RunAsync($"CREATE ROLE {role}; ALTER TABLE shared OWNER TO {role}; ALTER TABLE shared ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY few ON shared USING (id < 100);");
        await using (var owner = await database.Source.OpenConnectionAsync())
        {
            await RunAsync(owner, $"SET ROLE {role}");
            var refused = await Should.ThrowAsync<PostgresException>(() => RunAsync(owner, Backfill(key)));
            refused.MessageText.ShouldBe($"row-level security hides rows of \"shared\" from {role}");
            await RunAsync(owner, "RESET ROLE");
        }
        (await database.TextAsync("SELECT count(*) FROM shared WHERE fresh IS NOT NULL")).ShouldBe("0");
        await database.RunAsync($"DROP OWNED BY {role}; DROP ROLE {role};");
    }

    private static string Table(string key) => $"CREATE TABLE shared (id integer {key}, old text); {Rows} ALTER TABLE shared ADD fresh text; {string.Join('\n', SharedTable.Forms.Sync(SharedTable.All[0].Spec, SharedTable.Names).Create)}";

    private static string Backfill(string key) => SharedTable.Forms.Backfill(new BackfillSpec(SharedTable.Table, key.Length > 0 ? ["id"] : [], "fresh", "old"));

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
