using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlModifyPrimaryKeyRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A primary key is exchanged, and with it the order of all rows";
    public override string Condition => "A primary key is dropped and another one added, in a statement that leaves the old key's columns without an index or in several statements, on an engine that keeps the rows in the order of the key.";
    public override string Effect =>
        "Each step writes every row and every index anew, and dropping alone stops all writers on MySQL. Between the statements rows have no key; one that fails halfway leaves them so. The running release finds its rows by the old key and reads the whole table for each without an index.";
    public override string Workaround => "Drop and add in one ALTER TABLE, which is one rebuild with traffic going on, and keep a unique index over the old key's columns in it.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropPrimaryKey drop || !situation.Engine.ClustersByKey)
        {
            yield break;
        }
        var beside = situation.Change.Beside.OfType<AddPrimaryKey>().FirstOrDefault();
        var later = situation.Migration.Changes.Skip(situation.Position + 1).OfType<AddPrimaryKey>().FirstOrDefault(add => DropPrimaryKeyRule.IsAbout(add, situation, drop.Table));
        var old = situation.Before.Find(drop.Table)?.PrimaryKey;
        if ((beside ?? later) is not { } next || (beside is not null && (StaysIndexed(situation, drop.Table, old, beside) || situation.Facts.NoTraffic)))
        {
            yield break;
        }
        var same = old is not null && old.Columns.SequenceEqual(next.Key.Columns);
        yield return Find(situation, Severity.Dangerous, Message(situation, drop, old, next, same, beside is not null), Evidence.Of(situation, "the rebuild"), Cured(situation, drop, old, next, same));
    }

    private static string Message(Situation situation, DropPrimaryKey drop, Key? old, AddPrimaryKey next, bool same, bool atOnce)
    {
        var sized = Say.Sized(drop.Table, situation.Table);
        var stops = situation.Impact.Blocks == Blocks.Nothing ? "" : $", and the first stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}";
        return same ? $"The primary key of {sized} is dropped and built again over the same columns: both steps write every row anew{stops}, for a name that {situation.Engine.Name} does not keep."
            : atOnce ? $"The primary key of {sized} moves to {Say.List(next.Key.Columns)} and leaves {Old(old)} without an index: the running release, which finds its rows by it, reads the whole table for each."
            : $"The primary key of {sized} moves to {Say.List(next.Key.Columns)} in two steps: each writes every row anew{stops}, the rows have no key in between, and the running release still finds them by {Old(old)}.";
    }

    private static Cure Cured(Situation situation, DropPrimaryKey drop, Key? old, AddPrimaryKey next, bool same) =>
        same ? Cure.Text($"Take both operations out of the migration: {situation.Engine.Name} calls every primary key PRIMARY")
        : situation.Engine.Online.KeySwap?.Invoke(next with { Table = drop.Table }, situation.State)
            ?? Cure.Text($"Drop and add the key of {drop.Table} in one ALTER TABLE, and keep a unique index over {Old(old)} in it; apply it when nobody uses {drop.Table}, and review it with {FactSheet.NoTrafficFlag}");

    private static string Old(Key? old) => old is null ? "the old key" : Say.List(old.Columns);

    /// <summary>Another index leads with the old key's columns, one that stands or one that the same statement makes.</summary>
    private static bool StaysIndexed(Situation situation, TableName table, Key? old, AddPrimaryKey next)
    {
        if (old is null)
        {
            return false;
        }
        var known = situation.Before.Find(table)!;
        IEnumerable<IReadOnlyList<string>> indexes =
        [
            next.Key.Columns,
            .. known.Indexes.Select(index => index.Columns),
            .. known.UniqueConstraints.Select(key => key.Columns),
            .. situation.Change.Beside.OfType<CreateIndex>().Select(create => create.Index.Columns),
            .. situation.Change.Beside.OfType<AddUniqueConstraint>().Select(add => add.Key.Columns),
        ];
        return indexes.Any(columns => columns.Take(old.Columns.Count).SequenceEqual(old.Columns));
    }
}
