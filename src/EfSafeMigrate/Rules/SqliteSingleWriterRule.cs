using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class SqliteSingleWriterRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "Every writer of the file waits while one table is worked through";
    public override string Condition => "An index is built, rebuilt or dropped, or the file is compacted, on an engine where one connection writes at a time.";
    public override string Effect => "Writers of every table wait for it. Those that wait longer than their busy timeout fail with SQLITE_BUSY, “database is locked”.";
    public override string Workaround => "Give the application's connections a busy timeout longer than the work, and apply it when few write.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!situation.Engine.OneWriter || situation.Change is not (CreateIndex or DropIndex or RenameIndex or Reindex or Vacuum)
            || !situation.Impact.Lasting || !situation.StopsTraffic || situation.IsRebuild)
        {
            yield break;
        }
        var sized = situation.Change.Target is { } table ? Say.Sized(table, situation.Table) : "the file";
        var what = situation.Change switch
        {
            CreateIndex create => $"Building {create.Index.Name} on {sized}",
            DropIndex drop => $"Dropping {drop.Name} from {sized}",
            RenameIndex rename => $"Building {rename.Name} on {sized} anew as {rename.NewName}",
            Reindex { Index: { } index } => $"Building {index} on {sized} anew",
            Reindex => $"Building the indexes of {sized} anew",
            _ => "Compacting the file",
        };
        yield return Find(
            situation,
            Severity.Careful,
            $"{what} stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the work")}.",
            Evidence.Of(situation, "the work"),
            Cure.Text($"Apply it when nobody writes to the database, and review it with {FactSheet.NoTrafficFlag}; give the application's connections a busy timeout that outlasts it"));
    }
}
