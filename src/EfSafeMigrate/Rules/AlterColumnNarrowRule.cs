using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class AlterColumnNarrowRule : Rule
{
    public override Category Category => Category.DataDependent;
    public override string Title => "A column's new type holds less than the old one";
    public override string Condition => "A column gets a shorter length, a lower precision, a smaller range, or a type that not every old value converts to.";
    public override string Effect =>
        "One value that does not fit fails the migration, on the server that has such a value and on no other. The running release fails as soon as it writes one.";
    public override string Workaround => "Count the values that do not fit, correct them, and make the release write fitting ones only. Then hold the limit by a CHECK constraint that is added unvalidated and validated in a migration of its own; the type stays.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn alter || !situation.Impact.FailsIf.HasFlag(FailsIf.ValuesDoNotFit) || ListChange.Of(situation) is not null)
        {
            yield break;
        }
        var answer = situation.Probe(ProbeKind.DoNotFit, alter.New.Name);
        var from = alter.Old is { } old ? $"{old.Type} → " : "";
        var to = alter.New.Charset is { } charset && charset != alter.Old?.Charset ? $"{alter.New.Type} CHARACTER SET {charset}" : alter.New.Type;
        var clause = Probed.Of(situation, answer, "values outside the new type", "one value outside the new type makes it fail");
        yield return Find(
            situation,
            Probed.Holds(answer) ? Severity.Careful : Severity.Dangerous,
            $"{alter.Table}.{alter.New.Name} narrows ({from}{to}) in {Say.Sized(alter.Table, situation.Table)}: {clause}, and the running release fails when it writes one.",
            Evidence.Join(Asked.Of(answer), Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Correct the values of {alter.Table}.{alter.New.Name} that do not fit {to}, deploy a release that writes none, and keep {alter.Old?.Type ?? "the type"}: a CHECK constraint holds the limit, added unvalidated and validated in a migration of its own")) with { Answer = answer };
    }
}
