using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Updates;

/// <summary>What a run applies of what is pending.</summary>
/// <param name="Gate">The migration in whose front the run stops; null when it goes to the end.</param>
/// <param name="Later">Pending after the run, oldest first.</param>
internal sealed record PendingMigrations(ChangeSet Changes, MigrationChanges? Gate, IReadOnlyList<MigrationChanges> Later)
{
    /// <param name="applied">Ids in EF's history.</param>
    /// <param name="to">Id of the last migration to apply; null for all up to the gate.</param>
    /// <exception cref="SafeMigrateException">It is applied already.</exception>
    public static async Task<PendingMigrations> ChooseAsync(
        LoadedProject project, Engine engine, IReadOnlyList<string> applied, string? to, PhaseKind? until, Talk talk, CancellationToken cancellation)
    {
        string[] pending = [.. project.Context.Migrations.Except(applied)];
        if (to is not null && pending.Length > 0 && !pending.Contains(to))
        {
            throw new SafeMigrateException($"`{to}` is applied already.", "apply goes forwards only; `dotnet ef database update` undoes, without any of the safeguards");
        }
        var all = await DescribeAsync(project, engine, pending, talk, cancellation);
        var (run, gate) = Horizon.Of(all.Migrations, to, until);
        return new(new ChangeSet(run), gate, [.. all.Migrations.Skip(run.Count)]);
    }

    /// <summary>Migrations as the project has them now.</summary>
    public static async Task<ChangeSet> DescribeAsync(LoadedProject project, Engine engine, IReadOnlyList<string> ids, Talk talk, CancellationToken cancellation)
    {
        var described = await talk.During("Reading migrations", project.AskAsync(
            new DescribeRequest(ids, PendingModel: false) { WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation));
        return new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
    }
}
