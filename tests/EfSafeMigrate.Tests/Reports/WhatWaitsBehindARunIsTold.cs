using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>A contract waits for the old release; whatever else waits was left for later by whoever started the run.</summary>
public class WhatWaitsBehindARunIsTold
{
    [Theory]
    [InlineData("Contract", "waits: it takes away what the old release uses.", "dotnet safe-migrate apply --until contract   when the old release is gone")]
    [InlineData("Backfill", "waits: this run was to end before it.", "dotnet safe-migrate apply   goes on with it")]
    [InlineData("Constrain", "waits: this run was to end before it.", "dotnet safe-migrate apply   goes on with it")]
    public void WithItsNextStep(string phase, string waits, string next)
    {
        using var output = new StringWriter();
        var text = new RunText(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) }), new Talk(TextWriter.Null, verbose: false, terminal: false), redact: false);

        text.NothingPending(new MigrationChanges("20260901100000_Later", DatabaseModel.Empty, []) { Phase = new("Later", phase) });

        output.ToString().ReplaceLineEndings("\n").ShouldBe($"\n  Later {waits}\n  → {next}\n");
    }
}
