using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What certain versions do wrong, from their release notes and manuals.</summary>
internal static class PostgresFlaws
{
    private static readonly Flaw Concurrent = new(
        "a row that another transaction changes during the build can be missing from the index", new(14, 4), new("https://www.postgresql.org/docs/release/14.4/"));

    private static readonly Flaw Hash = new(
        "the index is not written to the log: after a crash it is wrong, and a standby has never had it", new(10), new("https://www.postgresql.org/docs/9.6/indexes-types.html"));

    public static Flaw? Of(Change change, EngineVersion version) => change switch
    {
        CreateIndex { Concurrently: true } or Reindex { Concurrently: true } when version.Major == 14 && version < Concurrent.Fixed => Concurrent,
        CreateIndex { Index.Method: { } method } when method.Equals("hash", StringComparison.OrdinalIgnoreCase) && version < Hash.Fixed => Hash,
        _ => null,
    };
}
