using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates.Preflight;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>What preflight cannot find out, and nobody needs to act on, is told with --verbose only.</summary>
public sealed class NotesAreForThoseWhoAsk
{
    [Fact]
    public void ANoteIsSaidToThoseWhoAsk()
    {
        var note = Objection.Warn("The free disk is not known.", "look") with { Detail = true };

        Said(note, verbose: false).ShouldBeEmpty();
        Said(note, verbose: true).ShouldBe("  ! The free disk is not known.\n    → look\n");
    }

    [Fact]
    public void AnythingElseIsSaidToEverybody()
    {
        Said(Objection.Warn("It is late.", "wait"), verbose: false).ShouldBe("  ! It is late.\n    → wait\n");
        Said(Objection.Refuse("It is closed.", "open it"), verbose: false).ShouldBe("  ✗ It is closed.\n    → open it\n");
    }

    private static string Said(Objection objection, bool verbose)
    {
        using var error = new StringWriter { NewLine = "\n" };
        new RunText(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }), new Talk(error, verbose, terminal: false), redact: false).Object(objection);
        return error.ToString();
    }
}
