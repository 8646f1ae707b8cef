using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Tests.Updates.Backfills;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Reports;

public sealed class ABackfillIsDrawn
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly BackfillProgress Working = new("20261122100000_Fill", 819_095, 800_000, 1_204_551)
    {
        Rate = 29_400.4,
        Left = TimeSpan.FromSeconds(13.1),
        Batch = 5_900,
        Took = TimeSpan.FromMilliseconds(198),
        Lag = TimeSpan.FromMilliseconds(240),
    };

    [Fact]
    public void At_work() => ProgressText.Lines(Working, indent: 4).ShouldBe(
    [
        "    ██████████░░░░░░   68 %     29,400 rows/s",
        "    819,095 of 1,204,551 · batch 5,900 (198 ms) · 13 s left",
        "    replica lag 0.2 s · no one waits",
    ]);

    [Fact]
    public void Standing_still() => ProgressText.Lines(Working with
    {
        Rate = 0,
        LockWaits = 3,
        Quarantined = 1,
        Lag = TimeSpan.FromSeconds(12.3),
        Held = "replica standby1 is 12.3 s behind, the limit is 5 s; paused by hand",
    }, indent: 4).ShouldBe(
    [
        "    ██████████░░░░░░   68 %",
        "    819,095 of 1,204,551 · batch 5,900 (198 ms) · 13 s left",
        "    replica lag 12.3 s · 1 row set aside · 3 batches went around held rows",
        "    stands still: replica standby1 is 12.3 s behind, the limit is 5 s; paused",
        "      by hand",
    ]);

    [Fact]
    public void At_its_ends()
    {
        ProgressText.Lines(new("a", 0, 0, 0), indent: 4).ShouldBe(["    ░░░░░░░░░░░░░░░░    0 %", "    0 of 0", "    no one waits"]);
        ProgressText.Lines(new("a", 120, 0, 100), indent: 4)[0].ShouldBe("    ███████████████░   99 %");
        ProgressText.Lines(new("a", 100, 0, 100) { IsDone = true }, indent: 4)[0].ShouldBe("    ████████████████  100 %");
    }

    [Fact]
    public void In_one_line_for_a_log()
    {
        ProgressText.Line(Working).ShouldBe("  68.0 %  819,095 of 1,204,551 · 29,400 rows/s · 13 s left");
        ProgressText.Line(new BackfillProgress("a", 9_999, 0, 10_000) { Held = "paused by hand" }).ShouldBe("  99.9 %  9,999 of 10,000 · stands still: paused by hand");
        var worth = new Sparingly(new ManualTime(), TimeSpan.FromSeconds(5));
        worth.IsWorth(Working).ShouldBeTrue();
        worth.IsWorth(Working with { Walked = 900_000 }).ShouldBeFalse();
        worth.IsWorth(Working with { Held = "replica a is 5.1 s behind" }).ShouldBeTrue();
        worth.IsWorth(Working with { Held = "replica a is 5.6 s behind" }).ShouldBeFalse();
        worth.IsWorth(Working).ShouldBeTrue();
    }

    [Fact]
    public void In_eighty_columns()
    {
        var wide = Working with { Walked = long.MaxValue / 3, Total = long.MaxValue / 2, Batch = 100_000, Took = TimeSpan.FromHours(1), LockWaits = int.MaxValue, Quarantined = int.MaxValue, Left = TimeSpan.FromDays(900), Held = new string('x', 300) };
        ProgressText.Lines(wide).ShouldAllBe(line => line.Length <= 80);
        ProgressText.Lines(Working, indent: 18, width: 60).ShouldAllBe(line => line.Length <= 60);
    }

    [Fact]
    public void In_colour_where_there_is_colour()
    {
        Drawn(ColorSystemSupport.NoColors).ShouldBe(string.Join('\n', ProgressText.Lines(Working, indent: 4)));
        Drawn(ColorSystemSupport.Standard).ShouldContain("\e[32m██████████\e[0m");
    }

    [Fact]
    public async Task In_the_status_of_a_database()
    {
        var read = await BackfillStatus.ReadAsync(Database(
            ["20261122100000_Fill", "Customers.FullName", "", "run", "Held", "1204551", "Pause", "{}", Json(Working with { Rate = 0, Held = "paused by hand" }), "2026-11-22T11:59:59.0000000+00:00"],
            ["20261122100001_Dead", "Orders.Total", "", "run", "Running", "100", "Run", "{}", "", "2026-11-22T11:59:29.0000000+00:00"],
            ["20261122100002_Ended", "Orders.Note", "", "run", "Cancelled", "100", "Cancel", "{}", Json(Working), "2026-11-22T11:00:00.0000000+00:00"],
            ["20261122100003_Drained", "Orders.Tax", "", "run", "Drained", "100", "Run", "{}", "", "2026-11-22T11:00:00.0000000+00:00"],
            ["20261122100004_Proved", "Orders.Sum", "", "run", "Verified", "100", "Run", "{}", "", "2026-11-22T11:00:00.0000000+00:00"]), EfSafeMigrate.Engines.Postgres.PostgresEngine.Value, Now, default);
        var status = new RunStatus(RunState.Running, null) { Backfills = read };
        var text = new StringWriter();
        StatusReport.Write(status, "shop@db", UnwrappedConsole.On(text));
        text.ToString().ShouldBe("""

              shop@db
              A run is at work.
              Backfill 20261122100000_Fill, Customers.FullName: waits.
                ░░░░░░░░░░░░░░░░    0 %
                60 of 1,204,551 · batch 5,900 (198 ms) · 13 s left
                replica lag 0.2 s · 2 rows set aside · no one waits
                stands still: paused by hand
                → dotnet safe-migrate backfill unpause
              Backfill 20261122100001_Dead, Orders.Total: not heard of since 2026-11-22
                11:59:29 UTC; it goes on where it is.
                █████████░░░░░░░   60 %
                60 of 100
                2 rows set aside · no one waits
              Backfill 20261122100002_Ended, Orders.Note: ended by hand; it goes on where
                it is.
                ░░░░░░░░░░░░░░░░    0 %
                60 of 1,204,551 · batch 5,900 (198 ms)
                2 rows set aside · no one waits
              Backfill 20261122100003_Drained, Orders.Tax: every row was walked over; not
                yet proved.
                ████████████████  100 %
                60 of 100
                2 rows set aside · no one waits
              No migration is pending.

            """.ReplaceLineEndings("\n"), StringCompareShould.IgnoreLineEndings);
        var told = JsonNode.Parse(StatusReport.Json(status).ToJsonString())!["backfills"]!.AsArray();
        told.Select(each => (string)each!["state"]!).ShouldBe(["Held", "Running", "Cancelled", "Drained"]);
        told[0]!.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldBe("""{"name":"20261122100000_Fill","target":"Customers.FullName","state":"Held","wanted":"Pause","percent":0,"walked":60,"changed":50,"total":1204551,"rowsPerSecond":0,"secondsLeft":13.1,"batch":5900,"batchMilliseconds":198,"replicaLagSeconds":0.24,"lockWaits":0,"setAside":2,"held":"paused by hand","seen":"2026-11-22T11:59:59+00:00","notHeardOfSince":null}""");
        ((string)told[1]!["notHeardOfSince"]!).ShouldBe("2026-11-22T11:59:29+00:00");
    }

    private static string Json(BackfillProgress progress) => JsonSerializer.Serialize(progress, BackfillJson.Default.BackfillProgress);

    private static string Drawn(ColorSystemSupport colors)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = colors == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes, ColorSystem = colors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 100;
        console.Write(ProgressText.Coloured(Working, indent: 4));
        return text.ToString();
    }

    /// <summary>Each with two parts, and two rows that were set aside.</summary>
    private static Connection Database(params IReadOnlyList<string?>[] backfills) => new(
        (sql, _, _, _) => Task.FromResult(new QueryResult([], sql switch
        {
            _ when sql.Contains("_part", StringComparison.Ordinal) => [["1", "", "", "", "20", "10", "open"], ["2", "", "", "", "40", "40", "open"]],
            _ when sql.Contains("place, message", StringComparison.Ordinal) => [["[\"1\"]", "bad"], ["[\"2\"]", "bad"]],
            _ when sql.Contains("FROM safe_migrate.backfill ", StringComparison.Ordinal) => backfills,
            _ => [["1"]],
        })),
        (_, _, _, _) => throw new InvalidOperationException(),
        (_, _) => throw new InvalidOperationException());
}
