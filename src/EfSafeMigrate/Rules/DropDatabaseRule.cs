using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropDatabaseRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "A database is dropped";
    public override string Condition => "A migration runs DROP DATABASE.";
    public override string Effect => "Everything in the database is gone; only a backup brings it back.";
    public override string Workaround => "Leave it out of migrations. A database that nobody uses is dropped by hand, after a backup.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropDatabase drop)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"The database {drop.Name} is dropped with everything in it.",
            "a dropped database comes back from a backup only",
            Cure.Text("Leave the statement out: a database that nobody uses is dropped by hand, after a backup"));
    }
}
