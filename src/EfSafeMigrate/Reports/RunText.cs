using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;
using Humanizer;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>A run as plain lines.</summary>
internal sealed class RunText(IAnsiConsole console, Talk talk, bool redact) : RunReporter
{
    private const int NameWidth = 36;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    private string? said;

    public override void Head(Target target, Engine engine, OpenResult context, string serverVersion)
    {
        Line();
        var user = target.User.Length > 0 ? $" · as {target.User}" : "";
        Line($"  {target.Environment ?? "environment not set"} · {target.Database}@{target.Server} · {engine.Name} {serverVersion.Split(' ')[0]}{user}", Strong);
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
        talk.Say($"  {(objection.Refuses ? '✗' : '!')} {objection.Sentence}");
        talk.Say($"    → {objection.Next}");
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
            case StepPutOff putOff:
                Once($"  {putOff.Migration.Name}: {putOff.Reason.TrimEnd('.')}{By(putOff.Blocker)}; trying again");
                break;
            case StepReconnects reconnects:
                talk.Say($"  {reconnects.Migration.Name}: the connection was lost ({reconnects.Reason.TrimEnd('.')}); connecting again …");
                break;
            case StepWatched { Blockers: [var blocker, ..] } watched when watched.Blockers[0].Age > TimeSpan.FromSeconds(1):
                Once($"  {watched.Migration.Name} waits{By(blocker)}");
                break;
            case StepDone done:
                Done(done);
                break;
        }
    }

    public override void Done(MigrationChanges? gate)
    {
        Line();
        if (gate is null)
        {
            Line("  Done; no migration is pending.");
        }
        else
        {
            Gate(gate);
        }
    }

    private void Done(StepDone done)
    {
        said = null;
        var ended = done.Ended;
        var hold = ended.LongestHold is { } held ? $"lock {Say.Duration(TimeSpan.FromMilliseconds(held.Milliseconds))}" : "no lock seen";
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{ended.Seconds:0.0} s");
        var phase = done.Migration.Judged.Migration.Phase is null ? "" : done.Migration.Phase.ToString().Camelize();
        Line($"  ✔ {phase,-10}{done.Migration.Name.PadRight(NameWidth)} {hold,-12} {seconds,9}{(ended.FoundDone ? "  (found done after the connection was lost)" : "")}");
    }

    private void Gate(MigrationChanges gate)
    {
        Line($"  {gate.Name} waits: it takes away what the old release uses.");
        Line("  → dotnet safe-migrate apply --until contract   when the old release is gone");
    }

    private string By(Blocker? blocker) => blocker is null ? ""
        : $" behind process {blocker.Process}{(blocker.Application.Length > 0 ? $" ({blocker.Application})" : "")}, open for {Say.Duration(blocker.Age)}"
            + (redact || blocker.Statement.Length == 0 ? "" : $": {Shortened(blocker.Statement)}");

    private static string Shortened(string statement)
    {
        var line = string.Join(' ', statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 60 ? line : line[..59] + "…";
    }

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

    private void Line(string text = "", Style? style = null) => console.WriteLine(text, style ?? Style.Plain);
}
