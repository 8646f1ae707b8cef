using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>One state of a project's files told by what differs from another that is known already: what is the same is not read again.</summary>
internal static class OverlaidFiles
{
    /// <param name="differences">By path in the project: the blob of the other state, null where it has no such file.</param>
    public static SourceState On(SourceState known, IReadOnlyDictionary<string, string?> differences, Blobs blobs)
    {
        if (differences.Count == 0)
        {
            return known;
        }
        var there = differences.Where(each => each.Value is not null).ToDictionary(each => each.Key, each => each.Value!);
        var files = SourceFiles.OfProject(known.Tree.Files.Where(file => !differences.ContainsKey(file)).Concat(there.Keys));
        var tree = new SourceTree(known.Tree.Directory, files, path => Read(path, known.Tree.Read)) { Head = path => Read(path, known.Tree.Head) };
        var doubtful = known.Migrations.Migrations.Where(IsTouched).SelectMany(FilesOf).Concat(differences.Keys.SelectMany(Parts)).ToHashSet();
        var found = SourceMigrations.In(tree with { Files = [.. files.Where(doubtful.Contains)] });
        return new(tree, new(
            [.. known.Migrations.Migrations.Where(migration => !IsTouched(migration) && !FilesOf(migration).Any(doubtful.Contains)).Concat(found.Migrations).OrderBy(migration => migration.Id, StringComparer.Ordinal)],
            [.. known.Migrations.Snapshots.Where(snapshot => !doubtful.Contains(snapshot.File)).Concat(found.Snapshots)]));

        string? Read(string path, Func<string, string?> same) => there.TryGetValue(path, out var blob) ? blobs.Read(blob) : differences.ContainsKey(path) ? null : same(path);

        bool IsTouched(SourceMigration migration) => FilesOf(migration).Any(file => Parts(file).Any(differences.ContainsKey));
    }

    private static IEnumerable<string> FilesOf(SourceMigration migration) => migration.Designer is { } designer ? [migration.File, designer] : [migration.File];

    /// <summary>A file and the one that EF writes beside it: alone neither tells what the migration is.</summary>
    private static IEnumerable<string> Parts(string file)
    {
        const string Designer = ".Designer.cs";
        yield return file;
        yield return file.EndsWith(Designer, StringComparison.OrdinalIgnoreCase) ? file[..^Designer.Length] + ".cs" : file[..^".cs".Length] + Designer;
    }
}

/// <summary>A project's files, and the migrations in them.</summary>
internal sealed record SourceState(SourceTree Tree, SourceMigrations Migrations)
{
    public static SourceState Of(SourceTree tree) => new(tree, SourceMigrations.In(tree));
}
