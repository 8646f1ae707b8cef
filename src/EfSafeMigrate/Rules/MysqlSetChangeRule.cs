using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlSetChangeRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A SET's values change their places";
    public override string Condition => "A SET column loses a value, gets one that is not at the end of its list, or more than 8, 16, 24 or 32 of them.";
    public override string Effect =>
        "A row holds a bit for each value, so every row is written anew: the table is copied, and every INSERT, UPDATE and DELETE waits until the copy ends. A row with a value that goes fails it.";
    public override string Workaround => "Put new values at the end of the list and leave old ones in it. Keep many values in a table of their own.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (ListChange.Of(situation) is not { Old.Several: true } change)
        {
            yield break;
        }
        var answer = ListChange.Answer(situation);
        var removes = change.Removed.Count > 0;
        if (situation.Facts.NoTraffic && (!removes || Probed.Holds(answer)))
        {
            yield break;
        }
        var what = removes ? $"loses {ListChange.Named(change.Removed)}"
            : change.Keeps ? $"has {change.New.Values.Count} values now, which take {change.New.Bytes} {(change.New.Bytes == 1 ? "byte" : "bytes")} in a row"
            : "gets other places for its values";
        yield return Find(
            situation,
            removes && !Probed.Holds(answer) ? Severity.Dangerous : ListChange.OfCopy(situation),
            $"{Say.Column(change.Alter.Table, change.Alter.New.Name)} {what}: {ListChange.Copy(situation)}{(removes ? $"; {change.Lost(situation, answer)}" : "")}.",
            Evidence.Join(removes ? Asked.Of(answer) : null, Evidence.Of(situation, "the copy")),
            Cure.Text(removes ? $"Leave {ListChange.Named(change.Removed)} in the list, where {(change.Removed.Count == 1 ? "it costs" : "they cost")} nothing"
                : change.Keeps ? $"Keep the values of {change.Alter.New.Name} in a table of their own: a new value is a row there"
                : change.Added.Count == 0 ? $"Keep the list of {change.Alter.New.Name} as it is"
                : $"Put {ListChange.Named(change.Added)} at the end, which takes an instant: {change.Appended}")) with { Answer = answer };
    }
}
