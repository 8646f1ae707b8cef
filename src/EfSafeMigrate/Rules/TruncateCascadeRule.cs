using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class TruncateCascadeRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "Tables that reference an emptied one are emptied with it";
    public override string Condition => "TRUNCATE … CASCADE is run on a table that other tables reference, or of which nothing is known.";
    public override string Effect => "Every row of each table that references it, and of those that reference these, is gone without being named; only a backup brings them back.";
    public override string Workaround => "Name each table that is to be emptied, without CASCADE, and save the rows first.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!Speaks(situation) || situation.Change is not Changes.Truncate truncate)
        {
            yield break;
        }
        var others = Others(situation, truncate);
        yield return Find(
            situation,
            Severity.Dangerous,
            $"TRUNCATE … CASCADE deletes {(situation.Table.Rows.Value is { } rows ? Say.Rows(rows) : "every row")} of {truncate.Table} and every row of {(others.Count == 0 ? "each table that references it" : Say.List([.. others.Select(table => table.ToString())]))}.",
            Evidence.Join("truncated rows come back from a backup only", Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Name the tables that are to be emptied, without CASCADE, and save their rows before: {string.Join("; ", others.Prepend(truncate.Table).Select(table => Saved.Sql(situation, table)))}"));
    }

    public static bool Speaks(Situation situation) =>
        situation.Change is Changes.Truncate { Cascade: true } truncate
        && (Others(situation, truncate).Any(table => !Saved.Rows(situation, table)) || situation.Before.Find(truncate.Table) is null);

    private static IReadOnlyList<TableName> Others(Situation situation, Changes.Truncate truncate) =>
        [.. situation.Impact.Locks.Select(taken => taken.Table).Where(table => !table.Matches(truncate.Table) && !situation.IsNew(table)).Distinct()];
}
