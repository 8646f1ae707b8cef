namespace EfSafeMigrate.Projects.Source;

/// <summary>Finds the files that a migration reads when it runs.</summary>
internal static class ProjectText
{
    /// <summary>By a path as the running migration gives it: below the application's folder, or relative; null where no such file is there.</summary>
    public static string? At(SourceTree tree, string from, string path)
    {
        var relative = path.Replace('\\', '/').Replace(Library.Base, "", StringComparison.Ordinal).TrimStart('/');
        var folder = from.Contains('/', StringComparison.Ordinal) ? from[..(from.LastIndexOf('/') + 1)] : "";
        return path.StartsWith('/') ? null : tree.Read(Straight(relative)) ?? tree.Read(Straight(folder + relative)) ?? WithoutUps(tree, relative);
    }

    /// <summary>By the name of an embedded resource: the root namespace, then folders and file with dots between them.</summary>
    public static string? Resource(SourceTree tree, string name)
    {
        var parts = name.Split('.');
        for (var skipped = 0; skipped < parts.Length - 1; skipped++)
        {
            for (var folders = parts.Length - 2 - skipped; folders >= 0; folders--)
            {
                var path = string.Join('/', [.. parts[skipped..(skipped + folders)], string.Join('.', parts[(skipped + folders)..])]);
                if (tree.Read(path) is { } text)
                {
                    return text;
                }
            }
        }
        return null;
    }

    // From bin/Debug/net8.0 some climb back to the project by hand.
    private static string? WithoutUps(SourceTree tree, string path)
    {
        var rest = path;
        while (rest.StartsWith("../", StringComparison.Ordinal))
        {
            rest = rest[3..];
        }
        return rest == path ? null : tree.Read(Straight(rest));
    }

    private static string Straight(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }
        return string.Join('/', parts);
    }
}
