using EfSafeMigrate.Engines;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Reports;

public class LocksOverTime
{
    [Fact]
    public void AreHeldUntilTheTransactionEnds()
    {
        var timeline = Of(RuleCase.Allowed("", "ALTER TABLE customers ADD COLUMN tier int; CREATE INDEX ix ON orders (placed_at); ALTER TABLE orders ALTER COLUMN note SET NOT NULL").WithRows(1_000_000));

        Lane(timeline, "customers").ShouldBe(["ReadsAndWrites", "(ReadsAndWrites)", "(ReadsAndWrites)"]);
        Lane(timeline, "orders").ShouldBe(["", "Writes", "ReadsAndWrites"]);
        timeline.Steps.Select(step => step.Joined).ShouldBe([false, true, true]);
    }

    [Fact]
    public void EndWithEachStatementOutsideATransaction()
    {
        var timeline = Of(RuleCase.Allowed("", "ALTER TABLE customers ADD COLUMN tier int; CREATE INDEX ix ON orders (placed_at)").Outside());

        Lane(timeline, "customers").ShouldBe(["ReadsAndWrites", ""]);
        timeline.Steps.ShouldAllBe(step => !step.Joined);
    }

    [Fact]
    public void AreNotHeldOfNewTables()
    {
        var timeline = Of(RuleCase.Allowed("", "CREATE TABLE a (id int PRIMARY KEY); CREATE INDEX ia ON a (id); CREATE TABLE b (id int PRIMARY KEY); ALTER TABLE orders ADD COLUMN x int"));

        timeline.Lanes.Select(lane => lane.Name).ShouldBe(["orders"]);
        timeline.Steps.Select(step => (step.Count, step.Phrase)).First().ShouldBe((3, "3 statements that keep nobody waiting"));
        timeline.Steps.Count.ShouldBe(2);
    }

    [Fact]
    public void LastAsLongAsIsKnown()
    {
        var known = Of(RuleCase.Allowed("", "CREATE INDEX ix ON orders (placed_at)").WithRows(4_812_330)).Steps.Single();
        var unknown = Of(RuleCase.Allowed("", "CREATE INDEX ix ON orders (placed_at)")).Steps.Single();
        var catalogue = Of(RuleCase.Allowed("", "ALTER TABLE orders ADD COLUMN x int")).Steps.Single();

        (known.Spoken, unknown.Spoken, catalogue.Spoken).ShouldBe(("≈ 5 s", "unknown", "≤ 5 ms"));
    }

    [Fact]
    public void AreOfTheWholeDatabaseWhereThereIsOneWriter() =>
        Of(RuleCase.Allowed("", "CREATE INDEX ix ON orders (placed_at)").On(RuleCase.Sqlite)).Lanes.Select(lane => lane.Name).ShouldBe(["the database"]);

    [Fact]
    public void AreSaidInWords()
    {
        var timeline = Of(RuleCase.Allowed("", "ALTER TABLE customers ADD COLUMN tier int; CREATE INDEX ix ON orders (placed_at); ALTER TABLE orders ALTER COLUMN note SET NOT NULL").WithRows(4_812_330));

        timeline.Lanes.Select(lane => HtmlTimeline.Wait(timeline, lane)).ShouldBe(
        [
            "customers: reads and writes wait for about 7 s",
            "orders: reads and writes wait for about 2 s, writes wait for about 5 s",
        ]);
    }

    [Fact]
    public void OfManyStatementsAreDrawnInPart()
    {
        var statements = string.Join("; ", Enumerable.Range(0, 200).Select(number => $"ALTER TABLE orders ADD COLUMN c{number} int"));

        var drawing = HtmlTimeline.Of(Of(RuleCase.Allowed("", statements)), "many", "t0");

        drawing.Value.ShouldContain("Not drawn: 140 more statements.");
    }

    private static LockTimeline Of(RuleCase @case)
    {
        var (engine, facts) = (RuleCaseRun.Engine(@case.Engine), RuleCaseRun.Facts(@case));
        return LockTimeline.Of(Review.Judge(RuleCaseRun.Set(@case), together: true, engine, facts).Single());
    }

    private static IEnumerable<string> Lane(LockTimeline timeline, string name) =>
        timeline.Lanes.Single(lane => lane.Name == name).Held.Select(held => held switch { null => "", { Own: true, Blocks: var own } => $"{own}", { Blocks: var kept } => $"({kept})" });
}
