using EfSafeMigrate.Commands;
using EfSafeMigrate.Commands.Completions;
using EfSafeMigrate.Rules;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>The printed scripts complete what is typed; bash is asked, the others are compared with the commands.</summary>
public sealed class ShellsComplete
{
    /// <summary>The one of Git, for the other that Windows has belongs to another system.</summary>
    private static readonly string Bash = OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Git", "bin", "bash.exe") : "bash";

    [Theory]
    [InlineData("dotnet safe-migrate rev", "review")]
    [InlineData("dotnet-safe-migrate rev", "review")]
    [InlineData("dotnet safe-m", "safe-migrate")]
    [InlineData("dotnet safe-migrate review --fail-on ", "careful dangerous never")]
    [InlineData("dotnet safe-migrate review --fail-on d", "dangerous")]
    [InlineData("dotnet safe-migrate review --fail-on = d", "dangerous")]
    [InlineData("dotnet safe-migrate review --fail-on =", "careful dangerous never")]
    [InlineData("dotnet safe-migrate review --no-build --fail", "--fail-on")]
    [InlineData("dotnet safe-migrate init --pre-commit = h", "husky")]
    [InlineData("dotnet safe-migrate init --pre-commit --git", "--github-actions --gitlab")]
    [InlineData("dotnet safe-migrate apply --until con", "constrain contract")]
    [InlineData("dotnet safe-migrate backfill unp", "unpause")]
    [InlineData("dotnet safe-migrate backfill pause --connection-", "--connection-env --connection-file")]
    [InlineData("dotnet safe-migrate explain drop-col", "drop-column drop-column-drops-indexes drop-column-required-no-default")]
    [InlineData("dotnet safe-migrate completion ", "bash zsh fish pwsh --json --no-color --verbose -v --help -h")]
    [InlineData("dotnet safe-migrate review --project ", "")]
    [InlineData("dotnet safe-migrate review -- --fail-on ", "")]
    [InlineData("dotnet bui", "build of dotnet")]
    public async Task Bash_is_told_what_may_follow(string typed, string offered)
    {
        string[] words = typed.Split(' ');
        var script = $$"""
            _dotnet_itself() { if [ "${COMP_WORDS[COMP_CWORD]}" = bui ]; then COMPREPLY=("build of dotnet"); fi; }
            complete -F _dotnet_itself dotnet
            {{CompletionCommand.Script("bash", Program.Build())}}
            {{CompletionCommand.Script("bash", Program.Build())}}
            COMP_WORDS=({{string.Join(' ', words.Select(word => $"'{word}'"))}})
            COMP_CWORD={{words.Length - 1}}
            for word in $(complete -p {{words[0]}}); do [ "$before" = -F ] && complete=$word; before=$word; done
            "$complete" {{words[0]}} "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            echo "${COMPREPLY[*]}"
            """;
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, script.ReplaceLineEndings("\n"));

        var answer = await Tool.RunAsync(Bash, ["--norc", file], Path.GetTempPath(), _ => { });

        File.Delete(file);
        answer.Error.ShouldBeEmpty();
        Sorted(answer.Output.Trim()).ShouldBe(Sorted(offered));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Every_command_option_and_value_is_in_every_script(string shell)
    {
        var app = Program.Build();
        var script = CompletionCommand.Script(shell, app);
        var commands = CompletedCommand.Of(app);

        commands.Count.ShouldBeGreaterThan(app.Commands.Count);
        foreach (var command in commands)
        {
            script.ShouldContain(command.Path);
            foreach (var option in command.Options)
            {
                script.ShouldContain(shell == "fish" ? $"__safe_migrate_at '{command.Path}'\"{(option.Short is null ? "" : $" -s {option.Short}")} -l {option.Long}" : $"--{option.Long}");
                option.Values.ShouldAllBe(value => script.Contains(value, StringComparison.Ordinal));
            }
        }
        RuleBook.Rules.ShouldAllBe(rule => script.Contains(rule.Id, StringComparison.Ordinal));
    }

    /// <summary>An option whose help names its values completes them.</summary>
    [Fact]
    public void Values_that_the_help_lists_are_known()
    {
        var silent = Commands(Program.Build()).SelectMany(command => command.GetOptions().Select(option => (command, option)))
            .Where(each => each.option.OptionType != CommandOptionType.NoValue && Choices.Of(each.option).Count > 0)
            .SelectMany(each => Choices.Of(each.option).Where(value => each.option.Description?.Contains(value, StringComparison.Ordinal) == false && each.option.Description != "As for `apply`.").Select(value => $"{each.command.Name} --{each.option.LongName} {value}"));

        silent.ShouldBeEmpty();
    }

    [Fact]
    public void Another_shell_is_refused() =>
        Should.Throw<SafeMigrateException>(() => CompletionCommand.Script("tcsh", Program.Build())).Next.ShouldBe("use one of bash, zsh, fish, pwsh");

    private static IEnumerable<CommandLineApplication> Commands(CommandLineApplication app) => app.Commands.SelectMany(command => Commands(command).Prepend(command));

    private static string Sorted(string words) => string.Join(' ', words.Split(' ').Order(StringComparer.Ordinal));
}
