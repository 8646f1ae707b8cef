using System.Text;

namespace EfSafeMigrate.Engines;

/// <summary>A file as it grows, line by line.</summary>
internal sealed class ScriptText
{
    private readonly StringBuilder text = new();

    public void Comment(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line($"-- {line}".TrimEnd());
        }
    }

    public void Line(string line = "") => text.Append(line).Append('\n');

    public void Lines(params IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line(line);
        }
    }

    public override string ToString() => text.ToString();
}
