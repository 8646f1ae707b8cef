using System.Reflection;

namespace EfSafeMigrate;

/// <summary>Which version of the tool this is.</summary>
internal static class ToolVersion
{
    private const int ShortCommit = 7;

    private static readonly string[] Parts =
        (typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+', 2);

    /// <summary><c>1.0.0</c>.</summary>
    public static string Number { get; } = typeof(ToolVersion).Assembly.GetName().Version!.ToString(3);

    /// <summary>The commit it was built from; null where nobody knew.</summary>
    public static string? Commit { get; } = Parts is [_, { Length: >= ShortCommit } commit] ? commit : null;

    /// <summary><c>1.0.0 (abc1234)</c>.</summary>
    public static string Full { get; } = Commit is null ? Number : $"{Number} ({Commit[..ShortCommit]})";
}
