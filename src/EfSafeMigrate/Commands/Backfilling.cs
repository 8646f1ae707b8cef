using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Commands;

/// <summary>One call of <c>backfill</c>: rows are written, EF's history stays as it is.</summary>
internal sealed class Backfilling(LiveProject live, BackfillChoice choice, UpdateSettings manner, SafeMigrateSettings settings, ConsentFlags consent, BackfillReport report)
{
    /// <param name="verifyOnly">Only look whether the rows have their values.</param>
    public async Task<int> RunAsync(ProjectOptions project, bool verifyOnly, CancellationToken cancellation)
    {
        var target = await TargetReader.ReadAsync(live.Session, live.Engine, cancellation) with { Environment = project.Environment };
        var run = await RunContext.StartAsync(live.Project, live.Connection, live.Session, live.Engine, live.Engine.Assumed, manner, _ => { }, cancellation);
        var context = Drain.Context(run, report.Tell);
        var (migration, backfills) = choice.IsOwn ? (null, [("", await choice.OwnAsync(context.Control, live.Engine, cancellation))]) : await OfMigrationAsync(cancellation);
        report.Head(target, live.Engine, live.Session.ServerVersion, backfills.Select(each => each.Spec));
        if (!verifyOnly)
        {
            await ConsentAsync(target, migration, run.Journal, cancellation);
        }
        await using var held = await RunLock.TakeAsync(run.Work, run.Watch, run.Engine, run.Id, manner.LockWait, report.Wait, cancellation);
        run = run with { Lock = held };
        context = Drain.Context(run, report.Tell, run.ReconnectAsync);
        try
        {
            foreach (var (name, spec) in backfills)
            {
                var course = new BackfillCourse(context, name.Length > 0 ? name : $"{spec.Table}.{spec.Column}", spec);
                report.Done(verifyOnly ? await course.VerifyAsync(cancellation) : await course.RunAsync(cancellation));
            }
        }
        catch (OperationCanceledException) when (!verifyOnly && cancellation.IsCancellationRequested)
        {
            throw new SafeMigrateException("Stopped between two batches; what was written stays.", "the same call goes on behind the last batch", ExitCode.StoppedSafely);
        }
        catch (QueryFailure failure) when (!verifyOnly)
        {
            throw failure.Lost
                ? new SafeMigrateException($"The connection was lost: {failure.Sentence.TrimEnd('.')}. What was written stays.", "the same call goes on behind the last batch", ExitCode.StoppedSafely, failure.Detail)
                : new SafeMigrateException(
                    $"The backfill cannot go on: {failure.Sentence.TrimEnd('.')}. What was written stays.", "mend the cause; the same call goes on behind the last batch",
                    live.Engine.Backfill.OthersInTheWay(failure.SqlState) ? ExitCode.StoppedSafely : report.HasWritten ? ExitCode.NeedsPerson : ExitCode.Environment, failure.Detail);
        }
        return report.End();
    }

    private async Task<(MigrationChanges? Migration, IReadOnlyList<(string Name, BackfillSpec Spec)> Backfills)> OfMigrationAsync(CancellationToken cancellation)
    {
        await EfHistory.ReadAsync(live.Session, live.Engine, manner.LockWait, report.Wait, cancellation);
        string[] asked = choice.Migration is { } name ? [MigrationOptions.Find(live.Migrations, name)] : [.. live.Migrations.Except(live.Session.Applied)];
        var described = (await PendingMigrations.DescribeAsync(live.Project, live.Engine, asked, live.Talk, cancellation)).Migrations;
        return described.Where(each => each.Backfills.Count > 0).ToArray() switch
        {
            [var only] => (only, [.. Specs(only)]),
            [] when choice.Migration is { } named => throw new SafeMigrateException($"{named} has no backfill of the tool's.", "name a migration that `dotnet safe-migrate add` wrote for one, or give --table, --column and --value"),
            [] => throw new SafeMigrateException("No pending migration has a backfill.", "name the migration, or give --table, --column and --value"),
            var several => throw new SafeMigrateException(
                $"{several.Length} pending migrations have backfills: {string.Join(", ", several.Select(each => each.Name))}.", $"name one, for example dotnet safe-migrate backfill {several[0].Name}"),
        };
    }

    private static IEnumerable<(string Name, BackfillSpec Spec)> Specs(MigrationChanges migration) => migration.Commands
        .Select((command, index) => (Name: Drain.NameOf(migration.Id, index), Spec: command.Operations.Select(operation => migration.Backfills.GetValueOrDefault(operation)).FirstOrDefault(spec => spec is not null)))
        .Where(each => each.Spec is not null).Select(each => (each.Name, each.Spec!));

    /// <summary>A migration's backfill needs what its plan needs; what belongs to none cannot be approved.</summary>
    private async Task ConsentAsync(Target target, MigrationChanges? migration, Journal journal, CancellationToken cancellation)
    {
        if (migration is not null)
        {
            await Consenting.ObtainAsync(UpdatePlan.Of(target, new ChangeSet([migration]), live.Engine, FactSheet.Unknown), journal, settings, consent, live.Project, cancellation);
        }
        else if (Protection.Of(target, settings.Protected, journal.Events<MarkedProtected>()) is { IsOn: true } protection)
        {
            throw new SafeMigrateException(
                $"A backfill that belongs to no migration does not run here: {protection.Why}.", "put it into a migration, which can be reviewed and approved, and apply that", ExitCode.StoppedSafely);
        }
    }
}
