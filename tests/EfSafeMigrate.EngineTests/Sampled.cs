namespace EfSafeMigrate.EngineTests;

/// <summary>Long repetitions: the ordinary run takes every second of a kind, always the first; the full run takes all.</summary>
internal static class Sampled
{
    public static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    public static IEnumerable<T> Of<T>(IEnumerable<T> kind) => kind.Where((_, at) => Full || at % 2 == 0);
}
