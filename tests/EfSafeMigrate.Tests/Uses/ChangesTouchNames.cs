using EfSafeMigrate.Changes;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>What a change asks of the code, by phase.</summary>
public class ChangesTouchNames
{
    private static readonly TableName Orders = new(null, "Orders");

    private static readonly Column Note = new("Note", "text", true);

    internal static TheoryData<Change, string> Changes => new()
    {
        { new DropColumn(Orders, "Note"), "Orders.Note is dropped" },
        { new RenameColumn(Orders, "Note", "Remark"), "Orders.Note is renamed to Remark" },
        { new AlterColumn(Orders, Note with { Type = "integer" }, Note), "Orders.Note becomes integer" },
        { new AlterColumn(Orders, Note with { Nullable = false }, Note), "Orders.Note becomes NOT NULL" },
        { new AlterColumn(Orders, Note, Note with { Nullable = false }), "Orders.Note accepts NULL" },
        { new DropTable(Orders), "Orders is dropped" },
        { new RenameTable(Orders, new(null, "Purchases")), "Orders is renamed to Purchases" },
    };

    [Fact]
    public void EachInASentence()
    {
        foreach (var row in Changes)
        {
            In((Change)row[0]).ShouldHaveSingleItem().Sentence.ShouldBe((string)row[1]);
        }
    }

    [Fact]
    public void ATypeAndNotNullAreTwoThings() =>
        In(new AlterColumn(Orders, new("Note", "integer", false), Note)).Select(each => each.Touch).ShouldBe([Touch.ChangedType, Touch.Required]);

    [Fact]
    public void WhatTheSameMigrationsMakeIsInNobodysUse() =>
        In(new CreateTable(new(Orders, [Note])), new DropColumn(Orders, "Note")).ShouldBeEmpty();

    [Fact]
    public void AndAddingAColumnTouchesNone() => In(new AddColumn(Orders, Note)).ShouldBeEmpty();

    /// <summary>Nothing that is dropped or renamed may be used by a running release when it goes.</summary>
    [Fact]
    public void WhatGoesAsksForSomethingBeforeContract()
    {
        foreach (var touched in In([.. Changes.Select(row => (Change)row[0])]).Where(each => each.Touch is Touch.DroppedColumn or Touch.DroppedTable or Touch.RenamedColumn or Touch.RenamedTable))
        {
            foreach (var kind in Enum.GetValues<UseKind>().Where(kind => kind != UseKind.SerializedName))
            {
                var duties = Duties.Of(touched, kind);
                duties.Between.ShouldNotBeNull($"{touched.Sentence}, {kind}");
                duties.BeforeContract.ShouldNotBeNull($"{touched.Sentence}, {kind}");
            }
        }
    }

    [Fact]
    public void WritersOfARequiredColumnMustGiveAValueFirst()
    {
        var required = In(new AlterColumn(Orders, Note with { Nullable = false }, Note))[0];

        Duties.Of(required, UseKind.Write).BeforeExpand.ShouldBe("always write a value, never null");
        Duties.Of(required, UseKind.Read).ShouldBe(new(null, null, null));
    }

    [Theory]
    [InlineData("varchar(40)", "varchar(80)", true)]
    [InlineData("numeric(8,2)", "numeric(12,2)", true)]
    [InlineData("varchar(80)", "varchar(40)", false)]
    [InlineData("numeric(8,2)", "numeric(8,4)", false)]
    [InlineData("integer", "bigint", false)]
    [InlineData("char(4)", "varchar(4)", false)]
    public void MoreRoomAsksNothingOfCode(string old, string now, bool nothing)
    {
        var retyped = In(new AlterColumn(Orders, new("Note", now, true), new("Note", old, true)))[0];

        (Duties.Of(retyped, UseKind.Read) == new Duties(null, null, null)).ShouldBe(nothing);
        (Duties.Of(retyped, UseKind.Sql) == new Duties(null, null, null)).ShouldBe(nothing);
    }

    [Fact]
    public void SqlWithTheOldNameMovesBetween()
    {
        var renamed = In(new RenameColumn(Orders, "Note", "Remark"))[0];

        Duties.Of(renamed, UseKind.Sql).ShouldBe(new(null, "both names live: write Remark in the SQL", "no running release names Note in SQL: it fails from then on"));
    }

    /// <summary>Of a whole history, each migration was deployed by itself.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void WhatAnEarlierDeploymentMadeIsInUse(bool together, int touched) => TouchedNames.In(
        new([new("20260101000000_Make", DatabaseModel.Empty, [new CreateTable(new(Orders, [Note]))]), new("20260102000000_Drop", DatabaseModel.Empty, [new DropColumn(Orders, "Note")])]), together)
        .Count.ShouldBe(touched);

    private static IReadOnlyList<TouchedName> In(params Change[] changes) => TouchedNames.In(new([new("20260101000000_Change", DatabaseModel.Empty, changes)]), together: true);
}
