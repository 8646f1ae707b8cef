namespace EfSafeMigrate.Commands.Completions;

/// <summary>The script for fish, which shows what each word is about.</summary>
internal static class FishCompletion
{
    public static string Of(IReadOnlyList<CompletedCommand> commands) => $$"""
        # fish completion of dotnet safe-migrate, printed by: dotnet safe-migrate completion fish
        function __safe_migrate_at
            set -l words (commandline -opc)
            set -e words[1]
            if string match -q -- '*dotnet' (commandline -opc)[1]
                test "$words[1]" = safe-migrate; or return 1
                set -e words[1]
            end
            contains -- -- $words; and return 1
            set -l place ''
            for word in $words
                set -l next (string trim -- "$place $word")
                contains -- $next {{string.Join(' ', commands.Select(command => command.Path).Where(path => path.Length > 0).Select(Quoted))}}
                and set place $next
            end
            test "$place" = "$argv[1]"
        end
        complete -c dotnet -n 'test (count (commandline -opc)) -eq 1' -a safe-migrate -d 'Makes EF Core migrations safe on live databases.'
        for tool in dotnet dotnet-safe-migrate
        {{string.Concat(commands.SelectMany(Lines).Select(line => $"    complete -c $tool {line}\n"))}}end

        """;

    private static IEnumerable<string> Lines(CompletedCommand command)
    {
        var at = $"-n \"__safe_migrate_at '{command.Path}'\"";
        return
        [
            .. command.Words.Select(word => $"{at} -f -a {Quoted(word.Text)}{About(word.About)}"),
            .. command.Options.Select(option => $"{at}{(option.Short is null ? "" : $" -s {option.Short}")} -l {option.Long}{(option.Values.Count > 0 ? $" {(option.TakesValue ? "-x" : "-f")} -a {Quoted(string.Join(' ', option.Values))}" : option.TakesValue ? " -r" : " -f")}{About(option.About)}"),
        ];
    }

    private static string About(string about) => about.Length == 0 ? "" : $" -d {Quoted(about)}";

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
