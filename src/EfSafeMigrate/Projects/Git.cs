using System.ComponentModel;
using System.Diagnostics;

namespace EfSafeMigrate.Projects;

/// <summary>Questions to git; every one has the answer "unknown" where there is no git or no repository.</summary>
internal static class Git
{
    private static readonly string[] Bases = ["origin/HEAD", "origin/main", "origin/master"];

    /// <summary>The base branch that already holds the file, or null.</summary>
    public static async Task<string?> BaseBranchWithAsync(string file, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(file)!;
        foreach (var branch in Bases)
        {
            if (await SucceedsAsync(folder, ["cat-file", "-e", $"{branch}:./{Path.GetFileName(file)}"], cancellation))
            {
                return branch;
            }
        }
        return null;
    }

    /// <summary>Files of the last commit that were changed since, among the given ones; a new file is not changed, nor one that a merge brings.</summary>
    public static async Task<IReadOnlyList<string>> ChangedAsync(string folder, IEnumerable<string> files, CancellationToken cancellation)
    {
        string[] since = await SucceedsAsync(folder, ["rev-parse", "--quiet", "--verify", "MERGE_HEAD"], cancellation) ? [] : ["HEAD"];
        var (code, output) = await RunAsync(folder, ["diff", "--name-only", "--diff-filter=a", .. since, "--", .. files], cancellation);
        return code == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    /// <summary>The commit the folder is at, with a plus sign when something in it was changed since; null outside a repository.</summary>
    public static async Task<string?> CommitAsync(string folder, CancellationToken cancellation)
    {
        var (code, output) = await RunAsync(folder, ["rev-parse", "--short=12", "HEAD"], cancellation);
        if (code != 0)
        {
            return null;
        }
        var (_, changed) = await RunAsync(folder, ["status", "--porcelain", "--", "."], cancellation);
        return output.Trim() + (changed.Length > 0 ? "+" : "");
    }

    /// <summary>The folder, which need not be there, is in a repository that does not ignore it.</summary>
    public static async Task<bool> WouldKeepAsync(string folder, CancellationToken cancellation)
    {
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }
        return (await RunAsync(there, ["rev-parse", "--is-inside-work-tree"], cancellation)).Output.Trim() == "true"
            && !await SucceedsAsync(there, ["check-ignore", "--quiet", "--", $"{folder}/"], cancellation);
    }

    /// <summary>Name and address of whoever works here; null where git knows nobody.</summary>
    public static async Task<(string Name, string? Email)?> UserAsync(string folder, CancellationToken cancellation)
    {
        var (_, name) = await RunAsync(folder, ["config", "user.name"], cancellation);
        var (_, email) = await RunAsync(folder, ["config", "user.email"], cancellation);
        return name.Trim().Length + email.Trim().Length == 0 ? null : (name.Trim(), email.Trim());
    }

    /// <summary>Everybody who committed a change of the file; nobody when it is not committed.</summary>
    public static async Task<IReadOnlyList<(string Name, string? Email)>> AuthorsAsync(string file, CancellationToken cancellation)
    {
        var (code, output) = await RunAsync(Path.GetDirectoryName(file)!, ["log", "--follow", "--format=%an%x09%ae", "--", Path.GetFileName(file)], cancellation);
        return code != 0 ? [] : [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(parts => (parts[0], (string?)parts[^1])).Distinct()];
    }

    private static async Task<bool> SucceedsAsync(string folder, string[] arguments, CancellationToken cancellation) =>
        (await RunAsync(folder, arguments, cancellation)).Code == 0;

    private static async Task<(int Code, string Output)> RunAsync(string folder, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            await error;
            return (process.ExitCode, await output);
        }
        catch (Win32Exception)
        {
            return (-1, "");
        }
    }
}
