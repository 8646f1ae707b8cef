using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Preflight;
using EfSafeMigrate.Updates.Rollbacks;
using Humanizer;

namespace EfSafeMigrate.Reports;

/// <summary>A run as JSON lines: one object for each thing that happens, <c>event</c> first.</summary>
internal sealed class RunJson(TextWriter output, bool redact) : RunReporter
{
    private readonly Sparingly progressing = new(TimeProvider.System, TimeSpan.FromMilliseconds(500));

    public override void Head(Target target, Engine engine, OpenResult context, string serverVersion) => Line("target", new()
    {
        ["schemaVersion"] = 1,
        ["environment"] = target.Environment,
        ["server"] = target.Server,
        ["database"] = target.Database,
        ["user"] = target.User,
        ["fingerprint"] = target.Fingerprint,
        ["engine"] = engine.Id,
        ["serverVersion"] = serverVersion,
        ["context"] = context.Context,
        ["efVersion"] = context.EfVersion,
    });

    public override void NothingPending(MigrationChanges? gate) => Line("nothing-pending", new() { ["gate"] = gate?.Id });

    public override void Plan(UpdatePlan plan, MigrationChanges? gate, bool whole) => Line("plan", new()
    {
        ["hash"] = plan.Hash,
        ["gate"] = gate?.Id,
        ["migrations"] = new JsonArray([.. plan.Migrations.Select(Migration)]),
    });

    public override void Object(Objection objection) =>
        Line("objection", new() { ["refuses"] = objection.Refuses, ["detail"] = objection.Detail, ["message"] = objection.Sentence, ["next"] = objection.Next });

    public override void Tell(RunNews news)
    {
        switch (news)
        {
            case RollbackWeighed weighed:
                Line("rollback", new() { ["downTo"] = weighed.Undoing.To, ["phases"] = weighed.Undoing.IsOfPhases, ["loses"] = new JsonArray([.. weighed.Counted.SelectMany(migration => (migration.Losses ?? []).Select(loss => Of(migration.Id, loss)))]) });
                break;
            case RestoreWeighed weighed:
                Line("restore", new()
                {
                    ["downTo"] = weighed.Backup.To, ["backup"] = weighed.Backup.Folder, ["madeAt"] = weighed.Backup.Manifest.At, ["hash"] = weighed.Hash,
                    ["loses"] = new JsonArray([.. weighed.Lost.Select(loss => Of(null, loss))]),
                });
                break;
            case BackupStands stands:
                Line("restored", new() { ["downTo"] = stands.Backup.To, ["backup"] = stands.Backup.Folder, ["tables"] = stands.Tables, ["rows"] = stands.Rows });
                break;
            case RunBegan began:
                Line("run-began", new() { ["run"] = began.Run, ["plan"] = began.Plan.Hash });
                break;
            case RunWaits waits:
                Line("run-waits", new() { ["run"] = waits.Holder.Run, ["since"] = waits.Holder.Since });
                break;
            case RunGoesOn goesOn:
                Line("run-goes-on", new() { ["run"] = goesOn.Dead.Id, ["openStep"] = goesOn.Dead.Open?.Migration });
                break;
            case NothingToResume:
                Line("nothing-to-resume", []);
                break;
            case StepBegan began:
                Line("step-began", new() { ["migration"] = began.Migration.Id, ["attempt"] = began.Attempt });
                break;
            case CommandBegan command:
                Line("command-began", new() { ["migration"] = command.Migration.Id, ["command"] = command.Command, ["sql"] = command.Migration.Commands[command.Command].Sql });
                break;
            case StepPutOff putOff:
                Line("step-put-off", new()
                {
                    ["migration"] = putOff.Migration.Id, ["attempt"] = putOff.Attempt, ["attempts"] = putOff.Attempts, ["reason"] = putOff.Reason,
                    ["blocker"] = Of(putOff.Blocker), ["pauseMilliseconds"] = Math.Round(putOff.Pause.TotalMilliseconds),
                });
                break;
            case BlockerMet met:
                Line("blocker", new() { ["migration"] = met.Migration.Id, ["blocker"] = Of(met.Blocker), ["ended"] = met.Spared is null, ["spared"] = met.Spared });
                break;
            case StepReconnects reconnects:
                Line("step-reconnects", new() { ["migration"] = reconnects.Migration.Id, ["reason"] = reconnects.Reason });
                break;
            case BackfillMoved { News: BackfillProgress progress } moved when progressing.IsWorth(progress):
                Line("backfill", new()
                {
                    ["migration"] = moved.Migration.Id, ["walked"] = progress.Walked, ["changed"] = progress.Changed, ["total"] = progress.Total, ["percent"] = Math.Round(progress.Percent, 1),
                    ["rowsPerSecond"] = Math.Round(progress.Rate), ["secondsLeft"] = progress.Left is { } left ? Math.Round(left.TotalSeconds, 1) : null, ["batch"] = progress.Batch,
                    ["batchMilliseconds"] = Math.Round(progress.Took.TotalMilliseconds), ["lagSeconds"] = progress.Lag?.TotalSeconds, ["lockWaits"] = progress.LockWaits,
                    ["setAside"] = progress.Quarantined, ["held"] = progress.Held,
                });
                break;
            case BackfillMoved { News: BatchPutOff putOff } moved:
                Line("batch-put-off", new() { ["migration"] = moved.Migration.Id, ["attempt"] = putOff.Attempt, ["reason"] = putOff.Reason, ["pauseMilliseconds"] = Math.Round(putOff.Pause.TotalMilliseconds) });
                break;
            case BackfillMoved { News: RowSetAside row } moved:
                Line("row-set-aside", new() { ["migration"] = moved.Migration.Id, ["key"] = new JsonArray([.. row.Key.Select(value => (JsonNode)value)]), ["message"] = row.Message });
                break;
            case StepDone { Ended: var ended }:
                Line("step-done", new()
                {
                    ["migration"] = ended.Migration, ["seconds"] = ended.Seconds, ["recognised"] = ended.Recognised, ["foundDone"] = ended.FoundDone,
                    ["longestHold"] = ended.LongestHold is { } hold ? new JsonObject { ["table"] = hold.Table, ["mode"] = hold.Mode, ["milliseconds"] = hold.Milliseconds } : null,
                    ["longestWaitMilliseconds"] = ended.LongestWaitMilliseconds,
                });
                break;
            case HookFailed failed:
                Line("hook-failed", new() { ["message"] = failed.Sentence });
                break;
            case StillWatching watching:
                Line("still-watching", new() { ["seconds"] = watching.Left.TotalSeconds });
                break;
            case BackupBegan began:
                Line("backup-began", new() { ["folder"] = began.Folder });
                break;
            case BackupMoved { News: Dumping dumping }:
                Line("backup-progress", new() { ["bytes"] = dumping.Bytes });
                break;
            case BackupMoved { News: Proving }:
                Line("backup-proving", []);
                break;
            case BackedUpFirst { Written: var written, Proven: var proven }:
                Line("backed-up", new()
                {
                    ["folder"] = written.Folder, ["manifest"] = written.Manifest, ["state"] = written.State.ToString().Camelize(), ["bytes"] = written.Bytes, ["seconds"] = written.Seconds,
                    ["attestation"] = written.Attestation,
                    ["proof"] = proven is null ? null : new JsonObject { ["scratch"] = proven.Scratch, ["tables"] = proven.Tables, ["rows"] = proven.Rows, ["seconds"] = proven.Seconds },
                });
                break;
            case NothingToBackUp nothing:
                Line("nothing-to-lose", new() { ["message"] = nothing.Sentence });
                break;
            case WrapLeftOut without:
                Line("left-out", new() { ["what"] = without.What, ["reason"] = without.Why });
                break;
            case RehearsedFirst { Passed: var passed }:
                Line("rehearsed", new()
                {
                    ["scratch"] = passed.Scratch, ["manifest"] = passed.Manifest, ["seconds"] = passed.Seconds,
                    ["migrations"] = passed.Migrations, ["proved"] = passed.Proved, ["mismatches"] = passed.Mismatches,
                    ["longestLock"] = passed.LongestLock is { } longest ? new JsonObject { ["table"] = longest.Table, ["mode"] = longest.Mode, ["milliseconds"] = longest.Milliseconds } : null,
                });
                break;
            case Verified verified:
                Line("verified", new() { ["message"] = verified.Sentence });
                break;
            case Fared fared:
                Line("fared", new() { ["vitals"] = new JsonArray([.. fared.Vitals.Select(VitalText.Json)]) });
                break;
            case RunOver over:
                Line("run-over", new() { ["outcome"] = over.Ended.Outcome.ToString(), ["message"] = over.Ended.Message });
                break;
        }
    }

    public override void Done(MigrationChanges? gate, int left) => Line("done", new() { ["gate"] = gate?.Id, ["pending"] = left });

    private static JsonObject Migration(PlannedUpdate migration)
    {
        var estimate = UpdateEstimate.Of([.. migration.Commands.SelectMany(command => command.Situations)]);
        return new()
        {
            ["id"] = migration.Id,
            ["phase"] = migration.Judged.Migration.Phase?.Phase,
            ["checksum"] = migration.Checksum,
            ["destroys"] = new JsonArray([.. migration.Destroys.Select(text => JsonValue.Create(text))]),
            ["lowSeconds"] = estimate.Low?.TotalSeconds,
            ["highSeconds"] = estimate.High?.TotalSeconds,
            ["diskBytes"] = estimate.Disk,
            ["basis"] = estimate.Basis,
            ["commands"] = new JsonArray([.. migration.Commands.Select(command => new JsonObject
            {
                ["sql"] = command.Sql, ["suppressed"] = command.Suppressed, ["lock"] = command.Lock?.Mode, ["table"] = command.Lock?.Table.ToString(),
            })]),
        };
    }

    private static JsonObject Of(string? migration, LostRows loss) => new() { ["migration"] = migration, ["rows"] = loss.Rows, ["sentence"] = loss.Sentence };

    private JsonObject? Of(Blocker? blocker) => blocker is null ? null : new()
    {
        ["process"] = blocker.Process,
        ["application"] = blocker.Application,
        ["openSeconds"] = Math.Round(blocker.Age.TotalSeconds, 1),
        ["statement"] = redact ? null : blocker.Statement,
    };

    private void Line(string name, JsonObject content)
    {
        var line = new JsonObject { ["event"] = name, ["at"] = TimeProvider.System.GetUtcNow() };
        foreach (var (key, value) in content.ToArray())
        {
            content.Remove(key);
            line[key] = value;
        }
        output.WriteLine(line.ToJsonString(JsonSerializerOptions.Default));
        output.Flush();
    }
}
