using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>A project's migrations as git and the sources tell them: which are new, and what is wrong with their files.</summary>
internal sealed class ProjectHistory : IDisposable
{
    private readonly Repository? repository;

    private ProjectHistory(Repository? repository, SourceState here)
    {
        this.repository = repository;
        Here = here;
    }

    /// <summary>The files under review: those in the folder, or those about to be committed.</summary>
    public SourceState Here { get; }

    /// <summary>Null where there is nothing to compare with.</summary>
    public Branch? Branch { get; private init; }

    /// <summary>What tells the new migrations from the old ones: the last commit for what is staged, else the base branch.</summary>
    private Branch? Measure { get; init; }

    /// <summary>The base branch itself is checked out.</summary>
    private bool IsBase { get; init; }

    /// <summary>Why git does not tell, as a clause; null where it does, or nobody asked.</summary>
    private string? Silent { get; init; }

    private bool IsStaged { get; init; }

    /// <param name="asked">Null to leave git out of it: the call names the migrations.</param>
    /// <param name="variable">A variable of the environment.</param>
    /// <exception cref="SafeMigrateException">What was asked for cannot be told.</exception>
    public static async Task<ProjectHistory> ReadAsync(string directory, HistoryRequest? asked, Func<string, string?> variable, CancellationToken cancellation)
    {
        if (asked is null)
        {
            return new(null, SourceState.Of(SourceTree.InFolder(directory)));
        }
        Repository? repository = null;
        try
        {
            repository = await Repository.FindAsync(directory, variable, cancellation);
            return repository is not null ? await InAsync(repository, directory, asked, variable, cancellation)
                : !asked.Needs ? new(null, SourceState.Of(SourceTree.InFolder(directory)))
                : throw RepositoryErrors.NoRepository(asked.Option, directory);
        }
        catch (SafeMigrateException exception) when (!asked.Needs)
        {
            return new(repository, SourceState.Of(SourceTree.InFolder(directory))) { Silent = $"{exception.Message.TrimEnd('.')}: {exception.Next}" };
        }
        catch
        {
            repository?.Dispose();
            throw;
        }
    }

    public void Dispose() => repository?.Dispose();

    /// <summary>What holds the marks of a merge cannot be built: that is said before the compiler says something else.</summary>
    public void RefuseConflicts()
    {
        var files = Here.Migrations.Snapshots.Select(snapshot => snapshot.File).Concat(Here.Migrations.Migrations.SelectMany(migration => new[] { migration.File, migration.Designer }.OfType<string>()));
        if (files.Select(file => (File: file, Line: HistoryTraps.MarkedLine(Here.Tree.Read(file) ?? ""))).FirstOrDefault(each => each.Line is not null) is { File: { } file, Line: { } line })
        {
            throw RepositoryErrors.NotMerged(file, line);
        }
    }

    /// <summary>The migrations that are new; null where nothing tells.</summary>
    /// <param name="context">The context's simple name.</param>
    /// <param name="ids">All its migrations, oldest first.</param>
    /// <param name="accepted">True for a migration that the baseline holds.</param>
    public Choice? Choose(string? context, IReadOnlyList<string> ids, Func<string, bool> accepted)
    {
        if (Measure is null)
        {
            return Silent is null ? null : Choice.Newest(ids) with { Note = Silent };
        }
        var sources = Here.Migrations.Of(context).Migrations;
        if (ids.Count > 0 && !ids.Any(id => sources.Any(migration => migration.Id == id)))
        {
            return null;
        }
        var added = Measure.Added.Select(migration => migration.Id).ToHashSet();
        if (IsStaged)
        {
            var staged = added.Concat(new BranchTraps(Measure, context).Find().OfType<EditedMigration>().Select(edited => edited.Origin.Migration)).ToHashSet();
            return Choice.Staged([.. ids.Where(staged.Contains)]);
        }
        var theirs = ids.Where(added.Contains).ToArray();
        string[] news = [.. theirs.Where(id => !accepted(id))];
        return theirs.Length == 0 && IsBase
            ? Choice.Newest(ids, Measure.Base)
            : Choice.Added(news, Measure.Base, accepted: news.Length < theirs.Length);
    }

    /// <param name="chosen">The migrations under review.</param>
    public ChangeSet AddTo(ChangeSet changes, string? context, IReadOnlyCollection<string> chosen) =>
        HistoryTraps.AddTo(changes, new HistoryTraps(Here, Branch, context).Find(chosen));

    private static async Task<ProjectHistory> InAsync(Repository repository, string directory, HistoryRequest asked, Func<string, string?> variable, CancellationToken cancellation)
    {
        // The files are read while git answers the rest.
        var reading = ReadAsync(repository, directory, asked.Staged, cancellation);
        var head = await repository.HeadAsync(cancellation);
        if (head is null && asked.Base is not null)
        {
            throw RepositoryErrors.NoCommits("--base");
        }
        var @base = asked.Base is { } revision ? await BaseBranch.NamedAsync(repository, revision, cancellation)
            : head is null ? null
            : await BaseBranch.FindAsync(repository, variable, cancellation);
        var committed = asked.Staged && head is not null && @base?.Commit != head ? Branch.CompareAsync(repository, new("HEAD", head, false), reading, staged: true, cancellation) : null;
        var branch = @base is null ? null : await ComparedAsync(repository, @base, head, reading, asked, cancellation);
        var here = await reading;
        return new(repository, here)
        {
            // A branch that only its owner has is rewritten at will: nobody else has run its migrations.
            Branch = @base is { IsCurrent: true, IsLocal: true } ? null : branch,
            Measure = committed is not null ? await committed : asked.Staged && head is null ? Branch.FromNothing(here) : branch,
            IsBase = @base is { IsCurrent: true },
            IsStaged = asked.Staged,
            Silent = @base is null && !asked.Staged ? "git knows no branch to compare with: --base REV names one" : null,
        };
    }

    private static async Task<SourceState> ReadAsync(Repository repository, string directory, bool staged, CancellationToken cancellation) =>
        SourceState.Of(staged ? await StagedFiles.OfAsync(repository, directory, cancellation) : await Task.Run(() => SourceTree.InFolder(directory), cancellation));

    /// <summary>A base branch that nobody named may be out of reach for what is staged: that is still told from the last commit.</summary>
    private static async Task<Branch?> ComparedAsync(Repository repository, BaseBranch @base, string? head, Task<SourceState> here, HistoryRequest asked, CancellationToken cancellation)
    {
        try
        {
            return await Branch.CompareAsync(repository, @base, here, asked.Staged, cancellation);
        }
        catch (SafeMigrateException) when (asked is { Staged: true, Base: null } && @base.Commit != head)
        {
            return null;
        }
    }
}
