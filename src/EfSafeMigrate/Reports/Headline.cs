using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Reports;

/// <summary>What stands above and below the findings, in every report that a person reads.</summary>
internal static class Headline
{
    /// <summary><c>Shop · ShopContext · EF Core 10.0.14 · Npgsql 10.0.0</c>.</summary>
    public static string Subject(Review review) => review.Context is null
        ? $"{review.Project} · {review.Tool ?? Carried(review.Transaction)}"
        : string.Join(" · ", [review.Project, review.Context, .. review.EfVersion is { } ef ? [$"EF Core {ef}"] : Array.Empty<string>(), $"{Provider(review.Provider ?? "")} {review.ProviderVersion}".TrimEnd()]);

    /// <summary>Engine, what is known of its data, and how much was judged.</summary>
    public static string Server(Review review)
    {
        var version = review.Facts.Version.Value is { } known
            ? $"{review.Engine.Name} {known}{(review.Facts.Version.Basis == FactBasis.Assumed ? " (given)" : "")}"
            : $"{review.Engine.Name} {review.Engine.Assumed} assumed";
        if (review.OtherEngines.Count > 0)
        {
            version += $" (the provider serves {string.Join(" and ", review.OtherEngines.Select(other => other.Name))} too: `engine` in .config/safe-migrate.json says which)";
        }
        var target = review.Facts.Target is { } name ? $", {name}" : "";
        var sizes = review.Facts.MeasuredAt is { } at ? $"sizes measured {at:HH:mm}"
            : review.Facts.Tables.Count > 0 ? "sizes as given, others unknown and taken as large"
            : "sizes unknown, taken as large";
        return $"{version}{target} · {sizes}{(review.Facts.NoTraffic ? " · no traffic, as given" : "")} · {Count(review)}";
    }

    /// <summary>What is to be known before the findings are read, a sentence each.</summary>
    public static IReadOnlyList<string> Remarks(Review review) => [.. Observations.Of(review), .. review.Notes, .. Overruled.Lines(review)];

    /// <summary><c>reviewed: 2 migrations that main does not have</c>; null where the call says which.</summary>
    public static string? Chosen(Review review) => review.Chosen is { } chosen ? $"reviewed: {chosen}" : null;

    /// <summary><c>2 dangerous · 1 careful · 1 waived</c>.</summary>
    public static string Counts(Review review)
    {
        var findings = review.Findings.ToArray();
        var waived = findings.Count(finding => finding.Waiver is not null);
        return Counts(findings) + (waived > 0 ? $" · {waived} waived" : "");
    }

    /// <summary>Without what is waived.</summary>
    public static string Counts(IEnumerable<Finding> findings)
    {
        var counts = findings.Where(finding => finding.Waiver is null && finding.Severity > Severity.Safe)
            .GroupBy(finding => finding.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group => $"{group.Count()} {Word(group.Key)}");
        return string.Join(" · ", counts) is { Length: > 0 } said ? said : "nothing to worry about";
    }

    /// <summary><c>longest stop: Orders, ≈ 14 s</c>; empty when nobody is stopped for long.</summary>
    public static string LongestStop(IEnumerable<Finding> findings) => findings
        .Where(finding => finding.Waiver is null && finding.Blocks != Blocks.Nothing && finding.Estimate?.High is not null && finding.Table is not null)
        .MaxBy(finding => finding.Estimate!.High) is { Estimate: { High: { TotalMilliseconds: > 5 } high, Low: { } low } } longest
            ? $"longest stop: {longest.Table}, ≈ {Say.Duration(Estimate.Middle(low, high))}" : "";

    /// <summary>The exit code and why; empty where none was asked for.</summary>
    public static string Exit(Review review) => review.FailOn is not { } threshold ? ""
        : $"exit {review.Code} (threshold: {Word(threshold)}{(review.Findings.Any(finding => finding is { Waiver: null, NeedsWaiver: true }) ? "; what is not read needs a waiver" : "")})";

    public static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary><c>Npgsql.EntityFrameworkCore.PostgreSQL</c> is known as Npgsql, Microsoft's by their last word.</summary>
    private static string Provider(string provider)
    {
        var parts = provider.Split('.');
        return parts[0] == "Microsoft" ? parts[^1] : parts[0];
    }

    private static string Carried(ScriptTransaction? transaction) => transaction switch
    {
        ScriptTransaction.Migration => "SQL in one transaction",
        ScriptTransaction.None => "SQL, each statement by itself",
        _ => "SQL, transactions as written",
    };

    private static string Count(Review review) =>
        review.Migrations.Count(migration => migration.Migration is { IsPendingModel: false, IsRemark: false, IsOfSettings: false } && (review.Tool is not null || !migration.Migration.IsByHand)) + (review.Baselined?.Held ?? 0) is var count && count == 0 && review.Transaction is not null
            ? "statement".ToQuantity(review.Migrations.SelectMany(migration => migration.Situations).Select(situation => situation.Change.Origin.Operation).Distinct().Count())
            : "migration".ToQuantity(count);
}
