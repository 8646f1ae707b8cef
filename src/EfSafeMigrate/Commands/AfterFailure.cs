using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Commands;

/// <summary>Takes back what a run has applied before it failed: by undoing its migrations, or by a backup.</summary>
/// <param name="makesOne">The run proves a backup of its own before the first step.</param>
internal sealed class AfterFailure(OnFailureOptions options, RollingBack rolling, Target target, bool makesOne)
{
    private readonly Dictionary<string, IReadOnlyList<LostRows>> made = [];
    private readonly List<string> applied = [];
    private BackupChoice? backup;
    private IReadOnlyDictionary<string, PlannedUpdate> undo = new Dictionary<string, PlannedUpdate>();
    private LossCount? losses;

    private LiveProject Live => rolling.Live;

    /// <summary>Before anything is changed.</summary>
    /// <exception cref="SafeMigrateException">There is no way back to promise.</exception>
    public async Task PrepareAsync(UpdatePlan plan, Protection protection, CancellationToken cancellation)
    {
        if (options.Manner == FailureManner.Restore)
        {
            if (protection.IsOn)
            {
                // What others write meanwhile would be lost with nobody asked.
                throw new SafeMigrateException($"--on-failure restore loses what the application writes during the run, and {protection.Why}. Nothing was changed.", "--on-failure stop, and after a failure dotnet safe-migrate rollback --backup DIR, which counts what is lost and asks; or --on-failure rollback", ExitCode.StoppedSafely);
            }
            backup = options.Backup is { } folder
                ? await new RestoringBack(rolling, target).ReadAsync(folder, Live.Session.Applied.LastOrDefault(Live.Migrations.Contains) ?? Undoing.Nothing, cancellation)
                : makesOne ? null
                : throw new SafeMigrateException("--on-failure restore needs a proven backup of this database, and none is made or named. Nothing was changed.", "leave out what keeps the run from making one, or name one with --backup DIR", ExitCode.StoppedSafely);
            return;
        }
        var dialect = SqlDialect.Of(Live.Engine.Id);
        string[] ids = [.. plan.Migrations.Select(migration => migration.Id)];
        var described = await Live.Project.AskAsync(new DescribeRequest(ids, PendingModel: false) { Undo = true, WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation);
        var downs = ChangeReader.WithoutSources(dialect).Read(described);
        losses = new LossCount(Live.Engine, Live.Session.QueryAsync, [.. plan.Migrations.Select(migration => migration.Judged.Migration), .. plan.Later]);
        undo = UpdatePlan.Of(target, downs, Live.Engine, FactSheet.Unknown, together: false).Migrations.ToDictionary(migration => migration.Id);
    }

    /// <summary>The run's own backup, unless another one is named.</summary>
    public void Take(RunBackup? made) => backup ??= made is null ? null : new(made.Folder, made.Manifest);

    /// <summary>What a step has just made is not what somebody would miss.</summary>
    public async Task NoteAsync(PlannedUpdate migration, CancellationToken cancellation)
    {
        applied.Add(migration.Id);
        if (undo.TryGetValue(migration.Id, out var down))
        {
            made[migration.Id] = (await losses!.CountAsync([down], cancellation))[0].Losses!;
        }
    }

    /// <summary>Takes everything back and says so; where it cannot, a person decides.</summary>
    /// <returns>What to throw in place of the failure.</returns>
    public async Task<SafeMigrateException> TakeBackAsync(SafeMigrateException failed, UpdatePlan plan)
    {
        // Nothing was applied; of what is half applied only a backup has the state before.
        if (applied.Count == 0 && (options.Manner == FailureManner.Rollback || failed.Code == ExitCode.StoppedSafely))
        {
            return failed;
        }
        var next = failed.Next.Replace(RunContext.Resume, "dotnet safe-migrate apply", StringComparison.Ordinal);
        try
        {
            if (options.Manner == FailureManner.Restore)
            {
                if (backup is null)
                {
                    throw new SafeMigrateException("The database was empty before, and there is no backup of nothing.", $"dotnet safe-migrate rollback {Undoing.Nothing}, or drop the database");
                }
                var restoring = new RestoringBack(rolling, target);
                var lost = await restoring.WeighAsync(backup, CancellationToken.None);
                await restoring.RestoreAsync(backup, lost, failed.Message, CancellationToken.None);
                return new(
                    $"{failed.Message} The backup of {backup.Manifest.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC was restored: the database is what it was.{(lost.Count == 0 ? "" : $" {string.Join(' ', lost.Select(each => each.Sentence))}")}",
                    next, ExitCode.StoppedSafely, failed.Detail);
            }
            await UndoAsync(failed, plan);
            return new($"{failed.Message} What the run had applied before was undone: {"migration".ToQuantity(applied.Count)}.", next, ExitCode.StoppedSafely, failed.Detail);
        }
        catch (Exception exception) when (exception is SafeMigrateException or QueryFailure)
        {
            var (why, todo) = exception is SafeMigrateException refused ? (refused.Message, refused.Next) : ($"{((QueryFailure)exception).Sentence.TrimEnd('.')}.", plan.Again);
            return new($"{failed.Message} It was not {(options.Manner == FailureManner.Restore ? "restored" : "rolled back")}: {why}", todo, ExitCode.NeedsPerson, failed.Detail);
        }
    }

    private async Task UndoAsync(SafeMigrateException failed, UpdatePlan plan)
    {
        await Live.Session.ReadAppliedAsync([], CancellationToken.None);
        var first = plan.Migrations[0].Id;
        var to = Live.Migrations.TakeWhile(id => id != first).LastOrDefault(Live.Session.Applied.Contains) ?? Undoing.Nothing;
        var undoing = await Undoing.ChooseAsync(Live.Project, Live.Engine, Live.Session.Applied, to, Live.Talk, CancellationToken.None);
        if (undoing.Objection is { } objection)
        {
            throw new SafeMigrateException($"{objection}.", $"dotnet safe-migrate rollback {to} --backup DIR   restores a backup; or mend the cause, then {plan.Again}");
        }
        if (undoing.Downs.FirstOrDefault(down => !applied.Contains(down.Id)) is { } other)
        {
            throw new SafeMigrateException($"{other.Id} is applied by now, and not by this run.", "dotnet safe-migrate status   shows by whom");
        }
        var rollback = await rolling.PlanAsync(undoing, target, whole: false, CancellationToken.None);
        RefuseLoss(rollback.Plan, plan.Again);
        var run = await rolling.StartAsync(rollback, CancellationToken.None);
        var accepted = new Agreement([]) { Losses = applied };
        await rolling.CarryOutAsync(run, rollback.Plan, accepted, [], failed.Message, CancellationToken.None);
    }

    /// <exception cref="SafeMigrateException">Somebody has written what would be lost since this run made the place for it, or the run itself did away with something.</exception>
    private void RefuseLoss(UpdatePlan back, string again)
    {
        foreach (var migration in back.Migrations)
        {
            foreach (var (loss, at) in migration.Losses!.Select((loss, at) => (loss, at)))
            {
                var then = made.GetValueOrDefault(migration.Id) is { } known && at < known.Count ? known[at].Rows : 0;
                if (loss.Rows != 0 && (loss.IsGone || loss.Rows is null || loss.Rows > then))
                {
                    throw new SafeMigrateException(
                        $"{(loss.IsGone ? "" : $"Of this run are {Rules.Say.Rows(then ?? 0)}, and ")}{loss.Sentence}",
                        $"dotnet safe-migrate rollback {back.DownTo} --accept-data-loss {migration.Name}   when that is meant; or mend the cause, then {again}");
                }
            }
        }
    }
}
