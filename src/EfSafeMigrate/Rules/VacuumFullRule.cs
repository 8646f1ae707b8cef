using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class VacuumFullRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "VACUUM FULL shuts the table for as long as it writes it anew";
    public override string Condition => "VACUUM FULL is run on a table that exists already, or on all of them.";
    public override string Effect => "Every row and every index is written anew while nobody reads or writes the table, and the disk holds both copies meanwhile.";
    public override string Workaround => "Let plain VACUUM reuse the space; where it has to be given back, rewrite the table online with pg_repack, outside the migrations.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Vacuum { Full: true } vacuum || !situation.StopsTraffic)
        {
            yield break;
        }
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{LastingWork.Of(situation)} writes every row anew and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the work")}.",
            Evidence.Of(situation, "the work"),
            vacuum.Table is { } table
                ? Cure.Text($"Use plain VACUUM of {table}: it makes the space usable again and lets everybody through; pg_repack gives it back to the disk")
                : Cure.Text($"Use plain VACUUM, or apply it when nobody uses the database, reviewed with {FactSheet.NoTrafficFlag}"));
    }
}
