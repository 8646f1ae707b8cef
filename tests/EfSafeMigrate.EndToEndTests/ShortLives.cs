using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>What all processes that tests start inherit: they live for seconds, in which a runtime compiles much that nobody runs again.</summary>
internal static class ShortLives
{
    /// <summary>Milliseconds (hexadecimal) without new code until the runtime begins to look for what is worth being compiled better; 100 otherwise.</summary>
    private const string Patience = "BB8";

    private const string Delay = "DOTNET_TC_CallCountingDelayMs";

    /// <summary>The name of the compiler's server that builds share: begun for each, a compiler compiles itself first.</summary>
    private static readonly string Compiler = string.Create(CultureInfo.InvariantCulture, $"safe-migrate-tests-{Environment.ProcessId}");

    /// <summary>For a process that works for long.</summary>
    internal static Dictionary<string, string> Longer { get; } = new() { [Delay] = "64" };

    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable(Delay, Patience);
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        // Who starts a build otherwise than by a shell goes without.
        Environment.SetEnvironmentVariable("UseSharedCompilation", "false");
        Environment.SetEnvironmentVariable("SharedCompilationId", Compiler);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndCompiler();
        Environment.SetEnvironmentVariable("SAMPLES_COMPILED_AHEAD", Path.Combine(InstalledTool.Repository, "tests", "EfSafeMigrate.EndToEndTests", "obj", "ahead") + Path.DirectorySeparatorChar);
    }

    /// <summary>Elsewhere than on Linux it ends by itself, after ten minutes without work.</summary>
    private static void EndCompiler()
    {
        foreach (var process in OperatingSystem.IsLinux() ? Process.GetProcessesByName("VBCSCompiler") : [])
        {
            try
            {
                if (File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cmdline")).Contains($"-pipename:{Compiler}", StringComparison.Ordinal))
                {
                    process.Kill();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                // It has ended.
            }
        }
    }
}
