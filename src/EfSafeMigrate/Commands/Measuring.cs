using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Commands;

/// <summary>What the connected database says of a change set.</summary>
internal static class Measuring
{
    public static async Task<FactSheet> MeasureAsync(
        Session session, Engine engine, ChangeSet changes, TimeSpan limit, Talk talk, CancellationToken cancellation)
    {
        var at = TimeProvider.System.GetLocalNow();
        var facts = await talk.During("Reading sizes", FactReader.ReadAsync(session.QueryAsync, engine, changes, cancellation));
        // The data has passed, or never met, what is applied already.
        var ahead = changes with { Migrations = [.. changes.Migrations.Where(migration => !session.Applied.Contains(migration.Id))] };
        var prober = new Prober(session.QueryAsync, engine, limit)
        {
            Asking = (question, asked, all) => talk.Detail($"Question {asked + 1} of {all}: {question.Kind} {question.Table} {string.Join(", ", question.Columns)}".TrimEnd()),
        };
        var probes = await talk.During("Asking the data", prober.AskAsync(ahead.WithPartitions(facts), facts, cancellation));
        return facts with { Target = session.Target, MeasuredAt = at, Probes = probes };
    }
}
