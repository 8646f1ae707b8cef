namespace EfSafeMigrate.Tests;

/// <summary>Compares a text with the file that holds what was approved; writes it instead when the variable is set.</summary>
internal static class Approval
{
    public static void Check(string path, string text, string variable)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable(variable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }
        File.Exists(file).ShouldBeTrue($"{path} is missing; {variable}=1 writes it");
        var (now, approved) = (text.Split('\n'), File.ReadAllText(file).Split('\n'));
        var same = now.Zip(approved).TakeWhile(pair => pair.First == pair.Second).Count();
        now.ElementAtOrDefault(same).ShouldBe(approved.ElementAtOrDefault(same), $"line {same + 1} of {path}; {variable}=1 writes it");
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Up(AppContext.BaseDirectory);

    private static string Up(string folder) =>
        Directory.EnumerateFiles(folder, "*.sln").Any() ? folder : Up(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);
}
