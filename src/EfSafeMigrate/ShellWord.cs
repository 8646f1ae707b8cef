namespace EfSafeMigrate;

/// <summary>A name as it is typed in a command that is printed for somebody to repeat.</summary>
internal static class ShellWord
{
    public static string Of(string name) => Of(name, OperatingSystem.IsWindows());

    /// <param name="windows">Its shells know double quotes; the others take nothing between single ones for a sign of their own.</param>
    public static string Of(string name, bool windows) =>
        name.Length > 0 && name[0] != '~' && name.All(IsPlain) ? name
        : windows ? $"\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char each) => char.IsLetterOrDigit(each) || "_-.,:/@%+=~".Contains(each, StringComparison.Ordinal);
}
