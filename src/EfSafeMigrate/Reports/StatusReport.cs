using System.Globalization;
using System.Text.Json.Nodes;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>The state of a database's runs, for people and for programs.</summary>
internal static class StatusReport
{
    private const int Listed = 10;

    /// <summary>A block for each context; the only one of a project bears no name.</summary>
    public static void Write(IReadOnlyList<ContextStatus> contexts, DateTimeOffset now, IAnsiConsole console)
    {
        foreach (var context in contexts)
        {
            var name = contexts.Count > 1 ? $"{context.Context} · " : "";
            if (context is { Status: { } status, Target: { } target })
            {
                Write(status, name + target, console, [.. context.Held.Select(held => HeldText.Of(held, now))], contexts.Count > 1 ? $" --context {context.Context}" : "");
                continue;
            }
            console.WriteLine();
            console.WriteLine($"  {name.TrimEnd(' ', '·')}", new Style(decoration: Decoration.Bold));
            foreach (var line in Paragraph.Wrap($"{context.Failure!.Message}", 2, hanging: 2).Concat(Paragraph.Wrap($"→ {context.Failure.Next}", 2, hanging: 2)))
            {
                console.WriteLine(line);
            }
        }
    }

    /// <param name="held">What is said of plans that are not at their end.</param>
    /// <param name="choice">Goes with every command that is shown.</param>
    public static void Write(RunStatus status, string target, IAnsiConsole console, IReadOnlyList<string>? held = null, string choice = "")
    {
        void Say(string text)
        {
            foreach (var line in Paragraph.Wrap(text, 2, hanging: 2))
            {
                console.WriteLine(line);
            }
        }
        console.WriteLine();
        console.WriteLine($"  {target}", new Style(decoration: Decoration.Bold));
        Say(Sentence(status));
        if (status is { HistoryIsKept: true, Last.Open: { } at })
        {
            Say($"It is at {at.Migration}, and EF keeps its history to itself meanwhile: what follows is what the journal says.");
        }
        else if (status.Last is { Open: { } open } && status.State != RunState.Done)
        {
            Say(status.Last.Started.DownTo is null ? $"{open.Migration} was its last step; EF has {(status.OpenStepIsDone ? "" : "not ")}recorded it."
                : $"{open.Migration} was the last that it was to undo; EF {(status.OpenStepIsDone ? "has done so" : "has it still")}.");
        }
        if (status.Last?.Failure is { } failure)
        {
            Say($"It said: {failure.Message}");
        }
        if (status.Backup is { } backup)
        {
            Say($"{BackupText.Of(backup)}.");
        }
        foreach (var backfill in status.Backfills)
        {
            Write(backfill, Say, console);
        }
        foreach (var plan in held ?? [])
        {
            Say(plan);
        }
        if (status.Applied.Count > 0)
        {
            Say($"{"migration".ToQuantity(status.Applied.Count)} applied, up to {status.Applied[^1]}.");
        }
        List("Applied by other means", [.. status.Elsewhere.TakeLast(Listed)], status.Elsewhere.Count, console);
        List("Undone by other means", [.. status.Undone.Take(Listed)], status.Undone.Count, console);
        if (status.Pending.Count == 0)
        {
            Say("No migration is pending.");
        }
        List("Pending", [.. status.Pending.Take(Listed)], status.Pending.Count, console);
        if (status is { Last.Started.DownTo: { } to, State: RunState.Interrupted or RunState.Stopped or RunState.Failed })
        {
            console.WriteLine($"  → dotnet safe-migrate rollback {to}{choice}");
        }
        else if (status is { Pending.Count: > 0, State: RunState.Interrupted or RunState.Stopped or RunState.Failed })
        {
            console.WriteLine($"  → dotnet safe-migrate apply --resume{choice}");
        }
        else if (status.Pending.Count > 0 && status.State != RunState.Running)
        {
            console.WriteLine($"  → dotnet safe-migrate apply{choice}");
        }
    }

    private static void Write(BackfillStatus backfill, Action<string> say, IAnsiConsole console)
    {
        var record = backfill.Record;
        say($"Backfill {record.Name}{(record.Target == record.Name ? "" : $", {record.Target}")}: {Sentence(backfill)}");
        console.Write(ProgressText.Coloured(backfill.Progress, indent: 4));
        console.WriteLine();
        if (record is { Wanted: BackfillWish.Pause, State: BackfillState.Running or BackfillState.Held })
        {
            console.WriteLine("    → dotnet safe-migrate backfill unpause");
        }
    }

    private static string Sentence(BackfillStatus backfill) => backfill switch
    {
        { Silent: { } since } => string.Create(CultureInfo.InvariantCulture, $"not heard of since {since:yyyy-MM-dd HH:mm:ss} UTC; it goes on where it is."),
        { Record.State: BackfillState.Running } => "at work.",
        { Record.State: BackfillState.Held } => "waits.",
        { Record.State: BackfillState.Cancelled } => "ended by hand; it goes on where it is.",
        { Record.State: BackfillState.Failed } => "stopped by itself; it goes on where it is.",
        _ => "every row was walked over; not yet proved.",
    };

    private static JsonObject Json(BackfillStatus backfill) => new()
    {
        ["name"] = backfill.Record.Name,
        ["target"] = backfill.Record.Target,
        ["state"] = backfill.Record.State.ToString(),
        ["wanted"] = backfill.Record.Wanted.ToString(),
        ["percent"] = Math.Round(backfill.Progress.Percent, 1),
        ["walked"] = backfill.Progress.Walked,
        ["changed"] = backfill.Progress.Changed,
        ["total"] = backfill.Progress.Total,
        ["rowsPerSecond"] = Math.Round(backfill.Progress.Rate),
        ["secondsLeft"] = backfill.Progress.Left?.TotalSeconds,
        ["batch"] = backfill.Progress.Batch,
        ["batchMilliseconds"] = Math.Round(backfill.Progress.Took.TotalMilliseconds),
        ["replicaLagSeconds"] = backfill.Progress.Lag?.TotalSeconds,
        ["lockWaits"] = backfill.Progress.LockWaits,
        ["setAside"] = backfill.Progress.Quarantined,
        ["held"] = backfill.Progress.Held,
        ["seen"] = backfill.Record.Seen,
        ["notHeardOfSince"] = backfill.Silent,
    };

    private static void List(string title, IReadOnlyList<string> shown, int all, IAnsiConsole console)
    {
        if (all == 0)
        {
            return;
        }
        console.WriteLine($"  {title}:");
        foreach (var id in shown)
        {
            console.WriteLine($"    {id}");
        }
        if (all > shown.Count)
        {
            console.WriteLine($"    … {all - shown.Count} more");
        }
    }

    /// <summary>One document; with several contexts, each stands in a list.</summary>
    public static string Json(IReadOnlyList<ContextStatus> contexts) => contexts is [var only] ? Json(only).ToJsonString() : new JsonObject
    {
        ["schemaVersion"] = 1,
        ["contexts"] = new JsonArray([.. contexts.Select(Json)]),
    }.ToJsonString();

    private static JsonObject Json(ContextStatus context)
    {
        var about = context.Status is { } status ? Json(status) : new JsonObject { ["error"] = context.Failure!.Message, ["next"] = context.Failure.Next };
        about["context"] = context.Context;
        about["target"] = context.Target;
        about["held"] = new JsonArray([.. context.Held.Select(HeldText.Json)]);
        return about;
    }

    public static JsonObject Json(RunStatus status) => new()
    {
        ["schemaVersion"] = 1,
        ["state"] = status.State.ToString(),
        ["run"] = status.Last?.Id,
        ["startedAt"] = status.Last?.Started.At,
        ["by"] = status.Last?.Started.By,
        ["downTo"] = status.Last?.Started.DownTo,
        ["steps"] = new JsonArray([.. (status.Last?.Steps ?? []).Select(step => JsonValue.Create(step.Migration))]),
        ["openStep"] = status.Last?.Open?.Migration,
        ["openStepIsDone"] = status.OpenStepIsDone,
        ["historyIsKept"] = status.HistoryIsKept,
        ["backup"] = status.Backup is not { } backup ? null : new JsonObject
        {
            ["at"] = backup.At, ["by"] = backup.By, ["folder"] = backup.Folder, ["manifest"] = backup.Manifest, ["tables"] = backup.Tables, ["rows"] = backup.Rows,
        },
        ["backfills"] = new JsonArray([.. status.Backfills.Select(Json)]),
        ["applied"] = new JsonArray([.. status.Applied.Select(id => JsonValue.Create(id))]),
        ["pending"] = new JsonArray([.. status.Pending.Select(id => JsonValue.Create(id))]),
        ["elsewhere"] = new JsonArray([.. status.Elsewhere.Select(id => JsonValue.Create(id))]),
        ["undone"] = new JsonArray([.. status.Undone.Select(id => JsonValue.Create(id))]),
    };

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
