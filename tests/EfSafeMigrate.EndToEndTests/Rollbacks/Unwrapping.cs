using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

internal static partial class Unwrapping
{
    /// <summary>Each sentence on one line, however wide the terminal is.</summary>
    public static ShellResult Unwrapped(this ShellResult result) => result with { Output = Spaces().Replace(result.Output, " ") };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
