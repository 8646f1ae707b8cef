using EfSafeMigrate.Reports;
using McMaster.Extensions.CommandLineUtils;
using Spectre.Console;

namespace EfSafeMigrate.Commands;

/// <summary>How to print: decided once for all verbs.</summary>
internal sealed class OutputOptions(CommandLineApplication command)
{
    private readonly CommandOption json = command.Option("--json", "JSON on standard output: one document; of a run, one a line.", CommandOptionType.NoValue);
    private readonly CommandOption noColor = command.Option("--no-color", "No colour.", CommandOptionType.NoValue);
    private readonly CommandOption verbose = command.Option("-v|--verbose", "Also what the build and the application print, and details of errors.", CommandOptionType.NoValue);

    public bool Json => json.HasValue();

    public bool Verbose => verbose.HasValue();

    public Talk Talk() => new(System.Console.Error, Verbose, terminal: !System.Console.IsErrorRedirected);

    /// <summary>A terminal that can be redrawn; what the application prints would come in between.</summary>
    public IAnsiConsole? Screen()
    {
        if (Json || Verbose || System.Console.IsOutputRedirected || System.Console.IsErrorRedirected)
        {
            return null;
        }
        var width = AnsiConsole.Profile.Width;
        var screen = Console();
        screen.Profile.Width = width;
        return screen.Profile.Capabilities.Ansi ? screen : null;
    }

    /// <param name="redact">Statements of other sessions are not shown.</param>
    public RunReporter Reporter(Talk talk, bool redact)
    {
        if (Json)
        {
            return new RunJson(System.Console.Out, redact);
        }
        var text = new RunText(Console(), talk, redact);
        return Screen() is { } screen ? new RunLive(screen, text, redact, TimeProvider.System) : text;
    }

    public IAnsiConsole Console() => UnwrappedConsole.On(
        System.Console.Out, plain: noColor.HasValue() || System.Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 });
}
