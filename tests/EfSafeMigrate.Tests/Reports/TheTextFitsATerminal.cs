using System.Text.RegularExpressions;
using EfSafeMigrate.Reports;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Reports;

public partial class TheTextFitsATerminal
{
    [Fact]
    public void InEightyColumnsWhateverItsWidth() => Plain(Reviews.WithCode()).Split('\n').ShouldAllBe(line => line.Length < 80 && line == line.TrimEnd());

    [Fact]
    public void WithColourSayingTheSame()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 10_000;
        new TextReport(console).Write(Reviews.WithCode());

        writer.ToString().ShouldContain("\u001b[");
        Colour().Replace(writer.ToString().ReplaceLineEndings("\n"), "").ShouldBe(Plain(Reviews.WithCode()));
    }

    [Fact]
    public void WithoutASignThatSteersItWhateverTheNames()
    {
        foreach (var nasty in Reviews.Nasty)
        {
            Plain(Reviews.Named(nasty)).ShouldAllBe(letter => letter == '\n' || !char.IsControl(letter), nasty);
        }
    }

    private static string Plain(Review review)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new TextReport(UnwrappedConsole.On(writer)).Write(review);
        return writer.ToString().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\u001b\[[0-9;]*m")]
    private static partial Regex Colour();
}
