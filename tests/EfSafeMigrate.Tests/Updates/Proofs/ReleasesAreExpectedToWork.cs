using EfSafeMigrate.Changes;
using EfSafeMigrate.Updates.Proofs;

namespace EfSafeMigrate.Tests.Updates.Proofs;

public sealed class ReleasesAreExpectedToWork
{
    private static readonly MigrationChanges[] Planned =
    [
        Migration("1_Initial"), Migration("2_Rename1Expand", "Rename", "Expand"), Migration("3_Rename2Backfill", "Rename", "Backfill"),
        Migration("4_Rename3Constrain", "Rename", "Constrain"), Migration("5_Rename4Contract", "Rename", "Contract"),
    ];

    [Theory]
    [InlineData("1_Initial", true, false)]
    [InlineData("2_Rename1Expand", true, true)]
    [InlineData("3_Rename2Backfill", true, true)]
    [InlineData("4_Rename3Constrain", true, true)]
    [InlineData("5_Rename4Contract", false, true)]
    public void TheOldUntilContractTheNewFromExpandOn(string applied, bool previous, bool next)
    {
        var releases = Releases.Of(Planned, ["1_Initial"]);
        (releases.PreviousWorks(applied), releases.NextWorks(applied)).ShouldBe((previous, next));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void APlanThatIsHalfAppliedLeadsAwayFromTheReleaseBeforeIt(int applied)
    {
        var releases = Releases.Of(Planned, [.. Planned.Take(applied).Select(migration => migration.Id)]);
        releases.Previous.ShouldBe("1_Initial");
        releases.Migrations.Count.ShouldBe(4);
    }

    [Fact]
    public void APlanThatIsDoneIsBehind()
    {
        var releases = Releases.Of([.. Planned, Migration("6_Next")], [.. Planned.Select(migration => migration.Id)]);
        releases.Previous.ShouldBe("5_Rename4Contract");
        (releases.PreviousWorks("6_Next"), releases.NextWorks("6_Next")).ShouldBe((true, true));
    }

    [Fact]
    public void ConstraintsAreAnnounced()
    {
        var releases = Releases.Of([.. Planned.Take(4), Migration("4_Rename3Constrain2", "Rename", "Constrain"), Planned[4]], ["1_Initial"]);
        releases.Announced("3_Rename2Backfill").ShouldBeEmpty();
        releases.Announced("4_Rename3Constrain").ShouldBe(["4_Rename3Constrain2"]);
    }

    [Fact]
    public void BehindAContractTheNextReleaseBegins()
    {
        var turns = Releases.InTurn([.. Planned, Migration("6_Next"), Migration("7_Drop1Expand", "Drop", "Expand"), Migration("8_Drop4Contract", "Drop", "Contract"), Migration("9_Last")], ["1_Initial"]);
        turns.Select(turn => (turn.Previous, turn.Next)).ShouldBe([("1_Initial", "5_Rename4Contract"), ("5_Rename4Contract", "8_Drop4Contract"), ("8_Drop4Contract", Releases.Newest)]);
        turns[0].NextWorks("5_Rename4Contract").ShouldBeTrue();
        turns[1].Migrations.Select(migration => migration.Id).ShouldBe(["6_Next", "7_Drop1Expand", "8_Drop4Contract"]);
        Releases.InTurn(Planned, ["1_Initial"]).ShouldHaveSingleItem().Next.ShouldBe(Releases.Newest);
        Releases.InTurn(Planned, [.. Planned.Select(migration => migration.Id)]).ShouldHaveSingleItem().Migrations.ShouldBeEmpty();
    }

    [Fact]
    public void NothingRunsOnAnEmptyDatabase() => Releases.Of(Planned, []).PreviousWorks("1_Initial").ShouldBeFalse();

    [Fact]
    public void TheNewReleaseNeedsEveryExpansion()
    {
        var releases = Releases.Of([.. Planned.Take(4), Migration("6_Next")], ["1_Initial"]);
        releases.NextWorks("4_Rename3Constrain").ShouldBeFalse();
        releases.NextWorks("6_Next").ShouldBeTrue();
    }

    /// <summary>Only of these is it meant that each release writes no more than the other has room for.</summary>
    [Fact]
    public void AColumnOfTwoTypesIsToldFromAllOthers()
    {
        var orders = new TableName("sales", "Orders");
        Change[] contract = [new DropColumn(orders, "Code"), new RenameColumn(orders, "next", "Code"), new DropColumn(orders, "Gone"), new AlterColumn(orders, new("Note", "varchar(10)", false), new("Note", "varchar(20)", false))];
        var changed = Migration("5_Type4Contract", "Type", "Contract") with { Changes = contract };
        Releases.Of([Planned[0], changed], ["1_Initial"]).OfTwoTypes.ShouldBe([new(orders, "Code")]);
        Releases.Of(Planned, ["1_Initial"]).OfTwoTypes.ShouldBeEmpty();
    }

    private static MigrationChanges Migration(string id, string? plan = null, string phase = "Expand") =>
        new(id, DatabaseModel.Empty, []) { Phase = plan is null ? null : new PhaseMark(plan, phase) };
}
