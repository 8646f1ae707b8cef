using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropSequenceRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A sequence is dropped under the running release";
    public override string Condition => "A sequence that an earlier migration created, and that no column owns, is dropped.";
    public override string Effect => "A release that takes its keys from the sequence (HiLo, UseSequence) fails on every INSERT, and the number it had come to is lost.";
    public override string Workaround => "Deploy a release that does not ask the sequence first, with the drop left out of the migration; drop it in a later one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Changes.DropSequence drop || Sequences.IsNew(situation, drop.Name) || Sequences.IsOwned(situation) || Sequences.IsOfDroppedFunction(situation, drop.Name))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"The sequence {drop.Name} is dropped: a running release that takes its keys from it fails, and the number it had come to is lost.",
            "EF asks a sequence for the next key by its name",
            Cure.Text($"Leave the drop out until no release asks {drop.Name}, note the number it has come to, and drop it in a later migration"));
    }
}
