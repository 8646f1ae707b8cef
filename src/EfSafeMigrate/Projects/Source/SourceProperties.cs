using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The properties behind the columns, as Designers and the snapshot know them: also those that the classes have no more.</summary>
internal static class SourceProperties
{
    /// <param name="migrations">Of one context.</param>
    /// <param name="ids">The migrations whose columns are asked about: the models before and after each are read.</param>
    public static IReadOnlyList<MappedProperty> Of(SourceMigrations migrations, SourceClasses classes, Engine engine, IReadOnlyCollection<string> ids)
    {
        var all = migrations.Migrations;
        SourceMigration[] around = [.. all.Where((each, at) => ids.Contains(each.Id) || (at + 1 < all.Count && ids.Contains(all[at + 1].Id)))];
        var designed = OnAllCores.Select(around, each => SourceModel.TablesOf(each, classes, engine)?.Properties());
        var kept = migrations.Snapshots.Select(snapshot => SourceModel.TablesOf(snapshot, classes, engine)?.Properties());
        return [.. designed.Concat(kept).OfType<IReadOnlyList<MappedProperty>>().SelectMany(each => each).Distinct()];
    }
}
