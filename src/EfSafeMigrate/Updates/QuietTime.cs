using System.Globalization;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates;

/// <summary>What the journal's observations say of the use of an old shape.</summary>
/// <param name="Since">Nothing has changed from then on, as far as anybody looked; null when that begins now.</param>
/// <param name="Uses">How often each counter advanced between the last two different looks.</param>
/// <param name="Between">Those two looks; null when there was none before.</param>
internal sealed record QuietTime(DateTimeOffset? Since, IReadOnlyDictionary<string, long> Uses, (DateTimeOffset From, DateTimeOffset To)? Between)
{
    /// <param name="seen">Earlier observations of the plan, oldest first.</param>
    public static QuietTime Of(IReadOnlyList<OldWritesSeen> seen, OldShape shape, DateTimeOffset now)
    {
        var same = seen.Reverse().TakeWhile(each => Same(each, shape)).ToArray();
        var before = seen.Count > same.Length ? seen[^(same.Length + 1)] : null;
        DateTimeOffset? since = same.Length == 0 ? null : TimeOf(same[^1]);
        var uses = before is null ? [] : shape.Counters
            .Select(counter => KeyValuePair.Create(counter.Key, counter.Value - before.Counters.GetValueOrDefault(counter.Key, counter.Value)))
            .Where(counter => counter.Value != 0).ToDictionary();
        return new(since, uses, before is null ? null : (TimeOf(before), since ?? now));
    }

    public bool IsLongerThan(TimeSpan period, DateTimeOffset now) => Since is { } since && now - since >= period;

    /// <summary>When it was used last, and how often.</summary>
    public string Sentence(DateTimeOffset now) => (Between, Uses.Count) switch
    {
        ({ } between, > 0) => $"The old shape was used between {Spoken(between.From)} and {Spoken(between.To)} UTC ({string.Join(", ", Uses.Select(Spoken))}){(Since is { } since ? $" and not in the {Say.Duration(now - since)} since" : "")}.",
        _ when Since is { } since => $"The old shape was not used since {Spoken(since)} UTC, when it was looked at first.",
        _ => "Nobody has looked before at how often the old shape is used.",
    };

    public static string Spoken(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Spoken(KeyValuePair<string, long> use) => OldShape.IsStatements(use.Key)
        ? $"{"statement".ToQuantity(Math.Abs(use.Value))} {OldShape.WhatIsRead(use.Key)}"
        : $"{"write".ToQuantity(Math.Abs(use.Value))} counted by {use.Key}";

    private static DateTimeOffset TimeOf(OldWritesSeen seen) => seen.Clock ?? seen.At;

    private static bool Same(OldWritesSeen seen, OldShape shape) =>
        shape.Counters.All(counter => seen.Counters.TryGetValue(counter.Key, out var value) && value == counter.Value);
}
