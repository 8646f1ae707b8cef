using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlEnumRemoveRule : Rule
{
    public override Category Category => Category.DataDependent;
    public override string Title => "A value is taken out of an ENUM";
    public override string Condition => "An ENUM column gets a list in which one of its values is missing.";
    public override string Effect =>
        "The table is copied while writers wait. One row with the value fails the copy, or loses it where sql_mode is not strict, and the running release fails when it writes it.";
    public override string Workaround => "Leave the value in the list: it costs nothing. Deploy a release that writes it no more, and give the rows another one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (ListChange.Of(situation) is not { Old.Several: false, Removed.Count: > 0 } change)
        {
            yield break;
        }
        var answer = ListChange.Answer(situation);
        yield return Find(
            situation,
            Probed.Holds(answer) ? ListChange.OfCopy(situation) : Severity.Dangerous,
            $"{Say.Column(change.Alter.Table, change.Alter.New.Name)} loses {ListChange.Named(change.Removed)}: {ListChange.Copy(situation)}; {change.Lost(situation, answer)}, and the running release fails when it writes it.",
            Evidence.Join(Asked.Of(answer), Evidence.Of(situation, "the copy")),
            Cure.Text($"Leave {ListChange.Named(change.Removed)} in the list, where {(change.Removed.Count == 1 ? "it costs" : "they cost")} nothing; deploy a release that writes {(change.Removed.Count == 1 ? "it" : "them")} no more, and give the rows of {change.Alter.Table} another value in batches")) with { Answer = answer };
    }
}
