using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>The indexes that have to be built again with a column, and how to do so while traffic goes on.</summary>
internal static class Reindexing
{
    public static IReadOnlyList<string> Indexes(Situation situation, AlterColumn alter) =>
        [.. situation.Before.Find(alter.Table)?.Indexes.Where(index => index.Uses(alter.New.Name)).Select(index => index.Name) ?? []];

    /// <param name="situation">The alteration's.</param>
    /// <param name="alter">The column.</param>
    /// <param name="what">What is changed, for example <c>the collation</c>.</param>
    public static Cure Cure(Situation situation, AlterColumn alter, string what)
    {
        var indexes = Indexes(situation, alter);
        var keyed = situation.Before.Find(alter.Table) is { } table && table.UniqueConstraints.Append(table.PrimaryKey).Any(key => key?.Columns.Contains(alter.New.Name) == true);
        return Changes.Cure.Text(keyed || indexes.Count == 0 || situation.Engine.Online.Index is null
            ? $"Add a column with {what} beside {alter.New.Name}, keep both equal with a trigger, fill it in batches, and map the property to it; once no release reads {alter.New.Name}, {Retired.Advice(alter.New.Name)}"
            : $"Drop {Say.List(indexes)} concurrently, change {what}, and build {(indexes.Count == 1 ? "it" : "them")} concurrently again, in migrations of their own: queries go without {(indexes.Count == 1 ? "it" : "them")} meanwhile, and nobody waits");
    }
}
