using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class FkUnvalidatedRule : Rule
{
    public override Category Category => Category.DataDependent;
    public override string Title => "A foreign key is added over rows that nobody checks";
    public override string Condition =>
        "A foreign key is added so that the rows which exist are not looked at, such as with foreign_key_checks off or WITH NOCHECK, on an engine where no later statement proves it while writers go on.";
    public override string Effect => "Rows without their parent stay. The key promises what does not hold: joins lose rows, and an UPDATE of such a row fails long afterwards.";
    public override string Workaround => "Look for such rows first and correct them. Look again afterwards: what was written in between is not checked either.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddForeignKey { NotEnforced: false } add || situation.Engine.ProvesLater || !situation.Impact.IsModelled
            || situation.Impact.FailsIf.HasFlag(FailsIf.OrphansExist) || situation.Table.Rows.Value is 0
            // In a new column stands NULL, or a default that another rule speaks of.
            || add.ForeignKey.Columns.All(column => situation.IsNew(add.Table, column)))
        {
            yield break;
        }
        var key = add.ForeignKey;
        var answer = situation.Probe(ProbeKind.Orphans, key.Columns);
        if (Probed.Holds(answer))
        {
            yield break;
        }
        var orphans = answer is { Found: > 0 } ? $"{Probed.Count(answer, "orphans")}{Probed.First(answer)} {(answer.Found == 1 ? "stays" : "stay")}" : $"a row without its {key.Principal} row stays";
        yield return Find(
            situation,
            answer is { Found: > 0 } ? Severity.Dangerous : Severity.Careful,
            $"{key.Name ?? "The foreign key"} is added without a look at {Say.Sized(add.Table, situation.Table)}: {orphans}, and the key says there is none.",
            Evidence.Join(Asked.Of(answer), Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Look for rows of {add.Table} without their {key.Principal} row by a LEFT JOIN before it, correct them, and look again afterwards: a review of the live database does the first")) with { Answer = answer };
    }
}
