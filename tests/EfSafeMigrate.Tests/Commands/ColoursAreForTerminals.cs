using System.Text.RegularExpressions;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>The tool itself, at a terminal that <c>script</c> (util-linux) makes, and without one.</summary>
public sealed partial class ColoursAreForTerminals : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-colours-").FullName;

    public ColoursAreForTerminals() => File.WriteAllText(Path.Combine(folder, "up.sql"), "DROP TABLE orders;");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("", "", true)]
    [InlineData("1", "", false)]
    [InlineData("", "--no-color", false)]
    public async Task And_for_nobody_who_has_said_that_he_wants_none(string noColor, string option, bool coloured)
    {
        var said = await SayAsync("script", ["-qec", $"dotnet exec '{Tool.Dll}' review --sql up.sql --engine postgresql {option}", "/dev/null"], noColor);

        said.ShouldContain("drop-table");
        Colour().IsMatch(said).ShouldBe(coloured, said);
    }

    [Fact]
    public async Task And_not_for_files_and_pipes()
    {
        var said = await SayAsync("dotnet", ["exec", Tool.Dll, "review", "--sql", "up.sql", "--engine", "postgresql"], "");

        said.ShouldContain("drop-table");
        said.ShouldNotContain("\u001b");
    }

    private async Task<string> SayAsync(string program, string[] arguments, string noColor) => (await Tool.RunAsync(program, arguments, folder, environment =>
    {
        (environment["TERM"], environment["NO_COLOR"]) = ("xterm-256color", noColor);
        environment.Remove("CI");
    })).Output;

    [GeneratedRegex("\\e\\[[0-9;]*m")]
    private static partial Regex Colour();
}
