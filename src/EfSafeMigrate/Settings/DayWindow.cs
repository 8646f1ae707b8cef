using System.Globalization;

namespace EfSafeMigrate.Settings;

/// <summary>Hours of a day, every day; past midnight when it ends before it begins. The end does not belong to it.</summary>
internal sealed record DayWindow(TimeOnly From, TimeOnly To)
{
    public const string Form = "two times of day, for example 22:00-05:30";

    private static readonly string[] Times = ["H:mm", "HH:mm"];

    /// <summary>Null when the text is no such window.</summary>
    public static DayWindow? Parse(string text) =>
        text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to] && Time(from) is { } begins && Time(to) is { } ends && begins != ends ? new(begins, ends) : null;

    public bool Contains(TimeOnly time) => From < To ? From <= time && time < To : From <= time || time < To;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH\\:mm} and {To:HH\\:mm}");

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
