using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>Trees of files that stand nowhere.</summary>
internal static class Sources
{
    public static SourceTree Tree(params (string File, string Text)[] files) =>
        new("/app", [.. files.Select(each => each.File).Where(file => file.EndsWith(".cs", StringComparison.Ordinal))],
            path => Array.Find(files, each => each.File == path).Text);
}
