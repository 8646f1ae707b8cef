using System.Globalization;
using System.Text.Json.Nodes;
using EfSafeMigrate.Updates;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>The state of a database's runs, for people and for programs.</summary>
internal static class StatusReport
{
    public static void Write(RunStatus status, string target, IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine($"  {target}", new Style(decoration: Decoration.Bold));
        console.WriteLine($"  {Sentence(status)}");
        if (status.Last is { Open: { } open } && status.State != RunState.Done)
        {
            console.WriteLine(status.OpenStepIsDone
                ? $"  {open.Migration} was its last step; EF has recorded it."
                : $"  {open.Migration} was its last step; EF has not recorded it.");
        }
        if (status.Last?.Failure is { } failure)
        {
            console.WriteLine($"  It said: {failure.Message}");
        }
        foreach (var id in status.Elsewhere.TakeLast(10))
        {
            console.WriteLine($"  {id} was applied by other means.");
        }
        console.WriteLine(status.Pending.Count == 0 ? "  No migration is pending." : $"  Pending: {string.Join(", ", status.Pending)}");
        if (status is { Pending.Count: > 0, State: RunState.Interrupted or RunState.Stopped or RunState.Failed })
        {
            console.WriteLine("  → dotnet safe-migrate apply --resume");
        }
    }

    public static string Json(RunStatus status) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["state"] = status.State.ToString(),
        ["run"] = status.Last?.Id,
        ["startedAt"] = status.Last?.Started.At,
        ["by"] = status.Last?.Started.By,
        ["steps"] = new JsonArray([.. (status.Last?.Steps ?? []).Select(step => JsonValue.Create(step.Migration))]),
        ["openStep"] = status.Last?.Open?.Migration,
        ["openStepIsDone"] = status.OpenStepIsDone,
        ["pending"] = new JsonArray([.. status.Pending.Select(id => JsonValue.Create(id))]),
        ["elsewhere"] = new JsonArray([.. status.Elsewhere.Select(id => JsonValue.Create(id))]),
    }.ToJsonString();

    private static string Sentence(RunStatus status) => status.State switch
    {
        RunState.Never => "No run has been on this database.",
        RunState.Running => $"A run is at work{Since(status)}.",
        RunState.Done => $"The last run{Since(status)} ended well.",
        RunState.Stopped => $"The last run{Since(status)} was stopped: {status.Last!.Ended!.Message}",
        RunState.Failed => $"The last run{Since(status)} failed: {status.Last!.Ended!.Message}",
        _ => $"The last run{Since(status)} was interrupted: nobody said how it ended.",
    };

    private static string Since(RunStatus status) => status.Last is not { Started: var started } ? ""
        : string.Create(CultureInfo.InvariantCulture, $" of {started.By}, begun {started.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC (process {started.Process} on {started.Host})");
}
