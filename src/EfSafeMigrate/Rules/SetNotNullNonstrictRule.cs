using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class SetNotNullNonstrictRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "NULLs turn into zeros without a word";
    public override string Condition => "A nullable column becomes NOT NULL in a session whose sql_mode is not strict.";
    public override string Effect => "The server puts 0, an empty text or 0000-00-00 in the place of every NULL and reports success. Which rows had no value is not known any more.";
    public override string Workaround => "Make sql_mode strict, so that a NULL fails the statement, and fill the NULLs with values somebody chose before.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn alter || situation.Impact.Invented is not { Value: var value, Basis: var basis })
        {
            yield break;
        }
        var answer = situation.Probe(ProbeKind.Nulls, alter.New.Name);
        var gone = Probed.Holds(answer) || NullFill.InSet(situation, alter.Table, alter.New.Name);
        if (gone && !situation.StopsTraffic)
        {
            yield break;
        }
        var nulls = gone ? "no row holds NULL now" : $"every NULL becomes {value} without a word, for sql_mode is not strict";
        var stops = situation.StopsTraffic ? $", and the copy of {Say.Sized(alter.Table, situation.Table)} stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}" : "";
        yield return Find(
            situation,
            gone ? Sizes.OfBlocking(situation) : Severity.Dangerous,
            $"{alter.Table}.{alter.New.Name} becomes NOT NULL: {nulls}{stops}.",
            Evidence.Join(Asked.Of(answer), Evidence.Of(basis)),
            Cure.Text($"Leave sql_mode strict, and fill the NULLs of {alter.Table}.{alter.New.Name} with values somebody chose in a migration before it")) with { Answer = answer };
    }
}
