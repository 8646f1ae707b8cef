using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class RestartSequenceRule : Rule
{
    public override Category Category => Category.DataDependent;
    public override string Title => "A sequence starts again";
    public override string Condition => "A sequence that an earlier migration created continues at another number.";
    public override string Effect => "Numbers that are taken come again: INSERTs fail on the primary key, or rows get keys that other systems know for something else.";
    public override string Workaround => "Never restart below the highest number in use: read it from the table, and set the sequence behind it.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Changes.RestartSequence restart || Sequences.IsNew(situation, restart.Name))
        {
            yield break;
        }
        yield return Find(
            situation,
            restart.Value is null ? Severity.Dangerous : Severity.Careful,
            restart.Value is { } value
                ? $"The sequence {restart.Name} continues at {value}: where a row has a number from there on, the INSERT that gets it again fails."
                : $"The sequence {restart.Name} starts again from its first number: numbers that rows have come again, and those INSERTs fail.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Leave the restart of {restart.Name} out; where numbers have to be skipped, set it behind the highest one in the table"));
    }
}
