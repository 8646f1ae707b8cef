using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class BulkInsertSelectRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A whole table is copied by one statement";
    public override string Condition => "INSERT … SELECT reads a table that exists already without naming its rows.";
    public override string Effect => "One long transaction keeps what it locked, holds back clean-up and replication, and starts again from nothing when it is stopped. Rows written meanwhile are not among the copies.";
    public override string Workaround => "Copy in batches by key, each in its own transaction, and bring the rows up to date that changed meanwhile.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var from = Copied.From(situation);
        if (from.Count == 0 || situation.Facts.NoTraffic)
        {
            yield break;
        }
        var source = from[0];
        yield return Find(
            situation,
            Severity.Careful,
            $"One INSERT copies the rows of {Say.Sized(source, situation.Facts.Of(source))} into {situation.Change.Target}: what is written to {source} meanwhile is not among them, and a stop starts it again from nothing.",
            Evidence.Join("one statement, one transaction", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Copy {source} in batches by key, each in its own transaction"));
    }
}
