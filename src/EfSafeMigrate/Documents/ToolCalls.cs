namespace EfSafeMigrate.Documents;

/// <summary>Calls of this tool as they are typed, with the options that lead to the same project and the same database.</summary>
/// <param name="Project">Options with their values, ready for a shell.</param>
/// <param name="Database">The same.</param>
/// <param name="Application">What the application is given.</param>
internal sealed record ToolCalls(IReadOnlyList<string> Project, IReadOnlyList<string> Database, IReadOnlyList<string> Application)
{
    public static readonly ToolCalls Plain = new([], [], []);

    private const int Width = 100;

    /// <summary>For a verb that looks at a database.</summary>
    public string OnDatabase(params IEnumerable<string> words) => Line([.. words, .. Project, .. Database]);

    public string OnProject(params IEnumerable<string> words) => Line([.. words, .. Project]);

    /// <summary>Inside a sentence, where it is clear which project and database are meant.</summary>
    public static string Short(string words) => $"`dotnet safe-migrate {words}`";

    private string Line(IReadOnlyList<string> words)
    {
        var (lines, line) = (new List<string>(), "dotnet safe-migrate");
        foreach (var word in Application.Count == 0 ? words : [.. words, $"-- {string.Join(' ', Application)}"])
        {
            if (line.Length + word.Length > Width && word.StartsWith("--", StringComparison.Ordinal))
            {
                lines.Add($"{line} \\");
                line = $"    {word}";
            }
            else
            {
                line += $" {word}";
            }
        }
        return string.Join('\n', [.. lines, line]);
    }
}
