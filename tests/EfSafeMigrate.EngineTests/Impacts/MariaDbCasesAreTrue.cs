using System.Text.Json;
using EfSafeMigrate.Tests;

namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>What the judged cases say of MariaDB is what a server does.</summary>
public sealed class MariaDbCasesAreTrue(Workers workers) : IClassFixture<Workers>
{
    private const string Rows = """
        INSERT INTO customers SELECT seq FROM seq_1_to_50;
        INSERT INTO orders SELECT seq, 1 + seq MOD 50, seq, 0, seq, 'note', 'code', 'label', 'name', 'a' FROM seq_1_to_300;
        """;

    /// <summary>Each case's reason, as the server tells it.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["ma-addcol-now-default"] = "INSTANT/NONE",
        ["ma-addcol-uuid-default"] = "COPY/SHARED",
        ["ma-varchar-20-to-64"] = "INSTANT/NONE",
        ["ma-varchar-40-to-64"] = "COPY/SHARED",
        ["ma-int-to-bigint"] = "COPY/SHARED",
        // It demands what servers before 11.2 refuse.
        ["ma-int-to-bigint-11-2"] = "1846",
        ["ma-set-not-null"] = "INPLACE/NONE",
        ["ma-index-add"] = "NOCOPY/NONE",
        ["ma-check-add"] = "COPY/SHARED",
        ["ma-enum-append"] = "INSTANT/NONE",
        ["ma-enum-insert-middle"] = "COPY/SHARED",
        ["ma-stored-generated"] = "COPY/SHARED",
    };

    /// <summary>Rows that stand in the way, and the error they cause.</summary>
    private static readonly Dictionary<string, (string Rows, int Error)> Spoilt = new()
    {
        ["ma-set-not-null"] = ("UPDATE orders SET qty = NULL WHERE id = 10;", 1265),
        ["ma-check-add"] = ("UPDATE orders SET qty = -1 WHERE id = 10;", 4025),
    };

    [Fact]
    public async Task EveryOne()
    {
        var cases = Data.Text("cases.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(each => each.GetProperty("engine").GetString() == "mariadb").ToArray();

        var observed = await workers.EachAsync(cases, async (database, each) => (
            Case: each, Clean: await Trial(database).RunAsync(Sql(each), "orders"),
            Spoilt: Spoilt.TryGetValue(Id(each), out var spoilt) ? await Trial(database).RunAsync(Sql(each), "orders", spoilt.Rows) : null));

        cases.Select(Id).ShouldBe(Reasons.Keys, ignoreOrder: true);
        foreach (var (@case, clean, spoilt) in observed)
        {
            (clean.Error?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? clean.Algorithm).ShouldBe(Reasons[Id(@case)], Sql(@case));
            if (clean.Error is null)
            {
                Verdict(clean).ShouldBe(@case.GetProperty("expected").GetString(), Sql(@case));
            }
            spoilt?.Error.ShouldBe(Spoilt[Id(@case)].Error);
        }
    }

    /// <summary>Whoever is stopped for as long as there are rows is in danger; work over all rows that stops nobody takes care.</summary>
    private static string Verdict(Observation seen) => seen.BlocksWrites && seen.Scans ? "dangerous" : seen.Rewrites ? "careful" : "safe";

    private static MariaDbTrial Trial(MariaDbDatabase database) => new(database, Data.Text("cases-base.mariadb.sql") + Rows);

    private static string Id(JsonElement @case) => @case.GetProperty("id").GetString()!;

    private static string Sql(JsonElement @case) => @case.GetProperty("sql").GetString()!.TrimEnd(';');
}
