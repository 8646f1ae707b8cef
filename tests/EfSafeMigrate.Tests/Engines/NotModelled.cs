namespace EfSafeMigrate.Tests.Engines;

/// <summary>Measured operations that an impact does not cover, each with the reason.</summary>
internal static class NotModelled
{
    private const string FreeForm = "an experiment with more than one session, its finding is a sentence";

    public static IReadOnlyDictionary<string, string> On(string engine) => engine == "postgresql" ? Postgres : Sqlite;

    private static readonly Dictionary<string, string> Postgres = new()
    {
    };

    private static readonly Dictionary<string, string> Sqlite = new()
    {
    };
}
