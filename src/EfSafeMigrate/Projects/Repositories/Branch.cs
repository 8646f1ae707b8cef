using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>
/// A project as it is here, where the branch began, and on the base branch now. What the branch adds is seen against the first; what it is in
/// conflict with, against the second.
/// </summary>
/// <param name="Base">The base branch, as a person writes it.</param>
internal sealed record Branch(string Base, SourceState Here, SourceState Beginning, SourceState Tip)
{
    /// <summary>The snapshots that changed on both sides in a way that git cannot bring together.</summary>
    public IReadOnlySet<string> ConflictingSnapshots { get; init; } = new HashSet<string>();

    /// <summary>The migrations here that the base branch does not have.</summary>
    public IReadOnlyList<SourceMigration> Added => [.. Here.Migrations.Migrations.Where(migration => !Holds(Tip, migration.Id) && !Holds(Beginning, migration.Id))];

    public static bool Holds(SourceState state, string id) => state.Migrations.Migrations.Any(migration => migration.Id == id);

    /// <summary>Everything is new.</summary>
    public static Branch FromNothing(SourceState here)
    {
        var nothing = new SourceState(new(here.Tree.Directory, [], _ => null), new([], []));
        return new("HEAD", here, nothing, nothing);
    }

    /// <param name="reading">The project in the folder or, when <paramref name="staged"/>, in the index.</param>
    public static async Task<Branch> CompareAsync(Repository repository, BaseBranch @base, Task<SourceState> reading, bool staged, CancellationToken cancellation)
    {
        var began = @base.Commit == await repository.HeadAsync(cancellation) ? @base.Commit
            : await repository.MergeBaseAsync(@base.Commit, "HEAD", cancellation) ?? throw RepositoryErrors.NoMergeBase(@base.Name, repository.IsShallow);
        var onBase = began == @base.Commit ? Task.FromResult<IReadOnlyList<FileChange>>([]) : repository.ChangesAsync(began, @base.Commit, cancellation);
        var index = repository.IndexAsync(cancellation);
        var changed = await (staged ? repository.StagedChangesAsync(began, cancellation) : repository.ChangesInFolderAsync(began, cancellation));
        var folder = new ProjectFolder(repository.Prefix, await index);
        var old = folder.At(changed);
        var here = await reading;
        var beginning = OverlaidFiles.On(here, old.Backwards(changed, here.Tree.Files), repository.Blobs);
        var tip = OverlaidFiles.On(beginning, old.Forwards(await onBase), repository.Blobs);
        var branch = new Branch(@base.Name, here, beginning, tip);
        return tip == beginning ? branch : branch with { ConflictingSnapshots = await ConflictsAsync(branch, cancellation) };
    }

    private static async Task<IReadOnlySet<string>> ConflictsAsync(Branch branch, CancellationToken cancellation)
    {
        var conflicts = new HashSet<string>();
        foreach (var snapshot in branch.Here.Migrations.Snapshots)
        {
            var here = branch.Here.Tree.Read(snapshot.File);
            var beginning = Text(branch.Beginning, snapshot);
            var tip = Text(branch.Tip, snapshot);
            if (here is not null && beginning is not null && tip is not null && here != beginning && tip != beginning && tip != here
                && await Repository.ConflictAsync(here, beginning, tip, cancellation))
            {
                conflicts.Add(snapshot.File);
            }
        }
        return conflicts;
    }

    private static string? Text(SourceState state, SourceSnapshot snapshot) =>
        state.Migrations.Snapshots.FirstOrDefault(each => each.Context == snapshot.Context) is { } there ? state.Tree.Read(there.File) : null;
}
