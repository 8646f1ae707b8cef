using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Another tool's migrations as git tells them: which are new, and which others have already and were edited.</summary>
internal sealed class ForeignHistory(FolderHistory folder, Func<SourceTree, IReadOnlyList<ForeignMigration>> read)
{
    /// <summary>All that stand here, in order.</summary>
    public IReadOnlyList<ForeignMigration> Here { get; } = read(folder.Here);

    /// <returns>Null where nothing tells which are new.</returns>
    public Choice? Choose() => folder.Choose([.. Here.Select(migration => migration.Id)], folder.Before is { } before ? read(before).Select(migration => migration.Id).ToHashSet() : []);

    /// <summary>A tool that has run a migration never runs what was written into it later.</summary>
    public IReadOnlyList<MigrationChanges> Edited()
    {
        var published = folder.Published is { } tree ? read(tree).GroupBy(migration => migration.Id).ToDictionary(group => group.Key, group => group.First().Sql) : [];
        return
        [
            .. Here.Where(migration => published.TryGetValue(migration.Id, out var sql) && Text(sql) != Text(migration.Sql))
                .Select(migration => new MigrationChanges(migration.Id, DatabaseModel.Empty,
                    [new EditedMigration(folder.Base, EditedMigration.Text) { Origin = new(migration.Id, -1, "") { File = migration.File, Line = migration.Line } }])),
        ];
    }

    private static string Text(string sql) => sql.ReplaceLineEndings("\n").Trim();
}
