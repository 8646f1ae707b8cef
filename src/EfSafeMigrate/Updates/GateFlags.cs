namespace EfSafeMigrate.Updates;

/// <summary>What the command line says of a contract.</summary>
/// <param name="QuietPeriod">How long the old shape must not have been used.</param>
internal sealed record GateFlags(TimeSpan QuietPeriod)
{
    /// <summary>Why nobody reads the old shape any more; null when no person says so.</summary>
    public string? AttestReaders { get; init; }

    /// <summary>Why the contract runs without evidence; null when it does not.</summary>
    public string? Force { get; init; }
}
