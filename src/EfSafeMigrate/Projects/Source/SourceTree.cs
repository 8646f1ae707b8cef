using System.Collections.Concurrent;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The files of a project as they stand somewhere: in the folder, in git's index, in a commit.</summary>
/// <param name="Directory">The project's folder; paths are relative to it, with forward slashes.</param>
/// <param name="Files">The C# files that people write.</param>
/// <param name="Read">The text of a file; null where there is none.</param>
internal sealed record SourceTree(string Directory, IReadOnlyList<string> Files, Func<string, string?> Read)
{
    private const int HeadLength = 2048;

    private readonly Func<string, string?>? head;

    /// <summary>How the file begins: for looking at a class without the model that a Designer holds behind it.</summary>
    public Func<string, string?> Head
    {
        get => head ?? Read;
        init => head = value;
    }

    /// <summary>A Designer, by its name.</summary>
    public static bool IsDesigner(string file) => file.EndsWith(".Designer.cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>The attributes and classes of a file, as far as it holds no model.</summary>
    public string? Declarations(string file) =>
        IsDesigner(file) && Head(file) is { } begins && (begins.Length < HeadLength || begins.Contains("BuildTargetModel(", StringComparison.Ordinal)) ? begins : Read(file);

    /// <summary>Of all files in which it stands.</summary>
    public IReadOnlyList<SourceText> Holding(params string[] words) =>
        [.. OnAllCores.Select(Files, file => Declarations(file) is { } text && words.Any(word => text.Contains(word, StringComparison.Ordinal)) ? new SourceText(file, text) : null).OfType<SourceText>()];

    /// <summary>What stands in the folder.</summary>
    public static SourceTree InFolder(string directory) => Kept(
        directory,
        [.. SourceFiles.OfProject(directory).Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/')).Order(StringComparer.Ordinal)],
        path => TextOf(Path.Combine(directory, path)),
        path => HeadOf(Path.Combine(directory, path)));

    /// <summary>Every file is read once, when it is asked for.</summary>
    public static SourceTree Kept(string directory, IReadOnlyList<string> files, Func<string, string?> read, Func<string, string?> head)
    {
        var (texts, heads) = (new ConcurrentDictionary<string, string?>(), new ConcurrentDictionary<string, string?>());
        return new(directory, files, path => texts.GetOrAdd(path, read))
        {
            Head = path => texts.TryGetValue(path, out var whole) ? whole : heads.GetOrAdd(path, head),
        };
    }

    public static string? HeadOf(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }
        using var reader = new StreamReader(file);
        var text = new char[HeadLength];
        return new string(text, 0, reader.ReadBlock(text, 0, text.Length));
    }

    public static string? TextOf(string file) => File.Exists(file) ? File.ReadAllText(file) : null;
}
