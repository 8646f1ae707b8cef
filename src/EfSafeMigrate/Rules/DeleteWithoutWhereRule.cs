using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed partial class DeleteWithoutWhereRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "Every row of a table is deleted";
    public override string Condition => "DELETE is run without a WHERE, or with one that is always true, on a table that an earlier migration created.";
    public override string Effect => "Every row is gone; only a backup brings them back. Until the transaction ends nobody changes the rows.";
    public override string Workaround => "Say which rows are meant, save them first, and delete them in batches.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DeleteRows delete || (delete.Where is { } where && !AlwaysTrue().IsMatch(where))
            || Saved.Rows(situation, delete.Table))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Dangerous,
            $"DELETE without a condition removes {(situation.Table.Rows.Value is { } rows ? Say.Rows(rows) : "every row")} of {delete.Table}.",
            "deleted rows come back from a backup only",
            Cure.Text($"Give the statement a WHERE that names the rows, or save them before it: {Saved.Sql(situation, delete.Table)}"));
    }

    [GeneratedRegex(@"^[\s(]*(?:TRUE|(?<value>\d+|'[^']*')\s*=\s*\k<value>)[\s)]*$", RegexOptions.IgnoreCase)]
    private static partial Regex AlwaysTrue();
}
