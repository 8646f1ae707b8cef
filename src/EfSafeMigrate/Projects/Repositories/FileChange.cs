namespace EfSafeMigrate.Projects.Repositories;

/// <summary>A file that differs between two states of a repository.</summary>
/// <param name="Path">From the top folder, with forward slashes.</param>
/// <param name="Before">The blob that holds it before; null where it was not there.</param>
/// <param name="After">The blob that holds it afterwards, all zeros for one that only the folder has; null where it is gone.</param>
internal sealed record FileChange(string Path, string? Before, string? After)
{
    private const int Fields = 5;
    private const string RegularFile = ":100";

    /// <summary>What <c>git diff --raw -z --no-renames --no-abbrev</c> writes: modes, blobs and a letter, then the path.</summary>
    public static IEnumerable<FileChange> Parse(string output)
    {
        var parts = output.Split('\0');
        for (var at = 0; at + 1 < parts.Length; at += 2)
        {
            var fields = parts[at].Split(' ');
            if (fields.Length == Fields)
            {
                // A link or a submodule under the name of a file is no file.
                yield return new(parts[at + 1], IsFile(fields[0]) ? fields[2] : null, IsFile(":" + fields[1]) || fields[4] == "U" ? fields[3] : null);
            }
        }
    }

    private static bool IsFile(string mode) => mode.StartsWith(RegularFile, StringComparison.Ordinal);
}
