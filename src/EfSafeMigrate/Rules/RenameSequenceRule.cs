using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RenameSequenceRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A sequence is renamed or moved under the running release";
    public override string Condition => "A sequence that an earlier migration created, and that no column owns, gets a new name or schema.";
    public override string Effect => "A release that takes its keys from the sequence (HiLo, UseSequence) asks for them by its name: every INSERT fails until the new release is everywhere.";
    public override string Workaround => "Keep the name, or create the new sequence beside it, above the numbers that are taken, and drop the old one once no release asks it.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not RenameSequence rename || Sequences.IsNew(situation, rename.Name) || Sequences.IsOwned(situation))
        {
            yield break;
        }
        var now = rename.NewSchema is { } schema && schema != rename.Schema ? $"{schema}.{rename.NewName}" : rename.NewName;
        yield return Find(
            situation,
            Severity.Dangerous,
            $"The sequence {rename.Name} becomes {now}: the running release takes its keys from {rename.Name} and fails from then on.",
            "EF asks a sequence for the next key by its name",
            Cure.Text($"Keep the name {rename.Name} in the model; where it has to change, create {now} beside it, above the numbers that are taken, and drop {rename.Name} once no release asks it"));
    }
}
