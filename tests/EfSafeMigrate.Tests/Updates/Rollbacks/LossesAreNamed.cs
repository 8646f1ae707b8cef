using EfSafeMigrate.Changes;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Tests.Updates.Rollbacks;

public sealed class LossesAreNamed
{
    private static readonly TableName Orders = new(null, "Orders");

    [Fact]
    public void AThingHasTheNameThatItHasNow()
    {
        // Undone in this order: the table gets an older name, then a column of it.
        NamesNow names = new([new RenameTable(new(null, "Sales"), Orders), new RenameColumn(Orders, "Comment", "Note")]);
        names.Of(Orders).ShouldBe(new(null, "Sales"));
        names.Of(Orders, "Note").ShouldBe("Comment");
        names.Of(Orders, "Total").ShouldBe("Total");
        names.Of(new TableName(null, "Others")).ShouldBe(new(null, "Others"));
    }

    [Fact]
    public void NamesThatAreTradedAreNotMixedUp()
    {
        NamesNow names = new([new RenameColumn(Orders, "A", "T"), new RenameColumn(Orders, "B", "A"), new RenameColumn(Orders, "T", "B")]);
        (names.Of(Orders, "A"), names.Of(Orders, "B")).ShouldBe(("B", "A"));
    }

    [Fact]
    public void OfABackup()
    {
        Dictionary<string, TableContents> then = new() { ["Same"] = new("Same", 5, "a"), ["More"] = new("More", 50_000, "a"), ["Other"] = new("Other", 3, "a"), ["Fewer"] = new("Fewer", 9, "a") };
        var lost = BackupLoss.Of(then, [new("Same", 5, "a"), new("More", 51_000, "b"), new("Other", 3, "b"), new("Fewer", 8, "b"), new("New", 1, "c")]);
        lost.Select(each => each.Rows).ShouldBe([1000, null, null, 1]);
        lost.Select(each => each.Sentence).ShouldBe(
        [
            "More has 51,000 rows now and had 50,000 in the backup: at least 1,000 rows are lost; whatever else was written there since is lost too.",
            "Other has 3 rows now as then, and not the same values: how many rows were written since, nobody can say.",
            "Fewer has 8 rows now and had 9 in the backup: what was deleted since comes back; whatever else was written there since is lost too.",
            "New is not in the backup: its 1 row is lost.",
        ]);
    }
}
