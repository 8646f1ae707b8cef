using EfSafeMigrate.Projects.Foreign;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>What <c>init</c> is to write, besides the settings and the tool manifest.</summary>
internal sealed class InitOptions(CommandLineApplication command)
{
    private static readonly string[] Hooks = ["git", "husky", "framework"];

    private readonly CommandOption preCommit = command.Option("--pre-commit[:<KIND>]", "A hook that reviews what is about to be committed: git (the default), husky or framework.", CommandOptionType.SingleOrNoValue).Among(() => Hooks);
    private readonly CommandOption gitHub = command.Option("--github-actions", "A workflow: review on pull requests, apply behind an approval.", CommandOptionType.NoValue);
    private readonly CommandOption gitLab = command.Option("--gitlab", "The same for GitLab CI, in a file to include.", CommandOptionType.NoValue);
    private readonly CommandOption azure = command.Option("--azure-pipelines", "The same for Azure Pipelines.", CommandOptionType.NoValue);
    private readonly CommandOption dryRun = command.Option("--dry-run", "Only show what would be written.", CommandOptionType.NoValue);
    private readonly CommandOption yes = command.Option("--yes", "Change files that exist without asking.", CommandOptionType.NoValue);

    /// <summary>An option that may stand alone takes no word after it by itself.</summary>
    public static string[] Joined(string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--pre-commit");
        return at >= 0 && at + 1 < arguments.Length && Hooks.Contains(arguments[at + 1])
            ? [.. arguments[..at], $"--pre-commit={arguments[at + 1]}", .. arguments[(at + 2)..]]
            : arguments;
    }

    public bool DryRun => dryRun.HasValue();

    public bool Yes => yes.HasValue();

    public bool GitHub => gitHub.HasValue();

    public bool GitLab => gitLab.HasValue();

    public bool Azure => azure.HasValue();

    /// <summary>Refuses what cannot work for the migrations of another tool.</summary>
    public void Check(FoundTool found)
    {
        if (new[] { gitHub, gitLab, azure }.FirstOrDefault(option => option.HasValue()) is { } service)
        {
            throw new SafeMigrateException(
                $"--{service.LongName} writes steps that apply migrations of EF Core, and here are those of {found.Tool.Name}.",
                found.Tool.KeepsSql ? $"leave it out, and add a step of your own: dotnet safe-migrate review --tool {found.Tool.Id}" : $"leave it out: {found.Tool.Prints}");
        }
        if (Hook is not null && !found.Tool.KeepsSql)
        {
            throw ForeignErrors.KeepsCode(found);
        }
    }

    /// <summary>Null when no hook is wanted.</summary>
    public string? Hook => !preCommit.HasValue() ? null
        : preCommit.Value() is not { Length: > 0 } kind ? Hooks[0]
        : Hooks.Contains(kind) ? kind
        : throw new SafeMigrateException($"`--pre-commit={kind}` is no kind of hook.", $"say one of {string.Join(", ", Hooks)}, or nothing for git's own");
}
