namespace EfSafeMigrate.Commands.Completions;

/// <summary>The script for PowerShell, which knows one completer of <c>dotnet</c>: what is not ours is asked of dotnet itself.</summary>
internal static class PwshCompletion
{
    public static string Of(IReadOnlyList<CompletedCommand> commands) => $$"""
        # PowerShell completion of dotnet safe-migrate, printed by: dotnet safe-migrate completion pwsh
        $script:safeMigrateWords = @{
        {{Table(commands.Select(command => (command.Path, command.AllWhole)))}}}
        $script:safeMigrateValues = @{
        {{Table(commands.SelectMany(command => command.Options.Where(option => option.TakesValue).SelectMany(option => option.Spellings.Select(spelling => ($"{command.Path} {spelling}", (IEnumerable<string>)option.Values)))))}}}
        Register-ArgumentCompleter -Native -CommandName dotnet, dotnet-safe-migrate -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
            $rest = @($typed | Select-Object -Skip 1)
            if ([IO.Path]::GetFileNameWithoutExtension($typed[0]) -eq 'dotnet') {
                if ($rest.Count -eq 0 -or $rest[0] -ne 'safe-migrate') {
                    dotnet complete --position $cursorPosition "$commandAst" | ForEach-Object { [Management.Automation.CompletionResult]::new($_) }
                    return
                }
                $rest = @($rest | Select-Object -Skip 1)
            }
            if ($rest -contains '--') { return }
            $place = ''
            foreach ($word in $rest) {
                $next = "$place $word".Trim()
                if ($script:safeMigrateWords.ContainsKey($next)) { $place = $next }
            }
            $behind = if ($rest.Count -gt 0) { "$place $($rest[-1])" } else { '' }
            $offered = if ($script:safeMigrateValues.ContainsKey($behind)) { $script:safeMigrateValues[$behind] } else { $script:safeMigrateWords[$place] }
            $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [Management.Automation.CompletionResult]::new($_) }
        }

        """;

    private static string Table(IEnumerable<(string Key, IEnumerable<string> Words)> rows) =>
        string.Concat(rows.Select(row => $"    '{row.Key}' = @({string.Join(", ", row.Words.Select(word => $"'{word}'"))})\n"));
}
