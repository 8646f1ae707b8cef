using System.Text.Json.Nodes;
using Humanizer;

namespace EfSafeMigrate.Updates;

/// <summary>A team's own commands around a run. Before something happens a hook may stop it; afterwards it can only be told.</summary>
internal sealed class Hooks : IDisposable
{
    private readonly HookCommands commands;
    private readonly string run;
    private readonly UpdatePlan plan;
    private readonly Action<RunNews> tell;
    private readonly CancellationTokenSource ending = new();
    private Task notifying = Task.CompletedTask;
    /// <summary>What was said of notifications that failed: the same is not said of each.</summary>
    private readonly HashSet<string> unheard = [];
    private bool begun;

    /// <exception cref="SafeMigrateException">The settings name an event that does not exist.</exception>
    public Hooks(HookCommands commands, string run, UpdatePlan plan, Action<RunNews> tell)
    {
        (this.commands, this.run, this.plan, this.tell) = (commands, run, plan, tell);
        Check(commands);
    }

    public static void Check(HookCommands commands)
    {
        var known = Enum.GetValues<HookEvent>().Select(Name).ToArray();
        if (commands.Commands.Keys.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new SafeMigrateException($"`{unknown}` is no event of a hook.", $"known are {string.Join(", ", known)}");
        }
    }

    public Task BeforeRunAsync(CancellationToken cancellation)
    {
        begun = true;
        return AtAsync(HookEvent.BeforeRun, null, null, cancellation);
    }

    /// <exception cref="SafeMigrateException">The hook refuses; the run ends here.</exception>
    public async Task AtAsync(HookEvent when, PlannedUpdate? migration, RunEnded? ended, CancellationToken cancellation)
    {
        if (await CallAsync(when, migration, ended, cancellation) is { } wrong)
        {
            throw new SafeMigrateException(
                $"The hook {Name(when)} {wrong}.", $"mend what the hook finds, then {plan.Again}", ExitCode.StoppedSafely);
        }
    }

    /// <summary>The run is over: nothing can be stopped any more, so that a refusal is only told.</summary>
    public async Task EndedAsync(RunEnded ended)
    {
        HookEvent[] last = [.. begun ? [HookEvent.AfterRun] : Array.Empty<HookEvent>(), ended.Outcome == RunOutcome.Done ? HookEvent.OnSuccess : HookEvent.OnFailure];
        foreach (var when in last)
        {
            if (await CallAsync(when, null, ended, CancellationToken.None) is { } wrong)
            {
                tell(new HookFailed($"The hook {Name(when)} {wrong}."));
            }
        }
        ending.CancelAfter(commands.Timeout);
        await notifying;
    }

    public void Dispose() => ending.Dispose();

    private async Task<string?> CallAsync(HookEvent when, PlannedUpdate? migration, RunEnded? ended, CancellationToken cancellation)
    {
        if (commands.Notify is null && !commands.Commands.ContainsKey(Name(when)))
        {
            return null;
        }
        var json = Json(when, migration, ended);
        if (commands.Notify is { } notify)
        {
            notifying = NotifyAsync(notifying, notify, json);
        }
        return commands.Commands.TryGetValue(Name(when), out var command) ? await HookProcess.RunAsync(command, json, commands.Timeout, cancellation) : null;
    }

    /// <summary>One after another, beside the run.</summary>
    private async Task NotifyAsync(Task before, string command, string json)
    {
        await before;
        try
        {
            if (await HookProcess.RunAsync(command, json, commands.Timeout, ending.Token) is { } wrong && unheard.Add(wrong))
            {
                tell(new HookFailed($"The notification {wrong}."));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over and waited long enough.
        }
    }

    private string Json(HookEvent when, PlannedUpdate? migration, RunEnded? ended) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["event"] = Name(when),
        ["run"] = run,
        ["environment"] = plan.Target.Environment,
        ["server"] = plan.Target.Server,
        ["database"] = plan.Target.Database,
        ["user"] = plan.Target.User,
        ["plan"] = plan.Hash,
        ["downTo"] = plan.DownTo,
        ["migrations"] = new JsonArray([.. plan.Migrations.Select(each => JsonValue.Create(each.Id))]),
        ["phase"] = migration is null ? null : Lower(migration.Phase.ToString()),
        ["migration"] = when is HookEvent.BeforeMigration or HookEvent.AfterMigration ? migration?.Id : null,
        ["outcome"] = ended is null ? null : Lower(ended.Outcome.ToString()),
        ["message"] = ended?.Message,
    }.ToJsonString();

    private static string Name(HookEvent when) => when.ToString().ToKebab();

    private static string Lower(string word) => word.Camelize();
}
