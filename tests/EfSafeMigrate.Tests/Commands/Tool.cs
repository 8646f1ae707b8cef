using System.Diagnostics;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>The tool as a process of its own.</summary>
internal static class Tool
{
    public static string Dll => Path.Combine(AppContext.BaseDirectory, "dotnet-safe-migrate.dll");

    public static async Task<(int Code, string Output, string Error)> RunAsync(string program, string[] arguments, string folder, Action<IDictionary<string, string?>> set)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        set(start.Environment);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
