namespace EfSafeMigrate.Scaffolding.Setup;

/// <summary>Lines between two marks in a shell script of a team's own: written again they replace themselves, and the rest stays.</summary>
internal static class HookBlock
{
    public const string Begin = "# safe-migrate: begin";
    public const string End = "# safe-migrate: end";

    /// <param name="before">The script; null when there is none.</param>
    /// <param name="head">How a new script begins.</param>
    /// <exception cref="SafeMigrateException">The script is none of a shell.</exception>
    public static string In(string? before, string block, string head, string name)
    {
        var marked = $"{Begin}\n{block.TrimEnd('\n')}\n{End}\n";
        if (before is null or "")
        {
            return head + marked;
        }
        var (from, to) = (before.IndexOf(Begin, StringComparison.Ordinal), before.IndexOf(End, StringComparison.Ordinal));
        if (from >= 0 && to > from)
        {
            return before[..from] + marked + before[Math.Min(before.Length, to + End.Length + 1)..];
        }
        // What was written by hand may end with `exec`, or leave early: this goes before it.
        var lines = before.Split('\n').ToList();
        RefuseOthers(lines[0], name);
        var at = lines.FindLastIndex(line => line.Contains("/_/husky.sh", StringComparison.Ordinal)) is >= 0 and var sourced ? sourced + 1 : lines[0].StartsWith("#!", StringComparison.Ordinal) ? 1 : 0;
        return string.Concat(lines[..at].Select(line => line + "\n")) + marked + string.Join('\n', lines[at..]);
    }

    private static void RefuseOthers(string first, string name)
    {
        if (first.StartsWith("#!", StringComparison.Ordinal) && !first.TrimEnd().EndsWith("sh", StringComparison.Ordinal))
        {
            throw new SafeMigrateException($"`{name}` is no shell script: it begins with `{first.Trim()}`.", "start `dotnet safe-migrate review --staged` from it by hand");
        }
    }
}
