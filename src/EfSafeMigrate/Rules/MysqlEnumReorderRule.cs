using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlEnumReorderRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "An ENUM's values change their places";
    public override string Condition => "An ENUM column gets a list with all its values in which one has another place than before, as when a new one is put in front of it.";
    public override string Effect => "A row holds the number of its value, so every row is written anew: the table is copied, and every INSERT, UPDATE and DELETE waits until the copy ends. ORDER BY sorts in the new order.";
    public override string Workaround => "Put new values at the end of the list, which takes an instant.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (ListChange.Of(situation) is not { Old.Several: false, Removed.Count: 0, Keeps: false } change || situation.Facts.NoTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            ListChange.OfCopy(situation),
            $"The values of {Say.Column(change.Alter.Table, change.Alter.New.Name)} get other places in the list: {ListChange.Copy(situation)}.",
            Evidence.Of(situation, "the copy"),
            Cure.Text(change.Added.Count == 0
                ? $"Keep the list of {change.Alter.New.Name} as it is, and let queries sort by something else than the ENUM"
                : $"Put {ListChange.Named(change.Added)} at the end, which takes an instant: {change.Appended}"));
    }
}
