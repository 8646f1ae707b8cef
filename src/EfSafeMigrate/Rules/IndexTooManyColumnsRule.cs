using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class IndexTooManyColumnsRule : Rule
{
    private const int Enough = 3;

    public override Category Category => Category.Hygiene;
    public override string Title => "An index has more columns than queries use";
    public override string Condition => "An index that is not unique has more than three columns.";
    public override string Effect => "Every write maintains every column of it, and a query that leaves a leading column open uses only those before it.";
    public override string Workaround => "Keep the columns that narrow the search most; put those that are only read into INCLUDE.";
    public override bool OnRequest => true;
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateIndex { Index: { Unique: false, Columns.Count: > Enough } index } create)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{index.Name} on {create.Table} has {index.Columns.Count} columns: every write maintains all of them, and few queries use more than {Enough}.",
            "a query uses the columns up to the first one it leaves open",
            Cure.Text($"Keep the {Enough} columns of {index.Name} that narrow the search most"));
    }
}
