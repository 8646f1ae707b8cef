namespace EfSafeMigrate.Commands.Completions;

/// <summary>The script for zsh. It goes before what completes <c>dotnet</c> already, and leaves everything else to that.</summary>
internal static class ZshCompletion
{
    public static string Of(IReadOnlyList<CompletedCommand> commands) => $$"""
        # zsh completion of dotnet safe-migrate, printed by: dotnet safe-migrate completion zsh
        _safe_migrate() {
          local before=$words[CURRENT-1] place= next
          integer at
          for ((at = $1; at < CURRENT; at++)); do
            next="${place:+$place }$words[at]"
            case $next in
              (--|*' --') _default; return ;;
              ({{Cases(commands.Select(command => command.Path).Where(path => path.Length > 0))}}) place=$next ;;
            esac
          done
          case "$place $before" in
        {{Lines(commands.SelectMany(command => command.Options.Where(option => option is { Values.Count: > 0, TakesValue: true }).Select(option => $"({Cases(Behind(command, option))}) compadd -- {Many(option.Values)}; return")))}}    ({{Cases(commands.SelectMany(command => command.Options.Where(option => option.TakesValue && option.Values.Count == 0).SelectMany(option => Behind(command, option))))}}) _default; return ;;
          esac
          case $place in
        {{Lines(commands.Select(command => $"('{command.Path}') compadd -- {Many(command.AllWhole)}"))}}  esac
        }
        _safe_migrate_tool() { _safe_migrate 2 }
        _safe_migrate_dotnet() {
          if ((CURRENT > 2)) && [[ $words[2] == safe-migrate ]]; then
            _safe_migrate 3
            return
          fi
          ((CURRENT == 2)) && compadd -- safe-migrate
          [[ -n $_safe_migrate_before ]] && $_safe_migrate_before "$@"
        }
        [[ ${_comps[dotnet]} != _safe_migrate_dotnet ]] && typeset -g _safe_migrate_before=${_comps[dotnet]}
        compdef _safe_migrate_dotnet dotnet
        compdef _safe_migrate_tool dotnet-safe-migrate

        """;

    private static string Cases(IEnumerable<string> texts) => string.Join('|', texts.Select(text => $"'{text}'"));

    private static IEnumerable<string> Behind(CompletedCommand command, CompletedOption option) => option.Spellings.Select(spelling => $"{command.Path} {spelling}");

    private static string Many(IEnumerable<string> texts) => string.Join(' ', texts);

    private static string Lines(IEnumerable<string> cases) => string.Concat(cases.Select(each => $"    {each} ;;\n"));
}
