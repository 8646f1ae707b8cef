using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;
using EfSafeMigrate.Updates.Preflight;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>A run as plain lines.</summary>
internal sealed class RunText(IAnsiConsole console, Talk talk, bool redact) : RunReporter
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    private string? said;
    private readonly Sparingly worth = new(TimeProvider.System, TimeSpan.FromSeconds(5));
    private UpdatePlan? plan;

    public override void Head(Target target, Engine engine, OpenResult context, string serverVersion)
    {
        Line();
        var user = target.User.Length > 0 ? $" · as {target.User}" : "";
        Line($"  {target.Environment ?? "no environment set, so Development"} · {target.Database}@{target.Server} · {engine.Name} {serverVersion.Split(' ')[0]}{user}", Strong);
        Line($"  {context.Context[(context.Context.LastIndexOfAny(['.', '+']) + 1)..]} · EF Core {context.EfVersion}", Quiet);
    }

    public override void NothingPending(MigrationChanges? gate)
    {
        Line();
        if (gate is null)
        {
            Line("  No migration is pending.");
        }
        else
        {
            Gate(gate);
        }
    }

    public override void Plan(UpdatePlan plan, MigrationChanges? gate, bool whole)
    {
        Line($"  plan {Digest.Spoken(plan.Hash)} · {"migration".ToQuantity(plan.Migrations.Count)}", Quiet);
        Line();
        if (whole)
        {
            new UpdatePlanText(console).Write(plan);
        }
        if (gate is not null && whole)
        {
            Gate(gate);
        }
    }

    public override void Object(Objection objection)
    {
        Action<string> say = objection.Detail ? talk.Detail : talk.Say;
        say($"  {(objection.Refuses ? '✗' : '!')} {objection.Sentence}");
        say($"    → {objection.Next}");
    }

    public override void Tell(RunNews news)
    {
        switch (news)
        {
            case RunWaits waits:
                talk.Say($"  Another run is at work since {waits.Holder.Since:HH:mm:ss} UTC; waiting for it …");
                break;
            case RunGoesOn { Dead: var dead }:
                talk.Say($"  Goes on where the run of {dead.Started.By}, begun {dead.Started.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, was interrupted{(dead.Open is { } open ? $": at {open.Migration}" : "")}.");
                break;
            case NothingToResume:
                talk.Say("  No run was left unfinished; this one does what `apply` does.");
                break;
            case BackfillMoved { News: BackfillProgress progress } when worth.IsWorth(progress):
                talk.Say($"  {progress.Name[(progress.Name.IndexOf('_', StringComparison.Ordinal) + 1)..]} {ProgressText.Line(progress).Trim()}");
                break;
            case BackfillMoved { News: BackfillNote note }:
                Once($"  ! {note.Text}");
                break;
            case BackfillMoved { News: RowSetAside row } moved:
                talk.Say($"  {moved.Migration.Name}: row {string.Join(", ", row.Key)} was set aside: {row.Message}");
                break;
            case StepPutOff putOff:
                Once($"  {putOff.Migration.Name}: {putOff.Reason.TrimEnd('.')}{By(putOff.Blocker)}; trying again");
                break;
            case BlockerMet met:
                talk.Say($"  {met.Migration.Name}: process {met.Blocker.Process}{(met.Blocker.Application.Length > 0 ? $" ({met.Blocker.Application})" : "")} was in the way for {Say.Duration(met.Blocker.Age)}: "
                    + (met.Spared is null ? "its session was ended" : $"not ended, for {met.Spared}"));
                break;
            case StepReconnects reconnects:
                talk.Say($"  {reconnects.Migration.Name}: the connection was lost ({reconnects.Reason.TrimEnd('.')}); connecting again …");
                break;
            case StepWatched { Blockers: [var blocker, ..] } watched when watched.Blockers[0].Age > TimeSpan.FromSeconds(1):
                Once($"  {watched.Migration.Name} waits{By(blocker)}");
                break;
            case RunBegan began:
                plan = began.Plan;
                break;
            case StepDone done:
                said = null;
                Line(StepLine.Done(done.Migration, done.Ended, plan!.Migrations.TakeWhile(each => each != done.Migration).Count() + 1, plan.Migrations.Any(StepLine.IsPhased)));
                break;
            case BackupBegan began:
                talk.Say($"  Backing up into {began.Folder}");
                break;
            case BackupMoved { News: var moved } when BackupText.Of(moved) is { } line:
                talk.Say(line);
                break;
            case BackedUpFirst first:
                Line($"  {BackupText.Of(first.Written, first.Proven)}");
                break;
            case NothingToBackUp nothing:
                Line($"  {nothing.Sentence}");
                break;
            case WrapLeftOut left:
                talk.Say($"  ! No {left.What} before this run: {left.Why}");
                break;
            case RollbackWeighed weighed:
                Lines(RollbackText.Of(weighed));
                break;
            case RestoreWeighed weighed:
                Lines(RollbackText.Of(weighed));
                break;
            case BackupStands stands:
                Lines(RollbackText.Of(stands));
                break;
            case Verified { Sentence: var sentence } when plan?.IsUndo == true:
                Line($"    {sentence}", Quiet);
                break;
            case RehearsedFirst { Passed: var passed }:
                Line($"  {RehearsalText.Of(passed)}");
                break;
            case HookFailed failed:
                talk.Say($"  ! {failed.Sentence}");
                break;
            case StillWatching watching:
                talk.Say($"  All steps are done; watching for {Say.Duration(watching.Left)} …");
                break;
            case Fared fared:
                Fare(fared.Vitals);
                break;
        }
    }

    public override void Done(MigrationChanges? gate, int left)
    {
        Line();
        if (gate is null)
        {
            Line(left == 0 ? "  Done; no migration is pending." : $"  Done; {"migration".ToQuantity(left)} {(left == 1 ? "is" : "are")} still pending.");
        }
        else
        {
            Gate(gate);
        }
    }

    /// <summary>What was watched: only what can be compared, the worse first by name.</summary>
    private void Fare(IReadOnlyList<Vital> vitals)
    {
        Line();
        foreach (var vital in vitals.OrderBy(vital => !vital.IsWorse))
        {
            Line($"  {(vital.IsWorse ? '!' : ' ')} {VitalText.Sentence(vital)}", vital.IsWorse ? Strong : Quiet);
        }
    }

    private void Gate(MigrationChanges gate)
    {
        if (Horizon.PhaseOf(gate) != PhaseKind.Contract)
        {
            Line($"  {gate.Name} waits: this run was to end before it.");
            Line("  → dotnet safe-migrate apply   goes on with it");
            return;
        }
        Line($"  {gate.Name} waits: it takes away what the old release uses.");
        Line("  → dotnet safe-migrate apply --until contract   when the old release is gone");
    }

    private string By(Blocker? blocker) => blocker is null ? "" : $" {StepLine.Behind(blocker, redact)}";

    /// <summary>The same thing is not said twice in a row.</summary>
    private void Once(string line)
    {
        var kind = line[..Math.Min(line.Length, 40)];
        if (said != kind)
        {
            said = kind;
            talk.Say(line);
        }
    }

    private void Lines(IEnumerable<string> lines) => lines.SelectMany(line => Paragraph.Wrap(line.TrimStart(), line.Length - line.TrimStart().Length, hanging: 2)).ToList().ForEach(line => Line(line));

    private void Line(string text = "", Style? style = null) => console.WriteLine(text, style ?? Style.Plain);
}
