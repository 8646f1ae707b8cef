namespace EfSafeMigrate.Sql;

/// <summary>One-based lines and columns of a text.</summary>
internal sealed class TextPositions
{
    private readonly List<int> starts = [0];
    private readonly int length;

    public TextPositions(string text)
    {
        length = text.Length;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }
    }

    public (int Line, int Column) Of(int offset)
    {
        var found = starts.BinarySearch(Math.Clamp(offset, 0, length));
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - starts[line] + 1);
    }
}
