using System.Diagnostics;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>The built sample as a process that carries out one line after the other.</summary>
internal sealed class Driver : IAsyncDisposable
{
    private readonly Process process;
    private readonly SemaphoreSlim turn = new(1);

    public Driver(string project)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(project, "bin", "Debug", "net10.0", "Phases.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
    }

    /// <exception cref="SampleException">The sample threw.</exception>
    public async Task<string> AskAsync(PhasedDatabase database, string context, string verb, string argument = "", string settings = "")
    {
        await turn.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync($"{database.ConnectionString};{settings}\t{context}\t{verb}\t{argument}");
            await process.StandardInput.FlushAsync();
            var answer = await process.StandardOutput.ReadLineAsync() ?? throw new SampleException($"The sample ended during {verb} {argument}.");
            return answer.StartsWith("ok ", StringComparison.Ordinal) ? answer[3..] : throw new SampleException($"{context} {verb} {argument}: {answer}");
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
        process.Dispose();
        turn.Dispose();
    }
}

#pragma warning disable CA1032 // Thrown in one place.
public sealed class SampleException(string message) : Exception(message);
