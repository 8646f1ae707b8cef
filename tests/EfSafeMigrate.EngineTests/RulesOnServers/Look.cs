using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>The state of the server before a step, and what has changed since.</summary>
internal sealed class Look
{
    private readonly PostgresCopy copy;
    private readonly Step step;
    private readonly IReadOnlyList<IReadOnlyList<string?>> files;
    private readonly IReadOnlyDictionary<long, long> read;

    /// <param name="inside">A transaction is open, which a question about a column that does not exist yet must not end.</param>
    public Look(PostgresCopy copy, Step step, bool inside)
    {
        (this.copy, this.step) = (copy, step);
        Predicted = [.. from impact in step.Impacts from taken in impact.Locks let relation = copy.Find(taken.Table) where relation is not null select (relation, taken)];
        Targets = step.Situations.Select(situation => situation.Change.Target).OfType<TableName>().Select(copy.Find).OfType<Relation>().ToHashSet();
        Standing = Plant.Of(step)
            .Where(plant => (inside ? copy.Migration.TryAndUndo($"SELECT {plant.Exists}") : copy.Migration.Try($"SELECT {plant.Exists}")) is null)
            .Where(plant => copy.Migration.Holds(plant.Exists))
            .Aggregate(FailsIf.Nothing, (all, plant) => all | plant.Kind);
        files = Files();
        read = Reads();
    }

    public IReadOnlyList<(Relation Relation, TableLock Lock)> Predicted { get; }

    public IReadOnlySet<Relation> Targets { get; }

    public FailsIf Standing { get; }

    /// <param name="predicted">The locks of the whole transaction so far.</param>
    /// <param name="updates">What <see cref="Updates"/> said when the transaction began.</param>
    public Watched Now(IReadOnlyList<(Relation Relation, TableLock Lock)> predicted, IReadOnlyDictionary<long, long> updates)
    {
        var updated = Updates(copy);
        var work = WorkDone();
        return new(step)
        {
            Seen = true,
            Standing = Standing,
            Predicted = predicted,
            Targets = Targets,
            Locks = Locks(copy.Migration, "pg_backend_pid()", copy.Relations),
            Work = work,
            Updated = copy.Relations.Where(relation => updated.GetValueOrDefault(relation.Oid) > updates.GetValueOrDefault(relation.Oid)).ToHashSet(),
            Stopped = copy.Relations.ToDictionary(relation => relation, relation => Traffic.Stopped(copy.Traffic, relation)),
            Keyless = Targets.Where(IsKeyless).ToHashSet(),
        };
    }

    /// <summary>The strongest lock of a backend on each relation.</summary>
    public static IReadOnlyDictionary<Relation, LockMode> Locks(Npgsql.NpgsqlConnection connection, string backend, IReadOnlyList<Relation> relations)
    {
        var rows = connection.Rows($"""
            SELECT relation::bigint, mode FROM pg_locks
            WHERE pid = {backend} AND locktype = 'relation' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """);
        return (from row in rows
                let relation = relations.FirstOrDefault(each => each.Oid == Number(row[0]))
                where relation is not null
                group Enum.Parse<LockMode>(row[1]!.Replace("Lock", "", StringComparison.Ordinal)) by relation)
            .ToDictionary(modes => modes.Key, modes => modes.Max());
    }

    public IReadOnlyDictionary<Relation, Work> WorkDone()
    {
        var now = Files();
        var reads = Reads();
        return copy.Relations.Where(relation => relation.IsTable).ToDictionary(relation => relation, relation =>
        {
            var file = now.FirstOrDefault(row => Number(row[0]) == relation.Oid);
            var rewritten = file is not null && file[1] != files.First(row => Number(row[0]) == relation.Oid)[1];
            var built = now.Any(row => row[2] is not null && Number(row[2]) == relation.Oid && files.All(old => old[1] != row[1]));
            var scanned = reads.GetValueOrDefault(relation.Oid) - read.GetValueOrDefault(relation.Oid) >= PostgresTemplate.Rows;
            return (rewritten ? Work.Rewrite : 0) | (built ? Work.IndexBuild : 0) | (scanned ? Work.Scan : 0);
        });
    }

    private bool IsKeyless(Relation relation)
    {
        if (!relation.HasKey || copy.Migration.Value($"SELECT oid::regclass::text FROM pg_class WHERE oid = {relation.Oid}") is not { } name)
        {
            return false;
        }
        return copy.Migration.TryAndUndo($"INSERT INTO {name} SELECT * FROM {name} LIMIT 1") is null;
    }

    private IReadOnlyList<IReadOnlyList<string?>> Files() => copy.Migration.Rows("""
        SELECT c.oid::bigint, pg_relation_filenode(c.oid)::bigint, i.indrelid::bigint
        FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relkind IN ('r', 'i')
        """);

    // The counters may still hold what earlier transactions of the session did, so only differences tell.
    public static IReadOnlyDictionary<long, long> Updates(PostgresCopy copy) => Counted(copy, "n_tup_upd");

    private IReadOnlyDictionary<long, long> Reads() => Counted(copy, "seq_tup_read");

    private static Dictionary<long, long> Counted(PostgresCopy copy, string counter) =>
        copy.Migration.Rows($"SELECT relid::bigint, {counter} FROM pg_stat_xact_user_tables").ToDictionary(row => Number(row[0]), row => Number(row[1]));

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
