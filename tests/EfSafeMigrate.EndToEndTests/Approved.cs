using System.Runtime.CompilerServices;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>Compares with a checked-in file; UPDATE_APPROVED=1 writes it instead.</summary>
internal static class Approved
{
    public static void ShouldBe(string name, string actual, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Approved", name);
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }
        File.Exists(file).ShouldBeTrue($"{name} is not approved yet; look at the output and write it with UPDATE_APPROVED=1:\n{actual}");
        actual.ShouldBe(File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
