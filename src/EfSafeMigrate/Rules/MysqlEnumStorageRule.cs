using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlEnumStorageRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "An ENUM grows past 255 values";
    public override string Condition => "An ENUM column gets its 256th value, at the end of its list.";
    public override string Effect => "Up to 255 values the number takes one byte in each row, beyond that two: the table is copied, and every INSERT, UPDATE and DELETE waits until the copy ends.";
    public override string Workaround => "Keep so many values in a table of their own and reference them by a key.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (ListChange.Of(situation) is not { Old.Several: false, Keeps: true } change || situation.Facts.NoTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            ListChange.OfCopy(situation),
            $"{Say.Column(change.Alter.Table, change.Alter.New.Name)} has {change.New.Values.Count} values now, which take {change.New.Bytes} bytes in a row: {ListChange.Copy(situation)}.",
            Evidence.Of(situation, "the copy"),
            Cure.Text($"Keep the values of {change.Alter.New.Name} in a table of their own: a new value is a row there"));
    }
}
