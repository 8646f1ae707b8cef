using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Documents;

/// <summary>Who waits for which migration, and for how long.</summary>
internal static class LockForecast
{
    private static readonly string[] Head = ["migration", "strongest lock", "who waits", "for", "the whole of it"];

    /// <summary>Milliseconds nobody notices.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(50);

    public static string Of(Dossier dossier) => Page.Join(
        Page.Text($"**Downtime:** {Downtime(dossier)}"),
        Page.Table(Head, dossier.Migrations.Select(migration => Row(migration, dossier))),
        Page.Text(Markdown.Text(Basis(dossier))));

    /// <summary>One or two sentences, as Markdown.</summary>
    public static string Downtime(Dossier dossier)
    {
        if (Strategy.Of(dossier).Kind == StrategyKind.OneShot)
        {
            return "from the moment the running release is stopped until the new one has started; the migrations themselves take what the table says.";
        }
        var waits = dossier.Migrations.Select(Longest).OfType<Situation>().Where(situation => situation.Impact.Lasting).ToArray();
        var unknown = waits.Where(situation => situation.Estimate.High is null).ToArray();
        var longest = waits.Where(situation => situation.Estimate.High is not null).MaxBy(situation => situation.Estimate.High);
        return unknown.Length > 0 ? $"unknown: the size of {Page.Some([.. unknown.Select(Table).Distinct()])} was not measured, and a lock lasts as long as the work over its rows. `--connect` measures it."
            : longest is { Estimate: { Low: { } low, High: { } high } } && high > Brief ? $"about {Say.Duration(Estimate.Middle(low, high))} for {Table(longest)}; nobody else waits longer."
            : "none. Where a lock is needed it is held for milliseconds.";
    }

    /// <summary>The situation for which others wait longest; null where nobody does.</summary>
    private static Situation? Longest(ReviewedMigration migration) => migration.Migration.Backfills.Count > 0 ? null
        : migration.Situations.Where(situation => situation.StopsTraffic && !situation.IsOnNewTable)
            .OrderByDescending(situation => situation.Impact.Lasting).ThenByDescending(situation => situation.Impact.Blocks).ThenByDescending(situation => situation.Estimate.High ?? TimeSpan.MaxValue).FirstOrDefault();

    private static IReadOnlyList<string> Row(ReviewedMigration migration, Dossier dossier)
    {
        var name = Markdown.Code(migration.Migration.Name, inTable: true);
        var whole = Whole(migration, dossier);
        if (Longest(migration) is not { } longest)
        {
            return [name, "none that stops others", "nobody", "", whole];
        }
        var (taken, estimate) = (longest.Impact.Locks.OrderByDescending(each => each.Blocks).First(), longest.Estimate);
        return
        [
            name, $"{Markdown.Text(taken.Mode)} on {Markdown.Code($"{taken.Table}", inTable: true)}", Markdown.Text(Say.Stopped(longest.Impact, dossier.Engine)),
            !longest.Impact.Lasting ? "milliseconds" : estimate is { Low: { } low, High: { } high } ? $"about {Say.Duration(Estimate.Middle(low, high))}" : "unknown", whole,
        ];
    }

    private static string Whole(ReviewedMigration migration, Dossier dossier)
    {
        if (migration.Migration.Backfills.Count == 0)
        {
            return UpdateEstimate.Of([.. migration.Situations]).Spoken;
        }
        TimeSpan?[] times = [.. migration.Migration.Backfills.Values.Select(spec => DataSteps.Time(dossier.Review.Facts.Of(spec.Table), dossier))];
        return Array.TrueForAll(times, time => time is not null) ? $"about {Say.Duration(times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time!.Value))}" : "duration unknown";
    }

    private static string Table(Situation situation) => situation.Change.Target is { } table ? Markdown.Code($"{table}") : "the database";

    private static string Basis(Dossier dossier) => dossier.Review.Facts.MeasuredAt is not null
        ? "Times rest on the measured sizes and on the engine's usual rates; the rehearsal before the first step measures them on real rows."
        : "Sizes were not measured: what lasts is taken as large. With --connect the same document has the figures.";
}
