namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>For the journal: a plan was rehearsed right before it ran, and nothing was wrong.</summary>
internal sealed record RehearsalPassed(string PlanHash, int Migrations) : RunEvent
{
    /// <summary>Where.</summary>
    public string Scratch { get; init; } = "";

    /// <summary>SHA-256 of the manifest of the backup that it was rehearsed on; null where that was no backup of this run.</summary>
    public string? Manifest { get; init; }

    public double Seconds { get; init; }

    /// <summary>Deeds of the running release and the new one.</summary>
    public int Proved { get; init; }

    /// <summary>What review did not know and is worse than it says.</summary>
    public int Mismatches { get; init; }

    /// <summary>What is forecast for the real size.</summary>
    public LockTime? LongestLock { get; init; }

    public static RehearsalPassed Of(string hash, Rehearsed rehearsed, IReadOnlyList<Forecast> forecasts) => new(hash, rehearsed.Migrations.Count)
    {
        Proved = rehearsed.Migrations.Sum(migration => migration.Proved),
        Mismatches = rehearsed.Migrations.SelectMany(migration => migration.Commands).SelectMany(command => command.Compared).Count(each => each.IsWorse),
        LongestLock = forecasts.Select(forecast => forecast.Longest).OfType<LockForecast>().Where(longest => longest.Time is not null).MaxBy(longest => longest.Time) is { Time: { } time } worst
            ? new(worst.Lock.Table.ToString(), worst.Lock.Mode, time.TotalMilliseconds) : null,
    };
}
