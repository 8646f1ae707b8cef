using System.ComponentModel;
using System.Diagnostics;

namespace EfSafeMigrate.Projects;

/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
internal sealed record ProcessResult(int Code, string Output, string Error);

/// <summary>Child processes that never outlive the tool.</summary>
internal static class ChildProcess
{
    /// <summary>The <c>dotnet</c> that runs this tool, or the one on the path.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    public static ProcessStartInfo StartInfo(string directory, IEnumerable<string> arguments) => new(Dotnet, arguments)
    {
        WorkingDirectory = directory,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        CreateNoWindow = true,
    };

    public static async Task<ProcessResult> RunAsync(string directory, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = StartInfo(directory, arguments);
        // A node that is kept for the next build would stay behind after the tool has ended; the compiler's server stays for ten minutes after everybody's builds.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            Kill(process);
        }
        return new ProcessResult(process.ExitCode, await output, await error);
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw ProjectErrors.NoDotnet();
        }
    }

    public static void Kill(Process process)
    {
        try
        {
            // To kill a tree is to look at every process of the machine: milliseconds, which one that has ended is not worth.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // Already gone.
        }
    }
}
