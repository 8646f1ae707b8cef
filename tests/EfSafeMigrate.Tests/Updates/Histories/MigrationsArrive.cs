using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Histories;

namespace EfSafeMigrate.Tests.Updates.Histories;

/// <summary>How a migration came into a database, by the journal and by EF's history.</summary>
public sealed class MigrationsArrive
{
    private const string Id = "20260101000000_AddTier";

    [Fact]
    public void ByARun() => Of(true, Applied(1)).ShouldBe(new(ArrivalState.Applied, Day(1), "ci@build") { Seconds = 0.5, Run = "run" });

    [Fact]
    public void OnceMoreAfterItWasUndone() => Of(true, Applied(1), Undone(2), Applied(3)).At.ShouldBe(Day(3));

    [Fact]
    public void BeforeTheToolDid() => Of(true, new Adopted([Id]) { At = Day(4), By = "ann@desk" }).ShouldSatisfyAllConditions(one => one.State.ShouldBe(ArrivalState.Adopted), one => one.At.ShouldBe(Day(4)));

    [Fact]
    public void ByOtherMeans() => Of(true).ShouldBe(new(ArrivalState.TimeUnknown, null, null));

    [Fact]
    public void ByOtherMeansAfterItWasUndone() => Of(true, Applied(1), Undone(2)).State.ShouldBe(ArrivalState.TimeUnknown);

    [Fact]
    public void NotYet() => Of(false).State.ShouldBe(ArrivalState.NotApplied);

    [Fact]
    public void AndWentAgain() => Of(false, Applied(1), Undone(2)).ShouldSatisfyAllConditions(one => one.State.ShouldBe(ArrivalState.Undone), one => one.At.ShouldBe(Day(2)));

    [Fact]
    public void AndWentByOtherMeans() => Of(false, Applied(1)).State.ShouldBe(ArrivalState.UndoneElsewhere);

    [Fact]
    public void AStepThatFailedIsNoArrival() => Of(false, new StepStarted(Id), new StepFailed(Id, "no", null)).State.ShouldBe(ArrivalState.NotApplied);

    private static Arrival Of(bool isThere, params RunEvent[] events) =>
        Arrival.Of(Id, [.. events.Append(new StepEnded("20260102000000_Other", "") { At = Day(9) }).Select((each, at) => new JournalEntry(at + 1, "run", each, ""))], isThere ? [Id] : []);

    private static StepEnded Applied(int day) => new(Id, "") { At = Day(day), By = "ci@build", Seconds = 0.5 };

    private static StepUndone Undone(int day) => new(Id, "") { At = Day(day), By = "ann@desk" };

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 3, 4, 5, TimeSpan.Zero);
}
