using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed partial class RawSqlOpaqueRule : Rule
{
    private const int Shown = 60;

    public override Category Category => Category.Hygiene;
    public override string Title => "A statement that cannot be read";
    public override string Condition => "A migration runs SQL that is put together at run time or not understood, or an operation this version does not know; or an operation is computed, and `--source` runs nothing.";
    public override string Effect => "What it locks, rewrites or deletes is known only when it runs.";
    public override string Workaround => "Write it as plain statements, one after the other, so that each can be judged; or look at it, and say in a comment above it why it may run: `-- safe-migrate: ignore raw-sql-opaque because …`.";
    public override bool SeesNewTables => true;
    public override bool OnlyWhenSilent => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Impact.IsModelled || situation.Change is OpaqueSql { Joined: true } or IgnoredMigration or LiveModelUse or UnusedWaiver or ExpiredWaiver or HistoryChange)
        {
            yield break;
        }
        var (what, why) = situation.Change switch
        {
            OpaqueSql opaque => (Shortened(opaque.Sql), opaque.Why.Replace("`", "", StringComparison.Ordinal)),
            UnreadOperation unread => (Shortened(unread.Text), unread.Why.Replace("`", "", StringComparison.Ordinal)),
            UnknownOperation unknown => ($"The operation {unknown.Operation}", "this version does not know the operation"),
            var other => ($"The operation {other.GetType().Name}", $"nothing is known of it on {situation.Engine.Name}"),
        };
        var destroys = situation.Change switch
        {
            OpaqueSql opaque when Destroying().Match(opaque.Sql) is { Success: true, Value: var word } => word.ToUpperInvariant(),
            UnreadOperation unread when DestroyingCall().Match(unread.Text) is { Success: true, Value: var word } => word,
            _ => null,
        };
        var says = destroys is null ? "" : $" The word {destroys} stands in it.";
        yield return Find(
            situation,
            destroys is null ? Severity.Careful : Severity.Dangerous,
            $"{what} is not judged: {why}.{says}",
            "not read, so not predicted",
            Cure.Text(situation.Change is UnreadOperation
                ? "Write its arguments as constants, or review the migration built, without --source"
                : $"Write it as plain statements, one after the other, so that what each locks and changes can be judged{Otherwise(situation.Change)}")) with { NeedsWaiver = situation.Change is OpaqueSql or UnreadOperation };
    }

    private static string Otherwise(Change change) =>
        change is OpaqueSql ? "; or find out what it does, and say above it why it may run: -- safe-migrate: ignore raw-sql-opaque because REASON" : "";

    private static string Shortened(string sql)
    {
        var line = Spaces().Replace(sql, " ").Trim();
        return line.Length <= Shown ? line : $"{line[..Shown].TrimEnd()} …";
    }

    [GeneratedRegex(@"\b(?:DROP|TRUNCATE|DELETE)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Destroying();

    [GeneratedRegex(@"\b(?:DROP|TRUNCATE|DELETE)\w*", RegexOptions.IgnoreCase)]
    private static partial Regex DestroyingCall();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
