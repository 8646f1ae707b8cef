using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class TruncateRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "A table is emptied";
    public override string Condition => "TRUNCATE is run on a table that an earlier migration created.";
    public override string Effect => "Every row is gone; only a backup brings them back. Reads and writes wait until the transaction ends.";
    public override string Workaround => "Save the rows first, or delete those that are not needed in batches.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Truncate truncate || TruncateCascadeRule.Speaks(situation))
        {
            yield break;
        }
        var others = situation.Impact.Locks.Select(taken => taken.Table).Where(table => !table.Matches(truncate.Table)).Distinct().ToArray();
        var unsaved = others.Prepend(truncate.Table).Where(table => !Saved.Rows(situation, table)).ToArray();
        if (unsaved.Length == 0)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"TRUNCATE deletes {(situation.Table.Rows.Value is { } rows ? Say.Rows(rows) : "every row")} of {truncate.Table}.",
            "truncated rows come back from a backup only",
            Cure.Text($"Leave the statement out where the rows are still needed; where not, save them before it: {string.Join("; ", unsaved.Select(table => Saved.Sql(situation, table)))}"));
    }
}
