namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>Enterprise, Developer, Evaluation and Azure do what Standard, Web and Express do not.</summary>
internal static class SqlServerEdition
{
    public const string Full = "Enterprise, Developer and Azure";

    private static readonly string[] Limited = ["Standard", "Web", "Express", "Business Intelligence", "Workgroup"];

    /// <summary>Null when the edition is unknown. The text is what SERVERPROPERTY('Edition') says, or a word of it.</summary>
    public static bool? IsFull(this ServerState state) =>
        string.IsNullOrWhiteSpace(state.Edition) ? null : !Array.Exists(Limited, name => state.Edition.Contains(name, StringComparison.OrdinalIgnoreCase));
}
