using System.Globalization;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Reports;

/// <summary>A run at one moment, as lines of a screen: what is done, what works and waits for whom, what comes.</summary>
internal sealed class RunView(bool redact)
{
    /// <summary>Of the steps, around the one that works.</summary>
    private const int Shown = 12;

    private readonly Dictionary<string, StepEnded> done = [];
    private IReadOnlyList<PlannedUpdate> migrations = [];
    private string again = "";
    private PlannedUpdate? current;
    private DateTimeOffset since;
    private int attempt;
    private int command;
    private string? trouble;
    private BackfillProgress? filling;
    private VerifyProgress? proving;
    private LockTime? hold;
    private TimeSpan longestWait;

    public void Tell(RunNews news, DateTimeOffset now)
    {
        switch (news)
        {
            case RunBegan began:
                (migrations, again) = (began.Plan.Migrations, began.Plan.Again);
                break;
            case StepBegan began:
                (since, hold, longestWait) = current == began.Migration ? (since, hold, longestWait) : (now, null, TimeSpan.Zero);
                (current, attempt, command, filling, proving) = (began.Migration, began.Attempt, 0, null, null);
                break;
            case CommandBegan began:
                (command, trouble, filling, proving) = (began.Command, null, null, null);
                break;
            case StepWatched watched:
                (hold, longestWait) = (watched.LongestHold, watched.LongestWait);
                trouble = watched.Blockers is [var blocker, ..] ? $"waits {StepLine.Behind(blocker, redact)}" : null;
                break;
            case BackfillMoved { News: BackfillProgress progress }:
                (filling, trouble) = (progress.IsDone ? null : progress, null);
                break;
            case BackfillMoved { News: VerifyProgress proof }:
                (filling, proving) = (null, proof);
                break;
            case BackfillMoved { News: BatchPutOff putOff }:
                trouble = $"{putOff.Reason.TrimEnd('.')}; trying again";
                break;
            case StepPutOff putOff:
                trouble = $"{putOff.Reason.TrimEnd('.')}; trying again";
                break;
            case StepReconnects reconnects:
                trouble = $"the connection was lost ({reconnects.Reason.TrimEnd('.')}); connecting again";
                break;
            case StepDone step:
                (done[step.Migration.Id], current, trouble) = (step.Ended, null, null);
                break;
        }
    }

    /// <summary>What stays on the screen when it is over: every step that was begun.</summary>
    public IReadOnlyList<string> Summary(int width)
    {
        var phased = migrations.Any(StepLine.IsPhased);
        return
        [
            .. migrations.Select((each, at) => done.TryGetValue(each.Id, out var ended) ? StepLine.Done(each, ended, at + 1, phased)
                : each == current ? StepLine.Of('✗', each, at + 1, phased).TrimEnd() : null).OfType<string>().Select(line => Cut(line, width)),
        ];
    }

    public IReadOnlyList<string> Lines(DateTimeOffset now, int width)
    {
        var at = current is null ? done.Count : migrations.TakeWhile(each => each != current).Count();
        var first = Math.Clamp(at - Shown / 2, 0, Math.Max(0, migrations.Count - Shown));
        var phased = migrations.Any(StepLine.IsPhased);
        List<string> lines = first > 0 ? [$"  … {"step".ToQuantity(first)} done before"] : [];
        for (var number = first; number < Math.Min(first + Shown, migrations.Count); number++)
        {
            lines.AddRange(Step(migrations[number], number + 1, phased, now));
        }
        if (first + Shown < migrations.Count)
        {
            lines.Add($"    … and {migrations.Count - first - Shown} more");
        }
        lines.AddRange(["", $"  Ctrl+C stops {(filling is null ? "at the next statement" : "after this batch")}; `{again}`", "  goes on."]);
        return [.. lines.Select(line => Cut(line, width))];
    }

    private IEnumerable<string> Step(PlannedUpdate migration, int number, bool phased, DateTimeOffset now)
    {
        if (done.TryGetValue(migration.Id, out var ended))
        {
            yield return StepLine.Done(migration, ended, number, phased);
            yield break;
        }
        if (migration != current)
        {
            yield return StepLine.Of(' ', migration, number, phased);
            yield break;
        }
        var estimate = UpdateEstimate.Of([.. migration.Commands.SelectMany(each => each.Situations)]);
        var elapsed = (now - since).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        yield return $"{StepLine.Of('▸', migration, number, phased)} {elapsed} s{Forecast(estimate)}";
        var indent = new string(' ', StepLine.Indent(phased));
        if (filling is not null || proving is not null)
        {
            foreach (var line in filling is not null ? ProgressText.Lines(filling) : [ProgressText.Line(proving!)])
            {
                yield return indent + line;
            }
            if (trouble is not null)
            {
                yield return indent + trouble;
            }
            yield break;
        }
        yield return $"{indent}statement {command + 1} of {migration.Commands.Count}{(attempt > 1 ? $" · try {attempt}" : "")}{Held()}";
        yield return indent + StepLine.Shortened(migration.Commands[command].Sql, 78 - indent.Length);
        yield return indent + (trouble ?? (longestWait > TimeSpan.Zero ? $"another session waits, for {Say.Duration(longestWait)} so far" : "no one waits"));
    }

    private string Held() => hold is null ? "" : $" · {hold.Mode} for {Say.Duration(TimeSpan.FromMilliseconds(hold.Milliseconds))}";

    private static string Forecast(UpdateEstimate estimate) => estimate.High is { } high && high >= TimeSpan.FromSeconds(1) ? $" of {estimate.Spoken}" : "";

    private static string Cut(string line, int width) => line.Length <= width ? line : line[..(width - 1)] + "…";
}
