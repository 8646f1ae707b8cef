using System.Runtime.CompilerServices;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>What all processes that tests start inherit: they live for seconds, in which a runtime compiles much that nobody runs again.</summary>
internal static class ShortLives
{
    /// <summary>Milliseconds (hexadecimal) without new code until the runtime begins to look for what is worth being compiled better; 100 otherwise.</summary>
    private const string Patience = "BB8";

    private const string Delay = "DOTNET_TC_CallCountingDelayMs";

    /// <summary>For a process that works for long.</summary>
    internal static Dictionary<string, string> Longer { get; } = new() { [Delay] = "64" };

    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable(Delay, Patience);
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        Environment.SetEnvironmentVariable("SAMPLES_COMPILED_AHEAD", Path.Combine(InstalledTool.Repository, "tests", "EfSafeMigrate.EndToEndTests", "obj", "ahead") + Path.DirectorySeparatorChar);
    }
}
