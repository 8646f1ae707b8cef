using System.Globalization;
using System.Text.Json.Nodes;
using EfSafeMigrate.Updates.Drifts;

namespace EfSafeMigrate.Reports;

/// <summary>A plan in whose middle a database is, in a sentence.</summary>
internal static class HeldText
{
    public static string Of(HeldPlan held, DateTimeOffset now) =>
        $"Held: {held.Name}{(held.Since is { } since ? $", whose last applied phase was {Age(now - since)} ago ({since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})" : "")}. "
        + (held.Written ? "What it has made for two releases stays until its contract is applied." : $"What it has made for two releases stays until its contract: dotnet safe-migrate contract {held.Name}");

    private static string Age(TimeSpan age) => age switch
    {
        // The server's clock may be ahead of this one's.
        { TotalMinutes: < 1 } => "a moment",
        { TotalHours: < 1 } => "minute".ToQuantity((long)age.TotalMinutes),
        { TotalDays: < 2 } => "hour".ToQuantity((long)age.TotalHours),
        _ => "day".ToQuantity((long)age.TotalDays),
    };

    public static JsonObject Json(HeldPlan held) => new() { ["plan"] = held.Name, ["since"] = held.Since, ["written"] = held.Written };
}
