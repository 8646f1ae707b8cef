using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>Where a prediction and a measurement differ; an empty answer means that they agree.</summary>
internal static class Comparison
{
    public static IEnumerable<string> Differences(Prediction predicted, Measurement measured)
    {
        var locks = Locks(predicted, measured).Append(Algorithm(predicted, measured));
        if (!measured.Ok)
        {
            return locks.Append(predicted.MayFail ? null : $"it fails ({measured.Error}), predicted to succeed").OfType<string>();
        }
        return locks
            .Concat(Blocks(predicted, measured))
            .Concat(Work(predicted, measured))
            .Append(predicted.Refused is null ? null : $"it succeeds, predicted to be refused: {predicted.Refused}")
            .Append(Differ("in a transaction", predicted.Transactional, measured.InTransaction))
            .OfType<string>();
    }

    private static IEnumerable<string?> Locks(Prediction predicted, Measurement measured)
    {
        var tables = predicted.TableLocks;
        foreach (var (table, mode) in measured.Locks)
        {
            var least = PostgresLocks.Parse(mode)!.Value;
            var known = tables.TryGetValue(table, out var taken);
            // A refused statement may be refused before it locks anything, so there is no lower bound to hold it to.
            var agrees = measured.Strict ? known && taken == least : predicted.Refused is not null || (known && taken >= least);
            yield return agrees ? null : $"lock on {table}: predicted {(known ? taken.Name() : "none")}, measured {mode}";
        }
        foreach (var (table, mode) in tables.Where(_ => measured.Strict).Where(taken => !measured.Locks.ContainsKey(taken.Key)))
        {
            yield return $"lock on {table}: predicted {mode.Name()}, measured none";
        }
    }

    private static string? Algorithm(Prediction predicted, Measurement measured)
    {
        var modes = predicted.Locks.Where(taken => taken.Table.Name == measured.Target).Select(taken => taken.Mode).Distinct().ToArray();
        return measured.Algorithm is null || (modes is [var only] && only == measured.Algorithm)
            ? null
            : $"algorithm: predicted {string.Join(" and ", modes)}, measured {measured.Algorithm}";
    }

    private static IEnumerable<string?> Blocks(Prediction predicted, Measurement measured)
    {
        if (measured.Unprobed)
        {
            yield break;
        }
        var blocks = predicted.BlocksOn(measured.Target);
        yield return Differ("blocks reads", blocks == EfSafeMigrate.Engines.Blocks.ReadsAndWrites, measured.BlocksReads);
        yield return Differ("blocks writes", blocks != EfSafeMigrate.Engines.Blocks.Nothing, measured.BlocksWrites);
    }

    private static IEnumerable<string?> Work(Prediction predicted, Measurement measured)
    {
        // A new file or index that nobody reads a row for is the empty one of TRUNCATE or CREATE TABLE.
        var rewrite = measured is { Rewrite: true, Scan: true, Rebuild: not "index" };
        var index = measured is { Scan: true } and ({ IndexRebuild: true } or { NewIndex: true });
        return
        [
            AtLeast("rewrites", predicted.Work.HasFlag(EfSafeMigrate.Engines.Work.Rewrite), rewrite, measured.Strict),
            AtLeast("builds an index", predicted.Work.HasFlag(EfSafeMigrate.Engines.Work.IndexBuild), index, measured.Strict),
            // Rows found through an index are changed without a scan.
            AtLeast("reads rows", predicted.Reads, measured.Scan, measured.Strict && predicted.Work != EfSafeMigrate.Engines.Work.RowChanges),
        ];
    }

    private static string? AtLeast(string what, bool predicted, bool measured, bool exactly) =>
        exactly || (measured && !predicted) ? Differ(what, predicted, measured) : null;

    public static string? Differ(string what, bool predicted, bool measured) =>
        predicted == measured ? null : $"{what}: predicted {predicted}, measured {measured}";
}
