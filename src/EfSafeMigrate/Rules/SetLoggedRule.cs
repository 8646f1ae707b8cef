using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class SetLoggedRule : Rule
{
    private static readonly string[] Options = ["SET LOGGED", "SET UNLOGGED", "SET TABLESPACE", "SET ACCESS METHOD"];

    public override Category Category => Category.Blocking;
    public override string Title => "A table is written anew into other files";
    public override string Condition => "SET LOGGED, SET UNLOGGED, SET TABLESPACE or SET ACCESS METHOD is run on a table that exists already.";
    public override string Effect => "Every row and every index is written anew while nobody reads or writes the table. An unlogged table is empty after a crash and absent on a standby.";
    public override string Workaround => "Apply it when nobody uses the table, or fill a new table in batches and swap.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not SetTableOption set || !Options.Contains(set.Option.ToUpperInvariant())
            || !situation.Impact.Work.HasFlag(Work.Rewrite) || !situation.StopsTraffic)
        {
            yield break;
        }
        var lost = set.Option.Contains("UNLOGGED", StringComparison.OrdinalIgnoreCase) ? "; after a crash the table is empty" : "";
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} writes every row anew and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the work")}{lost}.",
            Evidence.Of(situation, "the work"),
            Cure.Text($"Apply it when nobody uses {set.Table}, and review it with {FactSheet.NoTrafficFlag}: no form of it lets them through"));
    }
}
