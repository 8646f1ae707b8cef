using System.Globalization;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Scaffolding.Setup;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Commands;

/// <summary>Which files <c>init</c> writes, and where.</summary>
internal static class SetupFiles
{
    /// <exception cref="SafeMigrateException">A hook is wanted where there is no repository.</exception>
    public static async Task<IReadOnlyList<SetupFile>> OfAsync(InitOptions options, string root, SetupProject project, CancellationToken cancellation)
    {
        var values = await ValuesAsync(root, project, cancellation);
        List<SetupFile> files =
        [
            Once(root, SettingsFile.Name, () => Templates.Read("safe-migrate.jsonc")),
            new(Path.Combine(root, ".config", "safe-migrate.schema.json"), _ => Templates.Read("safe-migrate.schema.json")),
            new(Path.Combine(root, ToolManifest.Path), before => ToolManifest.With(before, ToolVersion.Number)),
        ];
        if (options.Hook is { } kind)
        {
            files.Add(await HookAsync(kind, root, values, cancellation));
        }
        if (options.GitHub)
        {
            files.Add(Once(root, ".github/workflows/safe-migrate.yml", () => Templates.Fill("github-actions.yml", values)));
        }
        if (options.GitLab)
        {
            files.Add(Once(root, ".gitlab/safe-migrate.yml", () => Templates.Fill("gitlab-ci.yml", values)));
        }
        if (options.Azure)
        {
            files.Add(Once(root, "azure-pipelines.safe-migrate.yml", () => Templates.Fill("azure-pipelines.yml", values)));
        }
        return files;
    }

    /// <summary>What a team has made of it stays.</summary>
    private static SetupFile Once(string root, string path, Func<string> text) => new(Path.Combine(root, path), before => before ?? text());

    private static async Task<SetupFile> HookAsync(string kind, string root, Dictionary<string, string> values, CancellationToken cancellation)
    {
        if (kind == "framework")
        {
            return new(Path.Combine(root, HookFramework.Path), before => HookFramework.With(before, Templates.Fill("pre-commit.yaml", values)));
        }
        var husky = Path.Combine(root, ".husky", "pre-commit");
        var (path, head) = kind == "husky" ? (husky, "#!/bin/sh\n. \"$(dirname \"$0\")/_/husky.sh\"\n\n") : (await GitHookAsync(root, cancellation), "#!/bin/sh\n");
        return new(path, before => HookBlock.In(before, Templates.Fill("hook.sh", values), head, Path.GetRelativePath(root, path))) { IsProgram = true };
    }

    /// <summary>Where git looks for it: <c>core.hooksPath</c> may lead elsewhere, and so does a work tree.</summary>
    private static async Task<string> GitHookAsync(string root, CancellationToken cancellation) =>
        await GitProcess.RunAsync(root, ["rev-parse", "--git-path", "hooks/pre-commit"], cancellation) is { Code: 0 } answer
            ? Path.GetFullPath(answer.Output.Trim(), root)
            : throw new SafeMigrateException("A hook needs a git repository, and there is none here.", "git init   makes one");

    private static async Task<Dictionary<string, string>> ValuesAsync(string root, SetupProject project, CancellationToken cancellation)
    {
        var sdk = await DotnetSdk.MajorAsync(root, cancellation);
        return new()
        {
            ["arguments"] = project.Arguments,
            ["kind"] = project.Kind,
            ["paths"] = project.Paths,
            ["pattern"] = project.Pattern,
            ["branch"] = await MainBranchAsync(root, cancellation),
            ["sdk"] = string.Create(CultureInfo.InvariantCulture, $"{sdk}.0.x"),
            ["sdk-image"] = string.Create(CultureInfo.InvariantCulture, $"{sdk}.0"),
        };
    }

    private static async Task<string> MainBranchAsync(string root, CancellationToken cancellation)
    {
        foreach (var name in new[] { "refs/remotes/origin/HEAD", "HEAD" })
        {
            if (await GitProcess.RunAsync(root, ["symbolic-ref", "--quiet", "--short", name], cancellation) is { Code: 0 } answer)
            {
                return answer.Output.Trim().Replace("origin/", "", StringComparison.Ordinal);
            }
        }
        return "main";
    }
}
