using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>What the files of the migrations tell that no operation does.</summary>
/// <param name="branch">Null where there is nothing to compare with.</param>
internal sealed class HistoryTraps(SourceState here, Branch? branch, string? context)
{
    private readonly IReadOnlyList<SourceMigration> migrations = here.Migrations.Of(context).Migrations;

    private readonly HashSet<string> added = branch?.Added.Select(migration => migration.Id).ToHashSet() ?? [];

    /// <param name="chosen">The migrations under review.</param>
    public IReadOnlyList<HistoryChange> Find(IReadOnlyCollection<string> chosen)
    {
        var looked = migrations.Where(migration => chosen.Contains(migration.Id) || added.Contains(migration.Id)).ToArray();
        IReadOnlyList<HistoryChange> conflicts = [.. Markers(looked)];
        return
        [
            .. conflicts,
            .. branch is null ? [] : new BranchTraps(branch, context).Find(),
            .. Duplicates(chosen),
            .. looked.SelectMany(Parts),
            .. conflicts.Count > 0 ? [] : new SnapshotTraps(here, branch, context).Find(),
        ];
    }

    /// <summary>Those of migrations under review stand with their migration, the others by themselves in front.</summary>
    public static ChangeSet AddTo(ChangeSet changes, IReadOnlyList<HistoryChange> found)
    {
        var byMigration = found.ToLookup(change => change.Origin.Migration);
        var reviewed = changes.Migrations.Select(migration => migration.Id).ToHashSet();
        return new(
        [
            .. byMigration.Where(group => !reviewed.Contains(group.Key)).Select(group => new MigrationChanges(group.Key, DatabaseModel.Empty, [.. group])),
            .. changes.Migrations.Select(migration => byMigration[migration.Id].ToArray() is { Length: > 0 } more ? migration with { Changes = [.. migration.Changes, .. more] } : migration),
        ]);
    }

    private IEnumerable<HistoryChange> Markers(IReadOnlyList<SourceMigration> looked)
    {
        var snapshots = here.Migrations.Of(context).Snapshots.Select(snapshot => (Id: Path.GetFileNameWithoutExtension(snapshot.File), snapshot.File, InSnapshot: true));
        var files = looked.SelectMany(migration => new[] { migration.File, migration.Designer }.OfType<string>().Distinct().Select(file => (migration.Id, File: file, InSnapshot: false)));
        foreach (var (id, file, inSnapshot) in snapshots.Concat(files))
        {
            if (MarkedLine(here.Tree.Read(file) ?? "") is { } line)
            {
                yield return new ConflictMarkers(inSnapshot) { Origin = At(id, "Merge", file, line) };
            }
        }
    }

    private IEnumerable<HistoryChange> Duplicates(IReadOnlyCollection<string> chosen)
    {
        for (var index = 1; index < migrations.Count; index++)
        {
            var migration = migrations[index];
            foreach (var other in migrations.Take(index))
            {
                Shared? shared = !chosen.Contains(migration.Id) && !chosen.Contains(other.Id) ? null
                    : other.Id == migration.Id ? Shared.Id
                    : MigrationChanges.NameOf(other.Id) == MigrationChanges.NameOf(migration.Id) ? Shared.Name
                    : TimestampOf(other.Id) is { } time && time == TimestampOf(migration.Id) ? Shared.Timestamp
                    : null;
                if (shared is { } what)
                {
                    var named = chosen.Contains(migration.Id) ? migration : other;
                    yield return new DuplicateMigration(named == migration ? other.Id : migration.Id, what) { Origin = At(named.Id, "Migration", named.File, ClassIn(named)?.Line ?? 1) };
                }
            }
        }
    }

    private IEnumerable<HistoryChange> Parts(SourceMigration migration)
    {
        if (ClassIn(migration) is not { } written)
        {
            yield break;
        }
        if (migration.Designer is null)
        {
            yield return new ModellessMigration { Origin = At(migration.Id, "Migration", migration.File, written.Line) };
        }
        if (added.Contains(migration.Id) && written.ChangesSomething && written.LacksDown is var (empty, line))
        {
            yield return new DownlessMigration(empty) { Origin = At(migration.Id, "Down", migration.File, line) };
        }
    }

    private MigrationClass? ClassIn(SourceMigration migration) => here.Tree.Read(migration.File) is { } text ? MigrationClass.Of(text, migration.Class) : null;

    public static Origin At(string migration, string what, string file, int line) => new(migration, -1, what) { File = file, Line = line };

    private static string? TimestampOf(string id) => id.IndexOf('_', StringComparison.Ordinal) is > 0 and var at && id[..at].All(char.IsAsciiDigit) ? id[..at] : null;

    /// <summary>The first line of what git could not merge.</summary>
    public static int? MarkedLine(string text)
    {
        const string Mark = "<<<<<<< ";
        var at = text.StartsWith(Mark, StringComparison.Ordinal) ? 0 : text.IndexOf('\n' + Mark, StringComparison.Ordinal);
        return at < 0 ? null : at == 0 ? 1 : text.AsSpan(0, at).Count('\n') + 2;
    }
}
