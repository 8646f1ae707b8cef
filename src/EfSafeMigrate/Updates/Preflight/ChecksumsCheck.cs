namespace EfSafeMigrate.Updates.Preflight;

/// <summary>What ran is what the project says ran: a migration that is edited after it was applied is on this database and on no other.</summary>
internal sealed class ChecksumsCheck : PreflightCheck
{
    public override string Title => "applied migrations are as they were";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        var ran = Ran(context);
        if (ran.Count == 0)
        {
            return [];
        }
        var now = await context.Describe([.. ran.Keys], cancellation);
        return
        [
            .. from migration in now.Migrations
               let then = ran[migration.Id]
               where PlannedUpdate.ChecksumOf(migration.Commands) != then.Step.Checksum
               let file = migration.Changes.Select(change => change.Origin.File).FirstOrDefault(name => name is not null) ?? migration.Id
               select then.Provider == context.Provider
                   ? Objection.Refuse(
                       $"{file} was edited after it was applied at {then.Step.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC: it does something else now.",
                       $"{(then.Commit is { } commit ? $"git checkout {commit} -- {ShellWord.Of(file)}   brings back what was applied" : $"bring {file} back as it was applied")}; put the change into a new migration")
                   : Objection.Warn(
                       $"{file} has other commands than when it was applied; that was with {then.Provider ?? "another provider"}, and this is {context.Provider}.",
                       $"see that nobody edited {file}"),
        ];
    }

    private static Dictionary<string, Record> Ran(PreflightContext context)
    {
        var runs = context.Journal.Where(entry => entry.Event is RunStarted).ToLookup(entry => entry.Run, entry => (RunStarted)entry.Event!);
        Dictionary<string, Record> last = [];
        foreach (var entry in context.Journal)
        {
            if (entry.Event is StepEnded step and not StepUndone && context.Applied.Contains(step.Migration))
            {
                var started = runs[entry.Run].FirstOrDefault();
                last[step.Migration] = new(step, started?.Provider, started?.Commit);
            }
        }
        return last;
    }

    private sealed record Record(StepEnded Step, string? Provider, string? Commit);
}
