using System.Diagnostics;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Scripts;

internal sealed record Ended(int Code, string Output, string Error)
{
    public string All => $"exit code {Code}\n{Output}{Error}";
}

/// <summary>The databases' own clients.</summary>
internal static class Client
{
    public static async Task<Ended> RunAsync(string program, string directory, string input, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It stopped before it had read everything.
        }
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, await output, await error);
    }

    public static async Task<Ended> PsqlAsync(PostgresDatabase database, string text, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-psql-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "file.sql"), text);
            var at = new NpgsqlConnectionStringBuilder(database.ConnectionText);
            return await RunAsync("psql", folder, "", new Dictionary<string, string?>
            {
                ["PGHOST"] = at.Host, ["PGPORT"] = at.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["PGUSER"] = at.Username, ["PGPASSWORD"] = at.Password, ["PGDATABASE"] = at.Database,
                ["PGCLIENTENCODING"] = "LATIN1",
            }, ["-X", "-f", "file.sql", .. arguments]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
