using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>
/// A statement that no transaction may hold open: a writer on the table makes it wait in the middle, and there it is looked at.
/// </summary>
internal static class OutsideRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Watched Of(PostgresCopy copy, Step step, bool plants)
    {
        var look = new Look(copy, step, inside: false);
        var planted = plants && look.Standing == FailsIf.Nothing ? Planted(copy, step, look) : [];
        look = new Look(copy, step, inside: false);
        using var writer = copy.Connect();
        writer.Run("BEGIN");
        foreach (var table in look.Targets.Where(relation => relation.IsTable))
        {
            // As every INSERT, UPDATE and DELETE does.
            writer.Run($"LOCK TABLE {table.Quoted} IN ROW EXCLUSIVE MODE");
        }
        var running = Task.Run(() => step.Sql.Select(copy.Migration.Try).FirstOrDefault(state => state is not null));
        var waits = Waits(copy, running);
        var locks = Look.Locks(copy.Traffic, copy.Migration.ProcessID.ToString(CultureInfo.InvariantCulture), copy.Relations);
        var stopped = waits ? copy.Relations.ToDictionary(relation => relation, relation => Traffic.Stopped(copy.Traffic, relation)) : [];
        writer.Run("ROLLBACK");
        running.Wait(Patience).ShouldBeTrue($"{step} still runs");
        return new(step)
        {
            Failure = running.Result,
            Standing = look.Standing,
            Planted = planted,
            Seen = waits && running.Result is null,
            Predicted = look.Predicted,
            Targets = look.Targets,
            Locks = locks,
            Stopped = stopped,
            Work = look.WorkDone(),
        };
    }

    private static bool Waits(PostgresCopy copy, Task running)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience && !running.IsCompleted; Thread.Sleep(5))
        {
            if (copy.Traffic.Holds($"EXISTS (SELECT FROM pg_stat_activity WHERE pid = {copy.Migration.ProcessID} AND wait_event_type = 'Lock')"))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The rows have to be committed for the statement to see them, and an interrupted build leaves its index behind.</summary>
    private static Dictionary<FailsIf, string?> Planted(PostgresCopy copy, Step step, Look look)
    {
        var all = new Dictionary<FailsIf, string?>();
        foreach (var plant in Plant.Of(step).Where(plant => plant.Sql is not null))
        {
            var table = look.Targets.Single();
            copy.Migration.Run($"CREATE TEMPORARY TABLE kept AS TABLE {table.Quoted}; {plant.Sql}");
            all[plant.Kind] = step.Sql.Select(copy.Migration.Try).FirstOrDefault(state => state is not null);
            foreach (var index in copy.Migration.Rows($"SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = {table.Oid} AND NOT indisvalid"))
            {
                copy.Migration.Run($"DROP INDEX {index[0]}");
            }
            copy.Migration.Run($"DELETE FROM {table.Quoted}; INSERT INTO {table.Quoted} TABLE kept; DROP TABLE kept");
        }
        return all;
    }
}
