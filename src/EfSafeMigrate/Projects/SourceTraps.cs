using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects;

/// <summary>What only the source of a project tells of its migrations.</summary>
internal static class SourceTraps
{
    public static ChangeSet AddTo(ChangeSet changes, LoadedProject project) =>
        AddTo(changes, SourceTree.InFolder(project.Directory), ProjectErrors.Short(project.Context.Context));

    public static ChangeSet AddTo(ChangeSet changes, SourceTree tree, string context) =>
        AddTo(changes, new SourceClasses(tree), SourceMigrations.In(tree), context);

    /// <param name="context">The context's simple name.</param>
    public static ChangeSet AddTo(ChangeSet changes, SourceClasses classes, SourceMigrations migrations, string context)
    {
        var ignored = IgnoredMigrations.In(classes)
            .Select(found => new MigrationChanges(found.Class, DatabaseModel.Empty, [found with { Origin = found.Origin with { Migration = found.Class } }]));
        var files = migrations.Migrations.Where(each => each.Context == context || each.Context is null).ToLookup(each => each.Id);
        return new([.. ignored, .. changes.Migrations.Select(migration => migration.IsPendingModel ? migration : WithLiveModel(migration, files[migration.Id].FirstOrDefault(), classes, context))]);
    }

    private static MigrationChanges WithLiveModel(MigrationChanges migration, SourceMigration? found, SourceClasses classes, string context)
    {
        // Without its attribute a migration can still be told by the name of its file.
        var file = found?.File ?? classes.Tree.Files.FirstOrDefault(each => Path.GetFileName(each) == $"{migration.Id}.cs");
        return file is not null && LiveModel.UsedIn(classes, file, found?.Designer, context) is { } use
            ? migration with
            {
                Changes = [.. migration.Changes, new LiveModelUse(use.Name) { Origin = new(migration.Id, -1, "Up") { File = file, Line = use.Line } }],
            }
            : migration;
    }
}
