namespace EfSafeMigrate.Settings;

/// <summary>What a team says of backfills; null for what it leaves open.</summary>
internal sealed record BackfillTerms
{
    public const int MostRows = 1_000_000;
    public const int ShortestMilliseconds = 10;
    public const int LongestMilliseconds = 60_000;
    public const int MostWorkers = 32;

    /// <summary>Rows that cannot be written: stop at the first, or leave them out and list them.</summary>
    public static readonly IReadOnlyList<string> RowErrors = ["stop", "skip-and-list"];

    public int? TargetMilliseconds { get; init; }

    public int? BatchSize { get; init; }

    public int? PauseMilliseconds { get; init; }

    public int? Workers { get; init; }

    /// <summary>One of <see cref="RowErrors"/>.</summary>
    public string? OnRowError { get; init; }

    public TimeSpan? Lag { get; init; }

    public int? ActiveTransactions { get; init; }

    public TimeSpan? LongestTransaction { get; init; }

    public long? LogRate { get; init; }

    /// <summary>Whole path.</summary>
    public string? File { get; init; }

    public string? Query { get; init; }

    public DayWindow? Window { get; init; }

    /// <param name="folder">The settings' own, from which a file is named.</param>
    public static BackfillTerms Read(SettingsSection section, string folder)
    {
        var terms = new BackfillTerms
        {
            TargetMilliseconds = section.Whole("targetMilliseconds", ShortestMilliseconds, LongestMilliseconds),
            BatchSize = section.Whole("batchSize", 1, MostRows),
            PauseMilliseconds = section.Whole("pauseMilliseconds", 0, LongestMilliseconds),
            Workers = section.Whole("workers", 1, MostWorkers),
            OnRowError = section.Text("onRowError") is not { } said || RowErrors.Contains(said) ? section.Text("onRowError")
                : throw section.Wrong("onRowError", $"is `{said}`", $"say {string.Join(" or ", RowErrors)}"),
        };
        terms = section.Section("throttle") is { } throttle ? Throttled(terms, throttle, folder) : terms;
        section.RefuseOthers();
        return terms;
    }

    private static BackfillTerms Throttled(BackfillTerms terms, SettingsSection section, string folder)
    {
        var throttled = terms with
        {
            Lag = Seconds(section, "lagSeconds"),
            ActiveTransactions = section.Whole("activeTransactions", 0, int.MaxValue),
            LongestTransaction = Seconds(section, "longestTransactionSeconds"),
            LogRate = section.Whole("logBytesPerSecond", 1, int.MaxValue),
            File = section.Text("file") is { } file ? Path.GetFullPath(Given(section, "file", file), folder) : null,
            Query = section.Text("query") is { } query ? Given(section, "query", query) : null,
            Window = section.Text("window") is not { } window ? null
                : DayWindow.Parse(window) ?? throw section.Wrong("window", $"is `{window}`", $"give {DayWindow.Form}"),
        };
        section.RefuseOthers();
        return throttled;
    }

    private static TimeSpan? Seconds(SettingsSection section, string key) => section.Number(key) is not { } seconds ? null
        : seconds <= TimeSpan.FromDays(365).TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw section.Wrong(key, "is longer than a year", "give seconds");

    private static string Given(SettingsSection section, string key, string text) =>
        string.IsNullOrWhiteSpace(text) ? throw section.Wrong(key, "is empty", "leave it out, or say something") : text;
}
