using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class EnableRlsRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "Row-level security without a policy hides every row";
    public override string Condition => "ROW LEVEL SECURITY is enabled or forced on a table that exists already, and the set creates no policy for it before or in the same transaction.";
    public override string Effect => "With no policy nobody but the owner sees a row, and every INSERT and UPDATE is refused, without an error that names the cause.";
    public override string Workaround => "Create the policies first, or in the same transaction.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not SetTableOption { Option: "ENABLE ROW LEVEL SECURITY" or "FORCE ROW LEVEL SECURITY" } set
            || situation.EarlierInSet.Any(change => IsPolicy(change, set.Table)) || Follows(situation, set.Table)
            || situation.Before.Find(set.Table)?.Pinned.Any(pinned => pinned.By.StartsWith("policy", StringComparison.OrdinalIgnoreCase)) == true)
        {
            yield break;
        }
        var who = set.Option.StartsWith("FORCE", StringComparison.Ordinal) ? "everybody, the owner included," : "everybody but the owner";
        yield return Find(
            situation,
            Severity.Careful,
            $"Row-level security of {set.Table} comes without a policy: {who} sees no rows and writes none from the commit on.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Create the policies of {set.Table} before it, in the same migration"));
    }

    private static bool Follows(Situation situation, TableName table) =>
        situation.Change.InTransaction && situation.Migration.Changes.Skip(situation.Position + 1)
            .TakeWhile(change => change.InTransaction && change is not TransactionControl).Any(change => IsPolicy(change, table));

    private static bool IsPolicy(Change change, TableName table) =>
        change is OtherStatement { On: { } on } other && other.Verb.StartsWith("CREATE POLICY", StringComparison.OrdinalIgnoreCase) && on.Matches(table);
}
