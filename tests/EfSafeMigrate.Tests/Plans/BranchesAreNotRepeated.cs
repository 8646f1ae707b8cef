using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>What a migration made beside the newest one does is in the difference to the code once more.</summary>
public class BranchesAreNotRepeated
{
    private static readonly TableName Orders = new(null, "Orders");

    private static readonly DatabaseModel Newest = new([new Table(Orders, [new Column("Id", "integer", false), new Column("Theirs", "text", true)])]);

    private static readonly MigrationChanges Theirs = Made("3_Theirs", Add("Theirs"));

    [Fact]
    public void A_column_that_the_newest_model_does_not_have_was_made_beside_it() =>
        PlanBasis.Unknown([Made("1_First", Add("Id")), Made("2_Ours", Add("Ours")), Theirs], Newest)!.Id.ShouldBe("2_Ours");

    [Fact]
    public void So_were_a_table_and_an_index()
    {
        PlanBasis.Unknown([Made("2_Ours", new CreateTable(new(new(null, "Lines"), []))), Theirs], Newest)!.Id.ShouldBe("2_Ours");
        PlanBasis.Unknown([Made("2_Ours", new CreateIndex(Orders, new("IX_Orders_Id", ["Id"]))), Theirs], Newest)!.Id.ShouldBe("2_Ours");
    }

    public static TheoryData<string> Hidden => ["dropped", "renamed", "of a table that was renamed", "behind SQL that nobody can read"];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void What_was_taken_away_since_is_no_sign(string why)
    {
        Change later = why switch
        {
            "dropped" => new DropColumn(Orders, "Ours"),
            "renamed" => new RenameColumn(Orders, "Ours", "Theirs"),
            "of a table that was renamed" => new RenameTable(Orders, new(null, "Sales")),
            _ => new OpaqueSql("DO $$ … $$", "it is a block"),
        };
        PlanBasis.Unknown([Made("1_Ours", Add("Ours")), Made("2_Later", later), Theirs], Newest).ShouldBeNull();
    }

    [Fact]
    public void A_line_of_migrations_is_known_whole() => PlanBasis.Unknown([Made("1_First", Add("Id")), Theirs], Newest).ShouldBeNull();

    /// <summary>EF's models know nothing of it.</summary>
    [Fact]
    public void What_a_text_makes_is_no_sign() =>
        PlanBasis.Unknown([Made("1_First", new CreateIndex(Orders, new("by_hand", ["Id"])) { Origin = new("1_First", 0, "Sql") }), Theirs], Newest).ShouldBeNull();

    private static AddColumn Add(string name) => new(Orders, new Column(name, "text", true));

    private static MigrationChanges Made(string id, Change change) => new(id, DatabaseModel.Empty, [change with { Origin = change.Origin.OperationName.Length > 0 ? change.Origin : new(id, 0, change.GetType().Name) }]);
}
