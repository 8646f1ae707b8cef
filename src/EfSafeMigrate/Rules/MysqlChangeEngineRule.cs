using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlChangeEngineRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A table moves to another storage engine";
    public override string Condition => "ENGINE= names another storage engine than the table has.";
    public override string Effect =>
        "Every row is copied, and every INSERT, UPDATE and DELETE waits until the copy ends. Away from InnoDB the table has no transactions and no foreign keys any more, and a crash can damage it.";
    public override string Workaround => "Leave the engine as it is. Where the change has to be, apply it when nobody writes.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not SetTableOption { Option: "ENGINE" } set || !situation.Impact.Lasting || !situation.StopsTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"ENGINE={set.Value} copies every row of {Say.Sized(set.Table, situation.Table)} and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}.",
            Evidence.Of(situation, "the copy"),
            Cure.Text($"Leave the engine of {set.Table} as it is, or apply it when nobody writes to it, and review it with {FactSheet.NoTrafficFlag}"));
    }
}
