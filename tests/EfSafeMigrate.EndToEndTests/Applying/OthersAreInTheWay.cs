using System.Diagnostics;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Somebody holds what a step needs: nobody queues behind the step for long, the holder is named, and the step succeeds later.</summary>
[Collection(nameof(BusySample))]
public sealed class OthersAreInTheWay(InstalledTool tool, BusySample sample)
{
    private const string Waits = "SELECT query_start FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'safe-migrate %' AND wait_event_type = 'Lock'";

    [Fact]
    public async Task NobodyQueuesBehindAStepThatWaitsForAReader()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PlainContext");
        await using var reader = await busy.InTransactionAsync("night-report", """SELECT count(*) FROM "Notes" """);
        var run = busy.ApplyAsync();
        HashSet<string> attempts = [];
        var stayed = new Stopwatch();
        while (attempts.Count < 3)
        {
            attempts.UnionWith(await busy.UntilAsync(Waits, run));
            stayed.Start();
            // Comes behind the step in the queue; the reader stays, so only the step's giving up lets it through.
            await busy.Database.ExecuteAsync("""SELECT count(*) FROM "Notes" """);
        }
        await BusyDatabase.DoAsync(reader, "COMMIT");
        stayed.Stop();

        var ended = await run;

        ended.Code.ShouldBe(0, ended.Output + ended.Error);
        ended.Error.ShouldContain($"AddTier waits behind process {reader.ProcessID} (night-report), open for ");
        ended.Error.ShouldContain("""SELECT count(*) FROM "Notes" """.TrimEnd());
        (await busy.Database.LinesAsync("SELECT 1 FROM information_schema.columns WHERE table_name = 'Notes' AND column_name = 'Tier'")).Count.ShouldBe(1);
        // The server gives up after 500 ms; a machine that stands still then holds up the three attempts as well.
        var waited = (await busy.EntryAsync("step-ended")).GetProperty("longestWaitMilliseconds").GetDouble();
        waited.ShouldBeInRange(1, stayed.Elapsed.TotalMilliseconds);
    }

    [Fact]
    public async Task ARedactedRunDoesNotShowTheStatementOfTheReader()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PlainContext");
        await using var reader = await busy.InTransactionAsync("night-report", """SELECT count(*) AS secret_of_the_reader FROM "Notes" """);
        var run = busy.ApplyAsync("--redact", "--json");
        await busy.UntilAsync(Waits + " AND clock_timestamp() - (SELECT xact_start FROM pg_stat_activity WHERE application_name = 'night-report' AND datname = current_database()) > interval '2 seconds'", run);
        await busy.UntilAsync("SELECT 1 WHERE NOT EXISTS (" + Waits + ")", run);
        await BusyDatabase.DoAsync(reader, "COMMIT");

        var ended = await run;

        ended.Code.ShouldBe(0, ended.Output + ended.Error);
        ended.Output.ShouldContain($"\"process\":{reader.ProcessID},\"application\":\"night-report\"");
        (ended.Output + ended.Error).ShouldNotContain("secret_of_the_reader");
        (await busy.Database.LinesAsync("SELECT entry FROM safe_migrate.journal")).ShouldNotContain(entry => entry.Contains("secret_of_the_reader", StringComparison.Ordinal));
    }

    /// <summary>A short timeout would kill the build and leave an invalid index.</summary>
    [Fact]
    public async Task AConcurrentBuildWaitsForAnOldSnapshot()
    {
        await using var busy = await sample.DatabaseAsync(tool, "ConcurrentContext");
        await using var old = await busy.InTransactionAsync("old-snapshot", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        await BusyDatabase.DoAsync(old, "SELECT 1");
        var run = busy.ApplyAsync();
        await busy.UntilAsync(Waits + " AND wait_event = 'virtualxid' AND clock_timestamp() - query_start > interval '2 seconds'", run);
        await BusyDatabase.DoAsync(old, "COMMIT");

        var ended = await run;

        ended.Code.ShouldBe(0, ended.Output + ended.Error);
        (await busy.Database.LinesAsync("""SELECT indisvalid FROM pg_index WHERE indexrelid = '"IX_Notes_Title"'::regclass""")).ShouldBe(["True"]);
    }

    [Fact]
    public async Task AReaderIsEndedWhenThatWasAskedFor()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PlainContext");
        var role = $"app_{Guid.NewGuid():N}";
        await busy.Database.ExecuteAsync($"""CREATE ROLE {role} LOGIN PASSWORD '{role}'; GRANT SELECT ON "Notes" TO {role}""");
        await using var reader = await busy.InTransactionAsync("night-report", """SELECT count(*) FROM "Notes" """, role);
        await using var writer = await busy.InTransactionAsync("import", """INSERT INTO "Notes" ("Title") VALUES ('kept')""");

        await using var run = busy.Follow("--kill-blockers");
        var told = await run.MustAsync("blocker", $"\"process\":{writer.ProcessID}");
        await BusyDatabase.DoAsync(writer, "COMMIT");
        var ended = await run.EndAsync();
        await busy.Database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");

        ended.Code.ShouldBe(0, ended.Output + ended.Error);
        told.GetProperty("spared").GetString().ShouldBe("it belongs to a superuser");
        var gone = await run.MustAsync("blocker", $"\"process\":{reader.ProcessID}");
        gone.GetProperty("ended").GetBoolean().ShouldBeTrue();
        (await busy.EntryAsync("step-ended")).GetProperty("endedSessions")[0].GetProperty("process").GetInt32().ShouldBe(reader.ProcessID);
        (await busy.Database.LinesAsync("""SELECT 1 FROM "Notes" WHERE "Title" = 'kept'""")).Count.ShouldBe(1);
    }
}
