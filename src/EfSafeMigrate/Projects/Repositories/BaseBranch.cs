namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The branch that this one goes back to.</summary>
/// <param name="Name">As a person writes it: <c>origin/main</c>.</param>
/// <param name="IsCurrent">It is the one that is checked out, so that nothing on it is of this branch alone.</param>
internal sealed record BaseBranch(string Name, string Commit, bool IsCurrent)
{
    /// <summary>No remote has it, as far as is known here.</summary>
    public bool IsLocal { get; init; }

    private const string Remote = "refs/remotes/";
    private const string Local = "refs/heads/";

    /// <summary>Where CI services write the branch that a pull request goes to.</summary>
    private static readonly string[] Targets = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "SYSTEM_PULLREQUEST_TARGETBRANCHNAME", "BITBUCKET_PR_DESTINATION_BRANCH"];

    private static readonly string[] Usual = [$"{Remote}origin/HEAD", $"{Remote}origin/main", $"{Remote}origin/master", $"{Local}main", $"{Local}master"];

    public static async Task<BaseBranch> NamedAsync(Repository repository, string revision, CancellationToken cancellation) =>
        await repository.CommitAsync(revision, cancellation) is { } commit
            ? new(revision, commit, IsCurrent: false)
            : throw RepositoryErrors.NoSuchRevision(revision, repository.IsShallow);

    /// <param name="variable">A variable of the environment.</param>
    /// <returns>Null when nothing tells which one it is.</returns>
    public static async Task<BaseBranch?> FindAsync(Repository repository, Func<string, string?> variable, CancellationToken cancellation)
    {
        var names = Targets.Select(variable).Where(target => target is { Length: > 0 }).Select(target => $"{Remote}origin/{target}").Concat(Usual).ToArray();
        var there = await repository.References;
        var current = there.FirstOrDefault(each => each.IsHead)?.Name;
        foreach (var name in names)
        {
            if (there.FirstOrDefault(each => each.Asked == name) is { } found)
            {
                var isLocal = found.Name.StartsWith(Local, StringComparison.Ordinal);
                var said = found.Name[(isLocal ? Local : Remote).Length..];
                var isCurrent = current is null ? found.Commit == await repository.HeadAsync(cancellation) : current == Local + (isLocal ? said : said["origin/".Length..]);
                return new(said, found.Commit, isCurrent) { IsLocal = isLocal };
            }
        }
        return null;
    }
}
