using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>Whether a change waits for a lock that others then wait behind, and what bounds its wait.</summary>
internal static class LockWait
{
    public static bool Waits(Situation situation) =>
        situation.Engine.Waiting is { } waiting && situation.Impact.Refused is null && !situation.Facts.NoTraffic
        && !IsOfRows(situation.Change)
        && (situation.Impact.Locks.Any(taken => taken.Blocks != Blocks.Nothing && !situation.IsNew(taken.Table))
            || (waiting.EveryDefinition && situation.Change is { Target: not null } and not (CreateTable or OtherStatement or Analyze or CreateView) && !situation.IsOnNewTable));

    /// <summary>The session's value at the change; null when it has set none.</summary>
    public static string? Setting(Situation situation) =>
        situation.Engine.Waiting is { } waiting ? situation.State.Settings.GetValueOrDefault(waiting.Setting.ToLowerInvariant()) : null;

    /// <summary>The bound in force; null when there is none, or none that can be read.</summary>
    public static TimeSpan? Bound(Situation situation) =>
        Setting(situation) is { } value && situation.Engine.Waiting!.Read(value) is { } bound ? bound : null;

    /// <summary>True for the first change that waits under a bound like this; behind it nothing new is to be said.</summary>
    public static bool IsFirst(Situation situation, Func<TimeSpan, bool> bound)
    {
        bool IsIt(Situation each) => Waits(each) && Bound(each) is { } set && bound(set);
        return IsIt(situation) && !situation.Earlier.Any(IsIt);
    }

    /// <summary>Neither the session nor, as far as anybody asked, the server bounds it.</summary>
    public static bool IsUnbounded(Situation situation) =>
        Setting(situation) is null
        && !(situation.Facts.Settings.GetValueOrDefault(situation.Engine.Waiting!.Setting) is { } server
            && situation.Engine.Waiting.Read(server) is { } bound && bound != Timeout.InfiniteTimeSpan && bound <= LockWaiting.Long);

    public static bool Sets(Situation situation, Change change) =>
        change is SetSetting { Value: not null } set && set.Name.Equals(situation.Engine.Waiting?.Setting, StringComparison.OrdinalIgnoreCase);

    public static string Spoken(Situation situation) => situation.Change switch
    {
        { Origin.OperationName: { Length: > 0 } and not "Sql" and var operation, Target: { } table } => $"{operation} on {table}",
        { Target: { } table } => $"the first change of {table}",
        _ => "the first change that takes a lock",
    };

    private static bool IsOfRows(Change change) => change is InsertData or UpdateData or DeleteData or InsertRows or UpdateRows or DeleteRows;
}
