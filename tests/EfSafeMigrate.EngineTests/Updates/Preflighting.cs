using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>A run's preflight over a schema that is written as DDL.</summary>
internal static class Preflighting
{
    public static async Task<PreflightContext> BeforeAsync(this TestDatabase database, ChangeSet changes, string user = "postgres")
    {
        var facts = await database.ReadAsync(changes);
        facts = facts with { Probes = await database.ProbeAsync(changes) };
        Query query = database.QueryAsync;
        return new PreflightContext(
            database.Engine, facts.Version.Value ?? database.Engine.Assumed, Plan(database, changes, facts, user), facts,
            new UpdateSettings { LockWait = TimeSpan.Zero }, query, query);
    }

    public static UpdatePlan Plan(this TestDatabase database, ChangeSet changes, FactSheet facts, string user = "postgres") =>
        UpdatePlan.Of(new Target("server:1", "shop", user, "1"), changes, database.Engine, facts);

    public static async Task<IReadOnlyList<Objection>> AskAsync<T>(this PreflightContext context) where T : PreflightCheck, new() =>
        await PreflightChecks.AskAsync(context, [new T()], CancellationToken.None);

    public static PreflightContext Over(this PreflightContext context, PostgresSession work, PostgresSession watch) =>
        context with { Work = work.QueryAsync, Watch = watch.QueryAsync, Backend = work.Process };
}
