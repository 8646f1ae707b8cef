using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>Reports wrap their own lines; the console must not wrap them again.</summary>
internal static class UnwrappedConsole
{
    private const int Unlimited = 10_000;

    public static IAnsiConsole On(TextWriter writer, bool plain = true)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Unlimited;
        return console;
    }
}
