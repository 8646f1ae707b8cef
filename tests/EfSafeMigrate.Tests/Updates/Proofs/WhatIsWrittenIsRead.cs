using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Proofs;

namespace EfSafeMigrate.Tests.Updates.Proofs;

public sealed class WhatIsWrittenIsRead
{
    private static readonly TableName Customers = new(null, "Customers");

    private static readonly DatabaseModel Schema = new(
    [
        new Table(Customers,
        [
            new Column("Name", "text", true), new Column("FullName", "text", true), new Column("Segment", "text", true), new Column("Phone", "text", true),
            new Column("Balance", "integer", false) { Default = new("0", Constant: true) },
        ]),
    ]);

    private static readonly BackfillSpec Renamed = new(Customers, ["Id"], "FullName", "\"Name\"") { Trigger = "t" };

    private static readonly BackfillSpec Filled = new(Customers, ["Id"], "Segment", "''") { Trigger = "t", NullsOnly = true };

    private static readonly Regrouping Split = new(Customers, [new("Whole", "text", "\"First\" || \"Last\"", true)], [new("First", "text", "\"Whole\"", true), new("Last", "text", "''", false)]);

    [Fact]
    public void UnderItsOwnName() =>
        Of(Inserted("Phone", "1"), Read(ProofSide.Reader, "Phone", "2")).ShouldBe(["After M the new release cannot read Customer: Phone is `2`, and the previous release wrote `1`."]);

    [Fact]
    public void UnderTheOtherReleasesName() =>
        Of(Inserted("Name", "Ann"), Read(ProofSide.Reader, "FullName", "Bob")).ShouldBe(["After M the new release cannot read Customer: FullName is `Bob`, and the previous release wrote `Ann`."]);

    [Fact]
    public void BothWays() => Of(
        Inserted("Name", "Ann"), Step(ProofSide.Reader, ProofDeed.Update, "FullName", "Bob"), Read(ProofSide.Writer, "Name", "Ann"))
        .ShouldBe(["After M the previous release cannot read Customer: Name is `Ann`, and the new release wrote `Bob`."]);

    [Fact]
    public void AndThatIsFine() => Of(Inserted("Name", "Ann"), Read(ProofSide.Writer, "Name", "Ann"), Read(ProofSide.Reader, "FullName", "Ann")).ShouldBeEmpty();

    [Fact]
    public void WhereItIsFilledNullMayBecomeAValue()
    {
        Of(Inserted("Segment", null), Read(ProofSide.Writer, "Segment", "")).ShouldBeEmpty();
        Of(Inserted("Phone", null), Read(ProofSide.Writer, "Phone", "")).ShouldBe(["After M the previous release cannot read Customer: Phone is empty, and the previous release wrote NULL."]);
    }

    [Fact]
    public void AndHasToBeTheValueOfThePlan()
    {
        Of(Inserted("Phone", "1"), Step(ProofSide.Writer, ProofDeed.Ask, "Segment", null)).ShouldBe(["After M the previous release cannot write Customer: Segment is not what the plan fills it with."]);
        Of(Inserted("Segment", "own"), Step(ProofSide.Writer, ProofDeed.Ask, "Segment", null)).ShouldBeEmpty();
    }

    [Fact]
    public void WhatTheWriterDoesNotKnowHasItsDefault()
    {
        Of(Inserted("Phone", "1"), Read(ProofSide.Reader, "Balance", "7")).ShouldBe(
            ["After M the new release cannot read Customer: Balance is `7`, which the previous release does not know, and its default is `0`."]);
        Of(Inserted("Phone", "1"), Read(ProofSide.Reader, "Balance", "0")).ShouldBeEmpty();
        Of(Inserted("Phone", "1"), Read(ProofSide.Writer, "Balance", "7")).ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsMadeOfItAnewMayBeAnother()
    {
        Of(Read(ProofSide.Reader, "First", "a"), Inserted("Whole", "b c"), Read(ProofSide.Reader, "First", "b")).ShouldBeEmpty();
        Of(Inserted("Whole", "b c"), Read(ProofSide.Reader, "First", "b"), Read(ProofSide.Reader, "First", "c"))
            .ShouldBe(["After M the new release cannot read Customer: First is `c`, and it was `b`."]);
        Of(Inserted("First", "b"), Read(ProofSide.Reader, "First", "c")).ShouldBe(["After M the new release cannot read Customer: First is `c`, and the previous release wrote `b`."]);
    }

    [Fact]
    public void WhatOneReleaseReadsTheOtherReads() => Of(Inserted("Phone", "1"), Read(ProofSide.Writer, "Id", "1"), Read(ProofSide.Reader, "Id", "2"))
        .ShouldBe(["After M the new release cannot read Customer: Id is `2`, and it was `1`."]);

    [Fact]
    public void ARefusalIsSaidOnce() => Of(
        Step(ProofSide.Writer, ProofDeed.Insert, "Phone", "1") with { Failure = "23502: null value in column \"X\"\nDETAIL: more", SqlState = "23502" },
        Step(ProofSide.Writer, ProofDeed.Insert, "Phone", "2") with { Failure = "23502: null value in column \"X\"\nDETAIL: other", SqlState = "23502" })
        .ShouldBe(["After M the previous release cannot insert Customer: null value in column \"X\"."]);

    private static string[] Of(params ProofStep[] steps)
    {
        var judgement = new Judgement("M", Release.Previous, Release.New, new Twins([Renamed, Filled], [Split], PostgresEngine.Value, Schema), Schema);
        judgement.Read(new ProofResult(steps, []));
        return [.. judgement.Failures.Select(each => each.Failure.Sentence)];
    }

    private static ProofStep Inserted(string column, string? text) => Step(ProofSide.Writer, ProofDeed.Insert, column, text);

    private static ProofStep Read(ProofSide side, string column, string? text) => Step(side, ProofDeed.Read, column, text);

    private static ProofStep Step(ProofSide side, ProofDeed deed, string column, string? text) => new(side, deed, "Customer", "Customer Full", [new ProofValue("Customers", column, text)]);
}
