using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Projects;

/// <summary>What only the source of a project tells of its migrations.</summary>
internal static class SourceTraps
{
    public static ChangeSet AddTo(ChangeSet changes, LoadedProject project) =>
        AddTo(changes, project.Directory, ProjectErrors.Short(project.Context.Context));

    /// <param name="context">The context's simple name.</param>
    public static ChangeSet AddTo(ChangeSet changes, string directory, string context)
    {
        var ignored = IgnoredMigrations.In(directory)
            .Select(found => new MigrationChanges(found.Class, DatabaseModel.Empty, [found with { Origin = found.Origin with { Migration = found.Class } }]));
        var locations = new SourceLocations(directory);
        return new([.. ignored, .. changes.Migrations.Select(migration => migration.IsPendingModel ? migration : WithLiveModel(migration, locations, directory, context))]);
    }

    private static MigrationChanges WithLiveModel(MigrationChanges migration, SourceLocations locations, string directory, string context) =>
        locations.PathOf(migration.Id) is { } file && LiveModel.UsedIn(file, context) is { } use
            ? migration with
            {
                Changes =
                [
                    .. migration.Changes,
                    new LiveModelUse(use.Name) { Origin = new(migration.Id, -1, "Up") { File = Path.GetRelativePath(directory, file).Replace('\\', '/'), Line = use.Line, Column = use.Column } },
                ],
            }
            : migration;
}
