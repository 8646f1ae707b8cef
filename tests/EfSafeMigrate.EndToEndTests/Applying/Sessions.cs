using System.Diagnostics;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>What the tool has open on the server.</summary>
internal static class Sessions
{
    private const string Ours = "FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'safe-migrate %'";

    /// <summary>Waits until none is left.</summary>
    public static async Task NoneAsync(PhasedDatabase database, string because)
    {
        IReadOnlyList<string> left = [];
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(50))
        {
            left = await database.LinesAsync($"SELECT application_name, state, query {Ours}");
            if (left.Count == 0)
            {
                return;
            }
        }
        left.ShouldBeEmpty(because);
    }

    /// <summary>Waits until nobody has the run's lock.</summary>
    public static async Task LockIsFreeAsync(PhasedDatabase database)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(20))
        {
            if ((await database.LinesAsync("SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() WHERE l.locktype = 'advisory' AND l.classid = 23294")).Count == 0)
            {
                return;
            }
        }
        throw new TimeoutException("Somebody has the lock of runs.");
    }

    /// <summary>Waits until somebody stands in line for a lock of the application's own.</summary>
    public static async Task InLineAsync(PhasedDatabase database)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(20))
        {
            if ((await database.LinesAsync("SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() WHERE l.locktype = 'advisory' AND NOT l.granted")).Count > 0)
            {
                return;
            }
        }
        throw new TimeoutException("Nobody waits for the lock.");
    }

    /// <summary>Cuts the session that has the run's lock, or the other one.</summary>
    public static async Task CutAsync(PhasedDatabase database, bool working)
    {
        var cut = await database.LinesAsync($"""
            SELECT pg_terminate_backend(pid) FROM (SELECT pid {Ours}) ours
            WHERE {(working ? "" : "NOT ")}EXISTS (SELECT FROM pg_locks l WHERE l.pid = ours.pid AND l.locktype = 'advisory' AND l.classid = 23294)
            """);
        cut.Count.ShouldBe(1);
    }

    /// <summary>Kinds of the last run's entries.</summary>
    public static async Task<string> LastEntryAsync(PhasedDatabase database) =>
        (await database.LinesAsync("SELECT kind || coalesce(' ' || (entry::json ->> 'outcome'), '') FROM safe_migrate.journal ORDER BY number DESC LIMIT 1"))[0];
}
