namespace EfSafeMigrate.Scaffolding.Setup;

/// <summary>A file that <c>init</c> writes into a repository.</summary>
/// <param name="Path">The whole path.</param>
/// <param name="Become">What the file becomes, given what stands there, with line feeds; null when there is no file. The same text means that nothing is to do.</param>
internal sealed record SetupFile(string Path, Func<string?, string> Become)
{
    /// <summary>Git starts it.</summary>
    public bool IsProgram { get; init; }

    /// <summary>What stands there and what becomes of it, in the line ends of the file.</summary>
    public SetupChange Change()
    {
        var before = File.Exists(Path) ? File.ReadAllText(Path) : null;
        var after = Become(before?.ReplaceLineEndings("\n"));
        return new(this, before, before?.Contains("\r\n", StringComparison.Ordinal) == true ? after.ReplaceLineEndings("\r\n") : after);
    }
}

/// <param name="Before">Null when there is no file yet.</param>
internal sealed record SetupChange(SetupFile File, string? Before, string After)
{
    public bool IsNew => Before is null;

    public bool IsNothing => Before == After;

    /// <summary>The lines that go, each with a minus, and those that come, each with a plus, between two that stay: everything here is written in one piece.</summary>
    public IReadOnlyList<string> Lines()
    {
        var (old, now) = (Split(Before ?? ""), Split(After));
        var shorter = Math.Min(old.Length, now.Length);
        var top = Enumerable.Range(0, shorter).TakeWhile(at => old[at] == now[at]).Count();
        var foot = Enumerable.Range(1, shorter - top).TakeWhile(at => old[^at] == now[^at]).Count();
        return
        [
            .. old[Math.Max(0, top - 2)..top].Select(line => $"  {line}"),
            .. old[top..^foot].Select(line => $"- {line}"),
            .. now[top..^foot].Select(line => $"+ {line}"),
            .. old[^foot..].Take(2).Select(line => $"  {line}"),
        ];
    }

    private static string[] Split(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
