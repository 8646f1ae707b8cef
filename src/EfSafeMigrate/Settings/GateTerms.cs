namespace EfSafeMigrate.Settings;

/// <summary>What a team asks of the code around its migrations.</summary>
internal sealed record GateTerms
{
    /// <summary>Of a public API without a version that uses what changes.</summary>
    public Gate UnversionedApi { get; init; }

    /// <summary>Of a migration that no test names.</summary>
    public Gate UntestedMigration { get; init; }
}

/// <summary>What comes of it when something is missing.</summary>
internal enum Gate
{
    Off,
    Warn,
    Fail,
}
