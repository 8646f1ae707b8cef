namespace EfSafeMigrate.Projects.Repositories;

/// <summary>Everything that can be wrong with a repository, said with what to type.</summary>
internal static class RepositoryErrors
{
    public static SafeMigrateException NoGit() => new("Git is not on the path.", "install git, or name the migrations: --last, --from, --migration");

    public static SafeMigrateException NoRepository(string option, string folder) =>
        new($"{option} asks git, and there is no repository around {folder}.", "name the migrations: --last, --from, --migration");

    public static SafeMigrateException NotTrusted(string folder, string error)
    {
        var command = error.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("git config", StringComparison.Ordinal));
        return new($"Git does not read the repository around {folder}: the folder belongs to somebody else.", command ?? "git config --global --add safe.directory '*'", detail: error);
    }

    public static SafeMigrateException Failed(string error) => new($"Git fails: {error.Trim().Split('\n')[0]}", "see that `git status` works in this folder", detail: error);

    public static SafeMigrateException NoCommits(string option) => new($"{option} compares with the last commit, and the repository has none.", "commit once, or leave it out");

    public static SafeMigrateException NoSuchRevision(string revision, bool isShallow) =>
        new($"There is no commit `{revision}` in this clone{(isShallow ? ", which is shallow" : "")}.", RemoteBranch(revision) is { } branch ? Fetch(branch, isShallow) : "`git branch --all` lists what there is");

    /// <summary>The histories do not meet in what was fetched.</summary>
    public static SafeMigrateException NoMergeBase(string revision, bool isShallow) => isShallow
        ? new($"This clone is shallow: it does not reach back to where the branch left {revision}.", Fetch(RemoteBranch(revision), isShallow))
        : new($"The branch and {revision} have no commit in common.", "name the branch that this one began at: --base REV");

    public static SafeMigrateException NotMerged(string file, int line) =>
        new($"A merge conflict stands in {file}, line {line}.", "take the base branch's snapshot, delete the files of this branch's migrations, then dotnet ef migrations add them again");

    private static string Fetch(string? branch, bool isShallow) =>
        $"git fetch {(isShallow ? "--unshallow " : "")}origin{(branch is null ? "" : $" +refs/heads/{branch}:refs/remotes/origin/{branch}")}{(isShallow ? "   with actions/checkout: fetch-depth: 0" : "")}";

    private static string? RemoteBranch(string revision) =>
        revision.StartsWith("origin/", StringComparison.Ordinal) && revision != "origin/HEAD" ? revision["origin/".Length..] : null;
}
