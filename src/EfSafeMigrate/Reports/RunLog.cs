using System.Globalization;
using System.Text;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;
using EfSafeMigrate.Updates.Preflight;
using Humanizer;

namespace EfSafeMigrate.Reports;

/// <summary>
/// A Markdown document of one run, whatever became of it. It shows on as another reporter does, and keeps what it hears; a run that
/// was refused and changed nothing has one too.
/// </summary>
internal sealed class RunLog(RunReporter shown, TimeProvider time, bool redact) : RunReporter
{
    private readonly DateTimeOffset begun = time.GetUtcNow();
    private readonly List<string> head = [];
    private readonly List<string> happened = [];
    private readonly List<string> objections = [];
    private readonly List<(PlannedUpdate Migration, int Command)> statements = [];
    private readonly List<StepEnded> steps = [];
    private readonly List<string> verified = [];
    private readonly Dictionary<string, double> waited = [];
    private string? held;
    private UpdatePlan? plan;
    private RunEnded? ended;
    private IReadOnlyList<Vital> vitals = [];

    public override void Head(Target target, Engine engine, OpenResult context, string serverVersion)
    {
        shown.Head(target, engine, context, serverVersion);
        head.AddRange(
        [
            $"- environment: {target.Environment ?? "not set"}",
            $"- database: `{target.Database}` on `{target.Server}`{(target.User.Length > 0 ? $", as `{target.User}`" : "")}",
            $"- server: {engine.Name} {serverVersion}",
            $"- application: {context.Context}, EF Core {context.EfVersion}, {context.Provider} {context.ProviderVersion}",
            $"- tool: {ToolVersion.Number}, run by {Operator.Name}, process {Environment.ProcessId}",
        ]);
    }

    public override void NothingPending(MigrationChanges? gate) => shown.NothingPending(gate);

    public override void Plan(UpdatePlan plan, MigrationChanges? gate, bool whole)
    {
        this.plan = plan;
        shown.Plan(plan, gate, whole);
    }

    public override void Object(Objection objection)
    {
        objections.Add(objection.Sentence);
        shown.Object(objection);
    }

    public override void Tell(RunNews news)
    {
        switch (news)
        {
            case RunWaits waits:
                Note($"another run has the database since {waits.Holder.Since:HH:mm:ss}; waiting");
                break;
            case StepBegan { Attempt: > 1 } again:
                Note($"{again.Migration.Name}: try {again.Attempt}");
                break;
            case CommandBegan command:
                statements.Add((command.Migration, command.Command));
                break;
            case StepPutOff putOff:
                Note($"{putOff.Migration.Name} was put off: {putOff.Reason.TrimEnd('.')}{(putOff.Blocker is { } blocker ? $" {StepLine.Behind(blocker, redact)}" : "")}");
                break;
            case StepReconnects reconnects:
                Note($"{reconnects.Migration.Name}: the connection was lost ({reconnects.Reason.TrimEnd('.')})");
                break;
            case StepWatched watched when watched.LongestWait > TimeSpan.Zero:
                waited[watched.Migration.Id] = watched.LongestWait.TotalMilliseconds;
                break;
            case BackfillMoved { News: BatchPutOff putOff } moved:
                Note($"{moved.Migration.Name}: a batch is tried again: {putOff.Reason.TrimEnd('.')}");
                break;
            case BackfillMoved { News: RowSetAside row } moved:
                Note($"{moved.Migration.Name}: row {string.Join(", ", row.Key)} was set aside: {row.Message}");
                break;
            case BackfillMoved { News: BackfillProgress progress } moved when progress.Held != held:
                held = progress.Held;
                Note(held is null ? $"{moved.Migration.Name}: goes on" : $"{moved.Migration.Name}: stands still: {held}");
                break;
            case BackfillMoved { News: BackfillDrained drained } moved:
                Note(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{moved.Migration.Name}: {drained.Walked:N0} rows looked at, {drained.Changed:N0} written in {drained.Took.TotalSeconds:0.0} s"));
                break;
            case StepDone done:
                steps.Add(done.Ended);
                break;
            case HookFailed failed:
                Note(failed.Sentence);
                break;
            case BackedUpFirst first:
                Note($"{BackupText.Of(first.Written, first.Proven)}: `{first.Written.Folder}`");
                break;
            case NothingToBackUp nothing:
                Note(nothing.Sentence);
                break;
            case WrapLeftOut left:
                Note($"no {left.What}: {left.Why}");
                break;
            case RollbackWeighed weighed:
                RollbackText.Of(weighed).ToList().ForEach(line => Note(line.Trim()));
                break;
            case RehearsedFirst rehearsed:
                Note(RehearsalText.Of(rehearsed.Passed));
                break;
            case Verified check:
                verified.Add($"- {check.Sentence}");
                break;
            case Fared fared:
                vitals = fared.Vitals;
                break;
            case RunOver over:
                ended = over.Ended;
                break;
        }
        shown.Tell(news);
    }

    public override void Done(MigrationChanges? gate, int left) => shown.Done(gate, left);

    /// <summary>Does the work, and writes the log however it ends; a log that cannot be written never hides what the run ended with.</summary>
    /// <param name="folder">Null when nobody wants a log.</param>
    /// <exception cref="SafeMigrateException">The work failed, or the folder cannot be written to: that is found out before the work.</exception>
    public async Task<int> KeepAsync(string? folder, RunContext run, Func<Task<int>> work)
    {
        if (folder is null)
        {
            return await work();
        }
        await using var file = Create(folder, run.Id);
        SafeMigrateException? failure = null;
        try
        {
            return await work();
        }
        catch (SafeMigrateException exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            await file.WriteAsync(Text(run.Id, run.Journal.Entries, failure));
        }
    }

    /// <summary>Only its owner can read it.</summary>
    private StreamWriter Create(string folder, string run)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{begun.UtcDateTime:yyyyMMdd-HHmmss}-{run}.md"));
            return new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SafeMigrateException($"No log can be written to `{folder}`. Nothing was changed.", "give --log-dir a folder that can be written to", detail: exception.Message);
        }
    }

    private string Text(string run, IReadOnlyList<JournalEntry> entries, SafeMigrateException? failure)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        void Section(string title, IReadOnlyCollection<string> lines)
        {
            if (lines.Count > 0)
            {
                Line();
                Line($"## {title}");
                Line();
                lines.ToList().ForEach(Line);
            }
        }

        Line($"# Run {run}");
        Line();
        head.ForEach(Line);
        Line(string.Create(CultureInfo.InvariantCulture, $"- begun {begun.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, lasted {(time.GetUtcNow() - begun).TotalSeconds:0.0} s"));
        Line($"- plan: `{plan?.Hash ?? "none"}`");
        Line($"- outcome: **{Outcome(failure)}**{(failure is null ? "" : $" {failure.Message}")}");
        if (failure is not null)
        {
            Line($"- next: {failure.Next}");
        }
        Section("Migrations", Migrations());
        Section("Approvals and overrides", RunLogConsent.Lines(entries, run, plan));
        Section("Objections", [.. objections.Select(each => $"- {each}")]);
        Section("What happened", happened);
        Section("Verification", Verification());
        Section("Watched", [.. vitals.Select(vital => $"- {(vital.IsWorse ? "**worse** " : "")}{VitalText.Sentence(vital)}")]);
        Section("Statements", [.. statements.Select(Statement)]);
        return text.ToString();
    }

    private string Outcome(SafeMigrateException? failure) => (ended, failure) switch
    {
        ({ } over, _) => over.Outcome.ToString().Humanize().ToLowerInvariant() + ".",
        (null, null) => "nothing to do.",
        _ => "not begun.",
    };

    private List<string> Verification() => ended?.Outcome == RunOutcome.Done ? verified : verified.Count == 0 ? ["- Not reached."] : [.. verified, "- The next check failed: see the outcome."];

    private List<string> Migrations()
    {
        List<string> lines = ["| migration | phase | duration | longest lock | others waited | rows of its tables |", "|---|---|---|---|---|---|"];
        foreach (var migration in plan?.Migrations ?? [])
        {
            var step = steps.Find(each => each.Migration == migration.Id);
            var hold = step?.LongestHold is { } held ? string.Create(CultureInfo.InvariantCulture, $"{held.Mode} on {held.Table}, {held.Milliseconds:0} ms") : "none seen";
            var waiting = step is null ? waited.GetValueOrDefault(migration.Id) : step.LongestWaitMilliseconds;
            var rows = migration.Judged.Situations.Select(each => (each.Change.Target, each.Table.Rows.Value)).Where(each => each.Value is > 0).Distinct()
                .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Target} {each.Value:#,##0}"));
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {migration.Id} | {Phase(migration)} | {(step is null ? "not applied" : $"{step.Seconds.ToString("0.000", CultureInfo.InvariantCulture)} s")} | {(step is null ? "" : hold)} | {waiting:0} ms | {string.Join(", ", rows)} |"));
        }
        return lines;
    }

    private static string Phase(PlannedUpdate migration) => StepLine.IsPhased(migration) ? migration.Phase.ToString().Camelize() : "";

    private string Statement((PlannedUpdate Migration, int Command) each)
    {
        var command = each.Migration.Commands[each.Command];
        return $"{each.Migration.Name}, statement {each.Command + 1}{(command.Suppressed ? ", outside the transaction" : "")}\n\n```sql\n{command.Sql}\n```\n";
    }

    private void Note(string what) => happened.Add(string.Create(CultureInfo.InvariantCulture, $"- {time.GetUtcNow().UtcDateTime:HH:mm:ss} {what}"));
}
