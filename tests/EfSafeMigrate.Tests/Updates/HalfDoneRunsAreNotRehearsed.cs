using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>A migration in parts that a run began and none ended is not begun again, not even on a copy; any other is.</summary>
public class HalfDoneRunsAreNotRehearsed
{
    private const string Id = "20260101000000_Index";

    [Fact]
    public void UnlessOneHasEndedIt()
    {
        var plan = Plans.Of(Plans.Shop, ("Index", "CREATE INDEX"));
        var parts = plan with { Migrations = [plan.Migrations[0] with { Commands = [plan.Migrations[0].Commands[0] with { Suppressed = true }] }] };
        RunEvent[] begun = [Started(), new StepStarted(Id)];

        RunHistory.HalfDone([], parts).ShouldBeNull();
        RunHistory.HalfDone(Of("a", begun), parts).ShouldBe("Index is begun already, and a rehearsal would begin it again");
        RunHistory.HalfDone(Of("a", [.. begun, new StepFailed(Id, "no", null), new RunEnded(RunOutcome.Failed, "no")]), parts).ShouldNotBeNull();
        RunHistory.HalfDone(Of("a", begun), plan).ShouldBeNull();
        // Ended by the next run, and undone by somebody later.
        RunHistory.HalfDone([.. Of("a", begun), .. Of("b", [Started(), new StepStarted(Id), new StepEnded(Id, "")])], parts).ShouldBeNull();
        // A run that did not come to it says nothing of it.
        RunHistory.HalfDone([.. Of("a", begun), .. Of("b", [Started()])], parts).ShouldNotBeNull();
    }

    private static RunStarted Started() => new("hash", [Id]) { Host = "here", Process = 1, ToolVersion = "1.0.0", User = "deploy" };

    private static JournalEntry[] Of(string run, RunEvent[] events) => [.. events.Select(happened => new JournalEntry(1, run, happened, ""))];
}
