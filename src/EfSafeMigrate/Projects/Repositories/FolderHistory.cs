using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The files of a folder as they stand here, and as git has them where the branch began.</summary>
/// <param name="Here">Those in the folder or, for what is staged, in the index.</param>
internal sealed record FolderHistory(SourceTree Here)
{
    /// <summary>What tells the new from the old; null where nothing does.</summary>
    public SourceTree? Before { get; private init; }

    /// <summary>What others have already; null where there is no base branch, or only its owner has it.</summary>
    public SourceTree? Published { get; private init; }

    /// <summary>The base branch, as a person writes it.</summary>
    public string Base { get; private init; } = "";

    private bool IsBase { get; init; }

    private bool IsStaged { get; init; }

    /// <summary>Why git does not tell, as a clause; null where it does, or nobody asked.</summary>
    private string? Silent { get; init; }

    /// <param name="asked">Null to leave git out of it: the call names the migrations.</param>
    /// <param name="matters">False for a file that nobody reads, by its path in the folder.</param>
    /// <param name="variable">A variable of the environment.</param>
    /// <exception cref="SafeMigrateException">What was asked for cannot be told.</exception>
    public static async Task<FolderHistory> ReadAsync(
        SourceTree folder, HistoryRequest? asked, Func<string, bool> matters, Func<string, string?> variable, CancellationToken cancellation)
    {
        if (asked is null)
        {
            return new(folder);
        }
        try
        {
            using var repository = await Repository.FindAsync(folder.Directory, variable, cancellation);
            return repository is not null ? await InAsync(new(repository, folder, matters), asked, variable, cancellation)
                : !asked.Needs ? new(folder)
                : throw RepositoryErrors.NoRepository(asked.Option, folder.Directory);
        }
        catch (SafeMigrateException exception) when (!asked.Needs)
        {
            return new(folder) { Silent = $"{exception.Message.TrimEnd('.')}: {exception.Next}" };
        }
    }

    /// <param name="ids">Of all migrations here, in order.</param>
    /// <param name="before">Those that stood in <see cref="Before"/>.</param>
    /// <returns>Null where nothing tells which are new.</returns>
    public Choice? Choose(IReadOnlyList<string> ids, IReadOnlySet<string> before)
    {
        if (Before is null)
        {
            return Silent is null ? null : Choice.Newest(ids) with { Note = Silent };
        }
        string[] added = [.. ids.Where(id => !before.Contains(id))];
        return IsStaged ? Choice.Staged(added)
            : added.Length == 0 && IsBase ? Choice.Newest(ids, Base)
            : Choice.Added(added, Base);
    }

    private static async Task<FolderHistory> InAsync(FolderStates states, HistoryRequest asked, Func<string, string?> variable, CancellationToken cancellation)
    {
        var repository = states.Repository;
        var head = await repository.HeadAsync(cancellation);
        if (head is null && asked.Base is not null)
        {
            throw RepositoryErrors.NoCommits("--base");
        }
        var here = asked.Staged ? await states.StagedAsync(cancellation) : states.Folder;
        var @base = asked.Base is { } revision ? await BaseBranch.NamedAsync(repository, revision, cancellation)
            : head is null ? null
            : await BaseBranch.FindAsync(repository, variable, cancellation);
        var published = @base is null ? null : await PublishedAsync(states, here, @base, head!, asked, cancellation);
        return new(here)
        {
            Before = !asked.Staged ? published : head is null ? new(here.Directory, [], _ => null) : await states.AtAsync(here, head, staged: true, cancellation),
            Published = @base is { IsCurrent: true, IsLocal: true } ? null : published,
            Base = @base?.Name ?? "",
            IsBase = @base is { IsCurrent: true },
            IsStaged = asked.Staged,
            Silent = @base is null && !asked.Staged ? "git knows no branch to compare with: --base REV names one" : null,
        };
    }

    private static async Task<SourceTree?> PublishedAsync(FolderStates states, SourceTree here, BaseBranch @base, string head, HistoryRequest asked, CancellationToken cancellation)
    {
        var began = @base.Commit == head ? head : await states.Repository.MergeBaseAsync(@base.Commit, "HEAD", cancellation);
        return began is not null ? await states.AtAsync(here, began, asked.Staged, cancellation)
            : asked is { Staged: true, Base: null } ? null
            : throw RepositoryErrors.NoMergeBase(@base.Name, states.Repository.IsShallow);
    }
}
