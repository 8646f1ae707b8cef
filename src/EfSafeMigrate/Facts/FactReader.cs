using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Facts;

/// <summary>Reads version, settings and sizes from the database's catalogue.</summary>
internal static class FactReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static async Task<FactSheet> ReadAsync(Query query, Engine engine, ChangeSet changes, CancellationToken cancellation)
    {
        var settings = await SettingsAsync(query, engine, cancellation);
        var version = EngineVersion.TryParse(settings.GetValueOrDefault(Catalogue.Version), out var known) ? Measured.Of(known) : Measured<EngineVersion>.Unknown;
        var tables = new Dictionary<TableName, TableFacts>();
        foreach (var (name, original) in Touched(engine, changes, known))
        {
            // A migration that is applied already has left the table under its new name.
            tables[name] = await SizeAsync(query, engine, original, cancellation)
                ?? (name == original ? null : await SizeAsync(query, engine, name, cancellation))
                ?? TableFacts.Unknown;
        }
        return new FactSheet(version) { Settings = settings, TimeZone = settings.GetValueOrDefault(Catalogue.TimeZone), Edition = settings.GetValueOrDefault(Catalogue.Edition), Tables = tables };
    }

    /// <summary>Every table that a change names or locks, as it is called when the change runs, and as it is called today.</summary>
    private static Dictionary<TableName, TableName> Touched(Engine engine, ChangeSet changes, EngineVersion version)
    {
        var touched = new Dictionary<TableName, TableName>();
        var originals = new Originals();
        foreach (var migration in changes.Migrations)
        {
            var state = new ServerState(version == default ? engine.Assumed : version, migration.Source);
            foreach (var change in migration.Changes)
            {
                var locked = engine.ImpactOf(change, state)?.Locks.Select(taken => taken.Table) ?? [];
                foreach (var name in locked.Append(change.Target).OfType<TableName>().Select(table => Originals.Name(table, state.Model)))
                {
                    if (originals.Of(name) is { } original && state.Model.Find(name)?.Kind is null or TableKind.Table or TableKind.Partitioned or TableKind.MaterializedView)
                    {
                        touched.TryAdd(name, original);
                    }
                }
                originals.Pass(change, state.Model);
                state = state with { Model = state.Model.After(change) };
            }
        }
        return touched;
    }

    private static async Task<IReadOnlyDictionary<string, string>> SettingsAsync(Query query, Engine engine, CancellationToken cancellation)
    {
        var settings = await query.AskAsync(engine, engine.Catalogue.Settings, Limit, cancellation) ?? [];
        return settings.Where(row => row is [not null, not null]).ToDictionary(row => row[0]!, row => row[1]!);
    }

    private static async Task<TableFacts?> SizeAsync(Query query, Engine engine, TableName table, CancellationToken cancellation)
    {
        foreach (var question in engine.Catalogue.Sizes(table))
        {
            try
            {
                if (await query.AskAsync(engine, question, Limit, cancellation) is [[var rows, var bytes, var indexes, var partitions]])
                {
                    return new(Number(rows), Number(bytes), Number(indexes)) { Partitions = (int?)Number(partitions).Value };
                }
            }
            catch (QueryFailure)
            {
                // No such table yet, or somebody locks it: the next question, or unknown.
            }
        }
        return null;
    }

    private static Measured<long> Number(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Measured.Of(number) : Measured<long>.Unknown;
}
