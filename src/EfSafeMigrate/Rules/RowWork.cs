using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>How much of a table a change of rows works through.</summary>
internal static partial class RowWork
{
    private const Work OverRows = Work.Scan | Work.IndexBuild | Work.Rewrite | Work.RowChanges;

    /// <summary>True for a set-based statement that somebody wrote and that reaches more rows than a batch.</summary>
    public static bool IsLarge(Situation situation) =>
        situation.Change is UpdateRows or DeleteRows && !situation.Change.Origin.Emitted && situation.Impact.Lasting && !IsFew(situation);

    /// <summary>Rows found through an index, by values or by a range that has two ends.</summary>
    public static bool IsFew(Situation situation) =>
        (situation.Impact.Work & OverRows & ~Work.Scan) == Work.RowChanges
        && ((situation.Change as UpdateRows)?.Where ?? (situation.Change as DeleteRows)?.Where) is { } where && Bounded().IsMatch(where)
        && (!situation.Impact.Work.HasFlag(Work.Scan) || IsByKey(situation, where));

    /// <summary>Where the look for the rows holds the lock as well, only the key spares the rest of the table.</summary>
    private static bool IsByKey(Situation situation, string where) =>
        situation.Before.Find(situation.Change.Target!)?.PrimaryKey is { Columns: [var first, ..] } && where.MentionsColumn(first);

    [GeneratedRegex(@"\bBETWEEN\b.+\bAND\b|=|\bIN\s*\(", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Bounded();
}
