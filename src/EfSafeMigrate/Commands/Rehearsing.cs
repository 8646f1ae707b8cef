using System.Diagnostics;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Proofs;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Scratches;
using Humanizer;

namespace EfSafeMigrate.Commands;

/// <summary>One rehearsal, from what is pending to what was found.</summary>
internal sealed class Rehearsing(LiveProject live, ScratchChoice choice, SafeMigrateSettings settings)
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    /// <summary>As a person knows it; empty as long as there is no scratch database.</summary>
    private string where = "";

    public async Task<(UpdatePlan Plan, FactSheet Facts)> PlanAsync(RehearseOptions range, string? environment, CancellationToken cancellation)
    {
        var target = await TargetReader.ReadAsync(live.Session, live.Engine, cancellation) with { Environment = environment };
        await EfHistory.ReadAsync(live.Session, live.Engine, new UpdateSettings().LockWait, _ => { }, cancellation);
        var pending = await PendingMigrations.ChooseAsync(live.Project, live.Engine, live.Session.Applied, range.Last(live.Migrations), range.Until, live.Talk, cancellation);
        if (pending.Changes.Migrations.Count == 0)
        {
            return (new UpdatePlan(target, []), FactSheet.Unknown);
        }
        var facts = await Measuring.MeasureAsync(live.Session, live.Engine, pending.Changes, ProbeLimit, live.Talk, cancellation);
        return (UpdatePlan.Of(target, pending.Changes, live.Engine, facts, together: false) with { Later = pending.Later }, facts);
    }

    public async Task<Rehearsed> RunAsync(UpdatePlan plan, FactSheet facts, CancellationToken cancellation)
    {
        await using var scratch = await Scratch.OpenAsync(choice with { NotOnServer = Wide(live.Engine, plan) }, live.Original(), Tell, cancellation);
        where = scratch.Where;
        return await OnAsync(scratch.ConnectionString, plan, facts, cancellation);
    }

    /// <param name="connection">To a database that is as the real one, and whose loss nobody minds.</param>
    private async Task<Rehearsed> OnAsync(string connection, UpdatePlan plan, FactSheet facts, CancellationToken cancellation)
    {
        await using var stage = new LiveStage(live.Project, live.Engine, facts.Version.Value ?? live.Engine.Assumed, connection, new UpdateSettings { SmokeQueries = settings.Verify }, await ReleasesAsync(cancellation));
        await CheckAsync(stage, plan.Target, cancellation);
        var open = await stage.OpenAsync(plan.Migrations[0].HistoryTable, cancellation);
        return await new Rehearsal(open, plan, Tell).RunAsync(cancellation);
    }

    /// <summary>Before a run: in a project of its own, for here EF's connection leads to the scratch database and there it never does.</summary>
    /// <param name="copy">Where it is rehearsed; null for a scratch database of its own.</param>
    /// <exception cref="SafeMigrateException">Something is wrong with a migration.</exception>
    public static async Task<RehearsalPassed> FirstAsync(
        ApplyOptions options, string? connection, ScratchChoice choice, SafeMigrateSettings settings, (UpdatePlan Plan, ChangeSet Changes, FactSheet Facts) run, Scratch? copy, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var request = options.Project.Read(Directory.GetCurrentDirectory()) with { NoBuild = true };
        await using var live = await LiveProject.OpenAsync(request, connection, mustExist: true, options.Output.Talk(), cancellation);
        await EfHistory.ReadAsync(live.Session, live.Engine, new UpdateSettings().LockWait, _ => { }, cancellation);
        var plan = UpdatePlan.Of(run.Plan.Target, run.Changes, live.Engine, run.Facts, together: false) with { Later = run.Plan.Later };
        var rehearsing = new Rehearsing(live, choice, settings) { where = copy?.Where ?? "" };
        var rehearsed = await (copy is null ? rehearsing.RunAsync(plan, run.Facts, cancellation) : rehearsing.OnAsync(copy.ConnectionString, plan, run.Facts, cancellation));
        var defects = rehearsed.Defects.ToArray();
        return defects.Length == 0
            ? RehearsalPassed.Of(run.Plan.Hash, rehearsed, [.. rehearsed.Migrations.Select(migration => Forecast.Of(migration, live.Engine, run.Facts))]) with { Scratch = rehearsing.where, Seconds = Math.Round(clock.Elapsed.TotalSeconds, 3) }
            : throw new SafeMigrateException($"The rehearsal found {"defect".ToQuantity(defects.Length)}: {defects[0].Sentence.TrimEnd('.')}. Nothing was changed.", $"{defects[0].Next}; dotnet safe-migrate rehearse   shows everything", ExitCode.StoppedSafely);
    }

    /// <summary>A migration that makes a role would make it for the real database as well.</summary>
    public static string? Wide(Engine engine, UpdatePlan plan) => engine.Scratch?.Server is not { } server ? null : plan.Migrations
        .SelectMany(migration => migration.Commands.Select(command => (migration.Name, Words: server.Wide(command.Sql)))).FirstOrDefault(each => each.Words is not null) is { Words: { } words } found
        ? $"{found.Name} says {words}, which changes the whole server" : null;

    private async Task<IReadOnlyList<Releases>> ReleasesAsync(CancellationToken cancellation) =>
        Releases.InTurn((await PendingMigrations.DescribeAsync(live.Project, live.Engine, live.Migrations, live.Talk, cancellation)).Migrations, live.Session.Applied.ToHashSet());

    /// <summary>From here on EF's own connection leads to the scratch database, and to nowhere else.</summary>
    private async Task CheckAsync(LiveStage stage, Target target, CancellationToken cancellation)
    {
        var applied = live.Session.Applied;
        var work = await stage.WorkAsync(cancellation);
        if ((await TargetReader.ReadAsync(work, live.Engine, cancellation)).Fingerprint == target.Fingerprint)
        {
            throw new SafeMigrateException("The scratch database is the database itself. Nothing was changed.", "name another with --scratch", ExitCode.StoppedSafely);
        }
        if (!(await work.AppliedAsync(cancellation)).ToHashSet().SetEquals(applied))
        {
            throw new SafeMigrateException("The scratch database has other migrations applied than the database itself.", "restore a newer copy, or leave out --scratch", ExitCode.StoppedSafely);
        }
    }

    private void Tell(ScratchNews news)
    {
        if (news is not TableFilled)
        {
            live.Talk.Say(ScratchText.Of(news));
        }
    }

    private void Tell(RehearsalNews news)
    {
        if (news is MigrationTried tried)
        {
            live.Talk.Say($"  {tried.Number} of {tried.Of}: {tried.Migration.Name}");
        }
    }
}
