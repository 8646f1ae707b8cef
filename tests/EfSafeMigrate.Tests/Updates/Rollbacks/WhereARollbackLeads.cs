using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Tests.Updates.Rollbacks;

public sealed class WhereARollbackLeads
{
    private static readonly string[] Ids = ["1_A", "2_B", "3_C", "4_D"];

    [Fact]
    public void BeforeTheLastRun() => LastRun.Before(Journal(("r1", null, ["1_A"]), ("r2", null, ["2_B", "3_C"])), Ids, ["1_A", "2_B", "3_C"]).ShouldBe("1_A");

    [Fact]
    public void ToNothingWhenItWasTheFirst() => LastRun.Before(Journal(("r1", null, ["1_A", "2_B"])), Ids, ["1_A", "2_B"]).ShouldBe(Undoing.Nothing);

    [Fact]
    public void ARunThatWasUndoneIsPassedOver() =>
        LastRun.Before(Journal(("r1", null, ["1_A"]), ("r2", null, ["2_B"]), ("r3", null, ["3_C"]), ("r4", "2_B", ["3_C"])), Ids, ["1_A", "2_B"]).ShouldBe("1_A");

    [Fact]
    public void WhereAnUnfinishedRollbackWasToLead() =>
        LastRun.Before([.. Journal(("r1", null, ["1_A", "2_B", "3_C"])), .. Run("r2", "1_A", ["3_C"]).SkipLast(1)], Ids, ["1_A", "2_B"]).ShouldBe("1_A");

    [Fact]
    public void WithoutARunSomebodyHasToSay() => Should.Throw<SafeMigrateException>(() => LastRun.Before([], Ids, ["1_A"])).Next.ShouldContain("rollback MIGRATION");

    [Fact]
    public void WhatIsAppliedIsNotWhatWasUndone()
    {
        var entries = Journal(("r1", null, ["1_A", "2_B"]), ("r2", "1_A", ["2_B"]));
        RunHistory.Applied(entries).ShouldBe(["1_A"]);
        RunHistory.Applied([.. entries, .. Journal(("r3", null, ["2_B"]))]).ShouldBe(["1_A", "2_B"], ignoreOrder: true);
    }

    [Fact]
    public void AStepIsLeftOpenOnlyAsLongAsNothingHappenedToItsMigration()
    {
        var open = Run("r1", null, ["1_A"]).Take(2).ToArray();
        RunHistory.LeftOpen(open).ShouldHaveSingleItem().Step.Migration.ShouldBe("1_A");
        RunHistory.LeftOpen([.. open, .. Run("r2", null, ["1_A"])]).ShouldBeEmpty();
        RunHistory.LeftOpen([.. open, .. Run("r2", null, ["1_A"]), .. Run("r3", "0", ["1_A"]).Take(2)]).ShouldHaveSingleItem().Run.Started.DownTo.ShouldBe("0");
    }

    [Fact]
    public void ABackupIsOneThatIsStillThere() => BackupChoice.Last([new BackupProven("/nowhere/at/all", "digest", "scratch")], to: null).ShouldBeNull();

    private static IReadOnlyList<JournalEntry> Journal(params (string Run, string? DownTo, string[] Migrations)[] runs) => [.. runs.SelectMany(run => Run(run.Run, run.DownTo, run.Migrations))];

    private static IEnumerable<JournalEntry> Run(string run, string? downTo, string[] migrations)
    {
        RunEvent[] events =
        [
            new RunStarted("hash", migrations) { Host = "h", Process = 1, ToolVersion = "1", User = "u", DownTo = downTo },
            .. migrations.SelectMany(id => new RunEvent[] { new StepStarted(id), downTo is null ? new StepEnded(id, "") : new StepUndone(id, "") }),
            new RunEnded(RunOutcome.Done, null),
        ];
        return events.Select((each, at) => new JournalEntry(at + 1, run, each, ""));
    }
}
