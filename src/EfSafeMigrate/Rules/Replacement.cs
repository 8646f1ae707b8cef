using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>The index that is built later in the set for the queries of a dropped one.</summary>
internal static class Replacement
{
    public static CreateIndex? Of(Situation situation)
    {
        if (situation.Change is not DropIndex { Table: { } table } drop || situation.Before.Find(table) is not { } before
            || before.Indexes.FirstOrDefault(index => index.Name == drop.Name) is not { Filter: null } old
            || before.Indexes.Any(other => other.Name != old.Name && other.Filter is null && Covers(other.Columns, old.Columns))
            || before.UniqueConstraints.Append(before.PrimaryKey).Any(key => key is not null && Covers(key.Columns, old.Columns)))
        {
            return null;
        }
        return Later(situation).OfType<CreateIndex>()
            .FirstOrDefault(create => create.Table.Matches(table) && create.Index.Filter is null && Covers(create.Index.Columns, old.Columns));
    }

    /// <summary>True when one transaction holds both.</summary>
    public static bool IsTogether(Situation situation, CreateIndex create) =>
        situation.Change.InTransaction && situation.Impact.Transactional
        && situation.Migration.Changes.Skip(situation.Position).TakeWhile(change => change is not TransactionControl && change.InTransaction).Contains(create);

    private static IEnumerable<Change> Later(Situation situation) =>
        situation.Migration.Changes.Skip(situation.Position + 1)
            .Concat(situation.Set.Migrations.SkipWhile(migration => migration != situation.Migration).Skip(1).SelectMany(migration => migration.Changes));

    private static bool Covers(IReadOnlyList<string> columns, IReadOnlyList<string> needed) => columns.Take(needed.Count).SequenceEqual(needed);
}
