using System.Globalization;
using System.Text;

namespace EfSafeMigrate.Commands.Completions;

/// <summary>The script for bash. It goes before what completes <c>dotnet</c> already, and leaves everything else to that.</summary>
internal static class BashCompletion
{
    public static string Of(IReadOnlyList<CompletedCommand> commands) => $$"""
        # bash completion of dotnet safe-migrate, printed by: dotnet safe-migrate completion bash
        _safe_migrate() {
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path= words= at next
          if [ "$word" = = ]; then
            word= before=$before=
          elif [ "$before" = = ]; then
            before=${COMP_WORDS[COMP_CWORD-2]}=
          fi
          COMPREPLY=()
          for ((at = $1; at < COMP_CWORD; at++)); do
            next="${path:+$path }${COMP_WORDS[at]}"
            case $next in
              --|*" --") return ;;
              {{Cases(commands.Select(command => command.Path).Where(path => path.Length > 0))}}) path=$next ;;
            esac
          done
          case "$path $before" in
        {{Values(commands)}}    {{Cases(commands.SelectMany(command => command.Options.Where(option => option.TakesValue && option.Values.Count == 0).SelectMany(option => Behind(command, option))))}}) return ;;
          esac
          if [ -z "$words" ]; then
            case $path in
        {{Words(commands)}}    esac
          fi
          COMPREPLY=($(compgen -W "$words" -- "$word"))
        }
        _safe_migrate_tool() { _safe_migrate 1; }
        _safe_migrate_dotnet() {
          if [ "$COMP_CWORD" -gt 1 ] && [ "${COMP_WORDS[1]}" = safe-migrate ]; then
            _safe_migrate 2
            return
          fi
          COMPREPLY=()
          if [ -n "$_safe_migrate_before" ]; then
            "$_safe_migrate_before" "$@"
          fi
          if [ "$COMP_CWORD" = 1 ]; then
            COMPREPLY+=($(compgen -W safe-migrate -- "${COMP_WORDS[1]}"))
          fi
        }
        case $(complete -p dotnet 2>/dev/null) in
          *" -F _safe_migrate_dotnet "*) ;;
          *" -F "*)
            _safe_migrate_before=$(complete -p dotnet)
            _safe_migrate_before=${_safe_migrate_before##* -F }
            _safe_migrate_before=${_safe_migrate_before%% *} ;;
        esac
        complete -o default -F _safe_migrate_dotnet dotnet
        complete -o default -F _safe_migrate_tool dotnet-safe-migrate

        """;

    private static string Cases(IEnumerable<string> texts) => string.Join('|', texts.Select(text => $"\"{text}\""));

    /// <summary>The command with the option in front of the cursor, also with an equals sign.</summary>
    private static IEnumerable<string> Behind(CompletedCommand command, CompletedOption option) =>
        option.Spellings.SelectMany(spelling => option.MayTakeValue ? [$"{command.Path} {spelling}="] : new[] { $"{command.Path} {spelling}", $"{command.Path} {spelling}=" });

    private static string Values(IReadOnlyList<CompletedCommand> commands)
    {
        var text = new StringBuilder();
        foreach (var values in commands.SelectMany(command => command.Options.Where(option => option.Values.Count > 0).Select(option => (Command: command, Option: option))).GroupBy(each => string.Join(' ', each.Option.Values)))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {Cases(values.SelectMany(each => Behind(each.Command, each.Option)))}) words=\"{values.Key}\" ;;\n");
        }
        return text.ToString();
    }

    private static string Words(IReadOnlyList<CompletedCommand> commands) =>
        string.Concat(commands.Select(command => $"      \"{command.Path}\") words=\"{string.Join(' ', command.All)}\" ;;\n"));
}
