using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EfSafeMigrate.Scaffolding;

/// <param name="Text">Null when the file goes.</param>
internal sealed record FileChange(string Path, string? Text)
{
    /// <summary>The text is C# as EF writes it; everything else begins without a mark that other programs stumble over.</summary>
    public bool ByteOrderMark { get; init; } = true;

    /// <summary>It stands in a test project.</summary>
    public bool IsTest { get; init; }
}

/// <summary>
/// Writes a set of files all or none. What stood before is kept beside the project's other build products until the last file is in place;
/// a run that was killed in between is undone by the next one.
/// </summary>
internal static class FileChanges
{
    private const string Folder = "safe-migrate.undo";
    private const string List = "list.json";
    private const string Temporary = ".tmp";

    /// <summary>EF's own encoding of the files it writes.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);
    private static readonly UTF8Encoding Plain = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string project, IReadOnlyList<FileChange> changes)
    {
        var undo = Path.Combine(project, "obj", Folder);
        Directory.CreateDirectory(undo);
        var entries = changes.Select((change, index) => new UndoEntry(
            Path.GetRelativePath(project, change.Path), File.Exists(change.Path) ? $"{index}.before" : null)).ToArray();
        foreach (var (entry, change) in entries.Zip(changes))
        {
            if (entry.Before is { } before)
            {
                File.Copy(change.Path, Path.Combine(undo, before), overwrite: true);
            }
        }
        // From here on a killed run is recognised and undone.
        var list = Path.Combine(undo, List);
        File.WriteAllBytes(list + Temporary, JsonSerializer.SerializeToUtf8Bytes(entries, UndoJson.Default.UndoEntryArray));
        File.Move(list + Temporary, list, overwrite: true);
        try
        {
            foreach (var change in changes)
            {
                Apply(change);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Recover(project);
            throw new SafeMigrateException($"The files cannot be written: {exception.Message.TrimEnd('.')}.", "make the folder writable; nothing was changed", detail: exception.ToString());
        }
        Forget(undo);
    }

    /// <summary>Undoes a run that did not end.</summary>
    /// <returns>True when there was one.</returns>
    public static bool Recover(string project)
    {
        var undo = Path.Combine(project, "obj", Folder);
        var list = Path.Combine(undo, List);
        if (!Directory.Exists(undo))
        {
            return false;
        }
        var started = File.Exists(list);
        foreach (var entry in started ? JsonSerializer.Deserialize(File.ReadAllBytes(list), UndoJson.Default.UndoEntryArray)! : [])
        {
            var path = Path.Combine(project, entry.Path);
            if (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                // The run stopped before it could make the folder.
                continue;
            }
            if (File.Exists(path + Temporary))
            {
                File.Delete(path + Temporary);
            }
            if (entry.Before is { } before)
            {
                File.Copy(Path.Combine(undo, before), path, overwrite: true);
            }
            else if (!Directory.Exists(path))
            {
                File.Delete(path);
            }
        }
        Forget(undo);
        return started;
    }

    /// <summary>The list goes first: without it there is nothing to undo, and what it names may go in any order.</summary>
    private static void Forget(string undo)
    {
        File.Delete(Path.Combine(undo, List));
        Directory.Delete(undo, recursive: true);
    }

    private static void Apply(FileChange change)
    {
        if (change.Text is null)
        {
            File.Delete(change.Path);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(change.Path)!);
        var temporary = change.Path + Temporary;
        File.WriteAllText(temporary, change.Text, change.ByteOrderMark ? Utf8 : Plain);
        File.Move(temporary, change.Path, overwrite: true);
    }
}

/// <param name="Path">Relative to the project.</param>
/// <param name="Before">File in the undo folder with what stood there; null when nothing did.</param>
internal sealed record UndoEntry(string Path, string? Before);

[JsonSerializable(typeof(UndoEntry[]))]
internal sealed partial class UndoJson : JsonSerializerContext;
