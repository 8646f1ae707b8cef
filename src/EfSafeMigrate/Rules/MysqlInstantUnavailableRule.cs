using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlInstantUnavailableRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "The table's form makes the server write it anew for a column";
    public override string Condition =>
        "A column is added to or dropped from a table with a FULLTEXT index, with the hidden column that one has left, or with compressed rows, and on another table it would take an instant. Tables that have seen 64 instant changes (255 from MySQL 9.1) are not recognised: the schema does not say so.";
    public override string Effect => "The server falls back to a rebuild or a copy without a word. With a FULLTEXT index every INSERT, UPDATE and DELETE waits until it ends.";
    public override string Workaround => "Write ALGORITHM=INSTANT, so that the server refuses instead. Put new columns into a table of their own, or apply the change when nobody writes.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not (AddColumn or DropColumn) || !situation.Impact.Lasting || situation.Facts.NoTraffic
            || situation.Change.Target is not { } name || situation.Before.Find(name) is not { } table || !IsInstantOn(Plain(table), situation))
        {
            yield break;
        }
        var index = table.Indexes.FirstOrDefault(each => each.Method is not null)?.Name;
        var form = index is not null ? $"{index} is a FULLTEXT index"
            : table.Options.Any(option => option.Name == Table.LeftByFullText) ? "the FULLTEXT index it had has left a hidden column behind"
            : "its rows are compressed";
        var stops = situation.Impact.Blocks == Blocks.Nothing ? "while traffic goes on" : $"and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the rebuild")}";
        var verb = situation.Change is AddColumn ? "Adding" : "Dropping";
        yield return Find(
            situation,
            situation.StopsTraffic ? Sizes.OfBlocking(situation) : Severity.Careful,
            $"{verb} {situation.Change.TargetColumn} writes every row of {Say.Sized(name, situation.Table)} anew {stops}, for {form}: on another table it takes an instant.",
            Evidence.Of(situation, "the rebuild"),
            Cure.Text(situation.Change is AddColumn
                ? $"Keep {situation.Change.TargetColumn} in a table of its own with the key of {name}, or apply it when nobody writes to {name}, and review it with {FactSheet.NoTrafficFlag}"
                : $"Apply it when nobody writes to {name}, and review it with {FactSheet.NoTrafficFlag}: a column that no release reads can wait"));
    }

    private static Table Plain(Table table) => table with { Options = [], Indexes = [.. table.Indexes.Where(index => index.Method is null)] };

    private static bool IsInstantOn(Table plain, Situation situation) =>
        situation.Engine.ImpactOf(situation.Change, situation.State with
        {
            Model = situation.Before with { Tables = [.. situation.Before.Tables.Select(table => table.Name == plain.Name ? plain : table)] },
        }) is { Lasting: false };
}
