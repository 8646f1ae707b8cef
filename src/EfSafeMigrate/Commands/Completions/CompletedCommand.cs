using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands.Completions;

/// <summary>What may be typed behind a command.</summary>
/// <param name="Path">The words that lead to it, without the tool's name: empty, <c>review</c>, <c>backfill pause</c>.</param>
/// <param name="Words">Commands beneath it, or values of its argument, each with what it is about.</param>
internal sealed record CompletedCommand(string Path, IReadOnlyList<CompletedWord> Words, IReadOnlyList<CompletedOption> Options)
{
    /// <summary>Everything that may come next, where no value does.</summary>
    public IEnumerable<string> All => Words.Select(word => word.Text).Concat(Options.SelectMany(option => option.Spellings));

    /// <summary>The same for a shell that takes an option and its value behind an equals sign for one word.</summary>
    public IEnumerable<string> AllWhole => All.Concat(Options.Where(option => option.MayTakeValue).SelectMany(option => option.Values.Select(value => $"--{option.Long}={value}")));

    /// <summary>Every command of the tool.</summary>
    public static IReadOnlyList<CompletedCommand> Of(CommandLineApplication app) => [.. Of(app, "")];

    private static IEnumerable<CompletedCommand> Of(CommandLineApplication command, string path)
    {
        yield return new(
            path,
            [.. command.Commands.Select(each => new CompletedWord(each.Name!, each.Description ?? "")), .. command.Arguments.SelectMany(Choices.Of).Select(value => new CompletedWord(value, ""))],
            [.. command.GetOptions().Where(option => option.ShowInHelpText).Select(CompletedOption.Of)]);
        foreach (var beneath in command.Commands.SelectMany(each => Of(each, $"{path} {each.Name}".Trim())))
        {
            yield return beneath;
        }
    }
}

internal sealed record CompletedWord(string Text, string About);

/// <param name="Long">Without its dashes.</param>
/// <param name="Short">Without its dash; null for none.</param>
internal sealed record CompletedOption(string Long, string? Short, string About, IReadOnlyList<string> Values)
{
    /// <summary>A value stands behind it.</summary>
    public bool TakesValue { get; private init; }

    /// <summary>A value may stand behind it, and only behind an equals sign.</summary>
    public bool MayTakeValue { get; private init; }

    public IEnumerable<string> Spellings => Short is null ? [$"--{Long}"] : [$"--{Long}", $"-{Short}"];

    public static CompletedOption Of(CommandOption option) => new(option.LongName!, option.ShortName is { Length: > 0 } name ? name : null, option.Description ?? "", Choices.Of(option))
    {
        TakesValue = option.OptionType is CommandOptionType.SingleValue or CommandOptionType.MultipleValue,
        MayTakeValue = option.OptionType == CommandOptionType.SingleOrNoValue,
    };
}
