using System.Text.Json;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rehearsals;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>A line each for a person, an object each for a program.</summary>
public class WhatComesBeforeARunIsTold
{
    private static readonly BackedUp Written = new("/backups/shop-1", "abc", BackupState.Proven) { Bytes = 4_402_341_478, Seconds = 38 };
    private static readonly BackupProven Proven = new("/backups/shop-1", "abc", "scratch@db") { Tables = 12, Rows = 1_204_551, Seconds = 61 };

    private static readonly RunNews[] News =
    [
        new BackupBegan("/backups/shop-1"), new BackupMoved(new Dumping(1 << 20)), new BackupMoved(new Proving()), new BackedUpFirst(Written, Proven),
        new RehearsedFirst(new RehearsalPassed("hash", 3) { Scratch = "scratch@db", Manifest = "abc", Seconds = 9.5, LongestLock = new("orders", "ShareLock", 3) }),
    ];

    private static readonly RunNews[] Less =
    [
        new BackedUpFirst(new("/backups/shop-2", "def", BackupState.Attested) { Attestation = "snap-1" }, null), new NothingToBackUp("The database is empty: there is nothing to lose."), new WrapLeftOut("rehearsal", "in a hurry"),
    ];

    [Fact]
    public void AsText()
    {
        using var told = new StringWriter();
        using var output = new StringWriter();
        var text = new RunText(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) }), new Talk(told, verbose: false, terminal: false), redact: false);
        News.Concat(Less).ToList().ForEach(text.Tell);
        Lines(output).ShouldBe(
        [
            "  backup 4.1 GB in 38 s · restored and compared in 61 s · proven", "  rehearsed up, down, up on the copy · longest lock about 3 ms",
            "  backup attested: snap-1", "  The database is empty: there is nothing to lose.",
        ]);
        Lines(told).ShouldBe(["  Backing up into /backups/shop-1", "  Writing: 1 MB so far", "  Restoring it into a scratch database", "  ! No rehearsal before this run: in a hurry"]);
    }

    [Fact]
    public void AsJson()
    {
        using var output = new StringWriter();
        News.Concat(Less).ToList().ForEach(new RunJson(output, redact: false).Tell);
        var told = Lines(output).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        told.Select(line => line.GetProperty("event").GetString())
            .ShouldBe(["backup-began", "backup-progress", "backup-proving", "backed-up", "rehearsed", "backed-up", "nothing-to-lose", "left-out"]);
        (told[3].GetProperty("state").GetString(), told[3].GetProperty("manifest").GetString(), told[3].GetProperty("proof").GetProperty("rows").GetInt64()).ShouldBe(("proven", "abc", 1_204_551));
        (told[4].GetProperty("scratch").GetString(), told[4].GetProperty("seconds").GetDouble()).ShouldBe(("scratch@db", 9.5));
        told[5].GetProperty("proof").ValueKind.ShouldBe(JsonValueKind.Null);
        (told[7].GetProperty("what").GetString(), told[7].GetProperty("reason").GetString()).ShouldBe(("rehearsal", "in a hurry"));
    }

    private static string[] Lines(StringWriter said) => said.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
