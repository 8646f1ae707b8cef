using System.Diagnostics;
using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Tests.Projects;

/// <summary>An application that dies at work says why on its standard error, among much else.</summary>
public sealed class CrashesAreTold
{
    [Theory]
    [InlineData("echo working; echo 'Unhandled exception. System.InvalidOperationException: The queue is full.' >&2; echo '   at Shop.Queue.Add()' >&2", "System.InvalidOperationException: The queue is full.")]
    [InlineData("echo 'no Unhandled exception. here' >&2", null)]
    public void InTheRuntimesWords(string script, string? cause)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var noise = new Noise(process, new Talk(TextWriter.Null, verbose: false, terminal: false));
        process.WaitForExit();

        for (var attempt = 0; attempt < 60 && !noise.Last.Contains("exception.", StringComparison.Ordinal); attempt++)
        {
            noise.Settle();
        }

        noise.Cause.ShouldBe(cause);
        ProjectErrors.EndedAtWork(134, noise.Cause, noise.Last).Message.ShouldBe(
            $"The application's process ended in the middle of the work (exit code 134{(cause is null ? "" : $": {cause}")}); the database takes back what was not committed.");
    }
}
