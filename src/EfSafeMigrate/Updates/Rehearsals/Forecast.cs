using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>How long a migration lasts on the real database, from how long it lasted on the scratch one.</summary>
/// <param name="Total">Null where a size is not known.</param>
/// <param name="Commands">As they were rehearsed.</param>
/// <param name="Longest">The lock that keeps others waiting for the longest; null when none does.</param>
internal sealed record Forecast(TimeSpan? Total, IReadOnlyList<CommandForecast> Commands, LockForecast? Longest)
{
    /// <summary>What a statement takes whatever the size of its table.</summary>
    private const double FixedMilliseconds = 1;

    /// <param name="real">Sizes on the real database.</param>
    public static Forecast Of(RehearsedMigration migration, Engine engine, FactSheet real)
    {
        CommandForecast[] commands = [.. migration.Commands.Select(command => Of(command, engine, real))];
        return new(Sum(commands.Select(command => command.Time)), commands, Hold(migration, commands));
    }

    private static CommandForecast Of(RehearsedCommand command, Engine engine, FactSheet real)
    {
        var situations = command.Command.Situations.Where(situation => !situation.IsOnNewTable).ToArray();
        var work = command.Work | situations.Aggregate(Work.Metadata, (all, situation) => all | situation.Impact.Work);
        var measured = TimeSpan.FromMilliseconds(command.Milliseconds) - command.Waited;
        TableName[] tables = [.. situations.Select(situation => situation.Change.Target).OfType<TableName>().Distinct()];
        if (work == Work.Metadata || tables.Length == 0)
        {
            return new(measured, null, command.Rows, "whatever the size");
        }
        var sizes = tables.Select(table => real.Of(table).Rows.Value).ToArray();
        if (sizes.Any(size => size is null))
        {
            return new(null, null, command.Rows, "the real size is not known");
        }
        var rows = sizes.Sum(size => size!.Value);
        if (command.Rows == 0)
        {
            var estimates = situations.Select(situation => Estimate.Of(situation.Impact, real.Of(situation.Change.Target), engine.Rates)).ToArray();
            return new(Sum(estimates.Select(each => each is { Low: { } low, High: { } high } ? Estimate.Middle(low, high) : (TimeSpan?)null)), rows, 0, $"from {engine.Name}'s usual rates, for the tables are empty here");
        }
        var ratio = (double)rows / command.Rows * (work.HasFlag(Work.IndexBuild) && !work.HasFlag(Work.Rewrite) ? Deep(rows) / Deep(command.Rows) : 1);
        var part = Math.Min(measured.TotalMilliseconds, FixedMilliseconds);
        return new(TimeSpan.FromMilliseconds(part + (measured.TotalMilliseconds - part) * ratio), rows, command.Rows, work.HasFlag(Work.IndexBuild) && !work.HasFlag(Work.Rewrite) ? "by n log n" : "by the number of rows");
    }

    /// <summary>Locks last until the transaction ends: with the command that takes it, and all that come behind.</summary>
    private static LockForecast? Hold(RehearsedMigration migration, CommandForecast[] times)
    {
        List<LockForecast> holds = [];
        for (var at = 0; at < migration.Commands.Count; at++)
        {
            var command = migration.Commands[at];
            if (command.Locks.FirstOrDefault(taken => taken.Blocks != Blocks.Nothing) is not { } strongest)
            {
                continue;
            }
            var behind = command.Command.Suppressed ? 1 : migration.Commands.Skip(at).TakeWhile(each => !each.Command.Suppressed).Count();
            holds.Add(new(strongest, Sum(times.Skip(at).Take(behind).Select(each => each.Time))));
        }
        return holds.OrderByDescending(hold => hold.Time is null).ThenByDescending(hold => hold.Time).ThenByDescending(hold => hold.Lock.Blocks).FirstOrDefault();
    }

    /// <summary>Sorting compares each row so often.</summary>
    private static double Deep(long rows) => Math.Log2(Math.Max(rows, 2));

    private static TimeSpan? Sum(IEnumerable<TimeSpan?> times) => times.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, time) => sum + time);
}

/// <param name="Time">Null where a size is not known.</param>
/// <param name="Rows">The rows it is for; null where they do not matter.</param>
/// <param name="Measured">The rows it was measured on.</param>
/// <param name="Basis">What it rests on, as a clause.</param>
internal sealed record CommandForecast(TimeSpan? Time, long? Rows, long Measured, string Basis);

/// <param name="Time">Null where a size is not known.</param>
internal sealed record LockForecast(TableLock Lock, TimeSpan? Time);
