using System.Text.RegularExpressions;
using EfSafeMigrate.Scaffolding;
using EfSafeMigrate.Updates.Scripts;

namespace EfSafeMigrate.Commands;

/// <summary>Where scripts are written. Those of an earlier call go, for somebody would run them; what others wrote stays.</summary>
internal sealed partial class ScriptFolder(string path)
{
    /// <exception cref="SafeMigrateException">A file of somebody else has the name of one of these.</exception>
    public IReadOnlyList<FileChange> Changes(IReadOnlyList<(string Name, string Text)> files)
    {
        var there = Directory.Exists(path) ? Directory.GetFiles(path, "*.sql").Where(file => Numbered().IsMatch(Path.GetFileName(file))).ToArray() : [];
        if (files.Select(file => Path.Combine(path, file.Name)).FirstOrDefault(file => there.Contains(file) && !IsOurs(file)) is { } other)
        {
            throw new SafeMigrateException($"`{other}` was not written by this command.", "move it away, or give another folder with -o");
        }
        var written = files.Select(file => new FileChange(Path.Combine(path, file.Name), file.Text) { ByteOrderMark = false }).ToArray();
        return [.. written, .. there.Where(file => IsOurs(file) && written.All(each => each.Path != file)).Select(file => new FileChange(file, null))];
    }

    private static bool IsOurs(string file) => File.ReadLines(file).FirstOrDefault()?.StartsWith(ScriptWriter.Mark, StringComparison.Ordinal) == true;

    [GeneratedRegex(@"^\d\d+-")]
    private static partial Regex Numbered();
}
