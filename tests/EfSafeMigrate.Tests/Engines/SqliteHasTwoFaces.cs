using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>What EF rebuilds a table for, and what the same words do when somebody writes them.</summary>
public class SqliteHasTwoFaces
{
    private static readonly TableName Orders = new(null, "orders");
    private static readonly Origin Written = Origin.None with { OperationName = "Sql" };
    private static readonly Table Table = new(Orders, [new("id", "INTEGER", false), new("note", "TEXT", true)]) { PrimaryKey = new("pk", ["id"]) };

    [Fact]
    public void Dropping_a_column_is_a_rebuild_from_EF_and_a_statement_in_SQL()
    {
        var drop = new DropColumn(Orders, "note");

        Of(drop).Transactional.ShouldBeFalse();
        Of(drop).Work.ShouldBe(Work.Rewrite | Work.IndexBuild);
        Of(drop with { Origin = Written }).Transactional.ShouldBeTrue();
        Of(drop with { Origin = Written }).Work.ShouldBe(Work.Rewrite);
    }

    [Fact]
    public void Adding_a_foreign_key_is_a_rebuild_from_EF_and_a_syntax_error_in_SQL()
    {
        var add = new AddForeignKey(Orders, new("fk", ["note"], Orders, ["id"]));

        Of(add).Refused.ShouldBeNull();
        Of(add).Blocks.ShouldBe(Blocks.Writes);
        Of(add with { Origin = Written }).Refused.ShouldNotBeNull();
    }

    [Fact]
    public void A_view_on_the_table_stops_the_rebuild()
    {
        var view = new Table(new(null, "v"), []) { Kind = TableKind.View, Sql = "SELECT id FROM orders" };
        var alter = new AlterColumn(Orders, new("note", "TEXT", false), new("note", "TEXT", true));

        Of(alter, view).Refused.ShouldNotBeNull().ShouldContain("`v`");
        Of(alter).FailsIf.ShouldBe(FailsIf.NullsExist);
        Of(alter with { New = alter.New with { Default = new("''", true) } }).FailsIf.ShouldBe(FailsIf.Nothing);
    }

    [Theory]
    [InlineData("CURRENT_TIMESTAMP", true)]
    [InlineData("(1+1)", true)]
    [InlineData("NULL", true)]
    [InlineData("(-1)", false)]
    [InlineData("('a')", false)]
    public void A_default_has_to_be_a_constant_once_there_are_rows(string sql, bool fails) =>
        Of(new AddColumn(Orders, new("c", "TEXT", false) { Default = new(sql, Constant: false) })).FailsIf.HasFlag(FailsIf.RowsExist).ShouldBe(fails);

    private static Impact Of(Change change, params Table[] others) =>
        LockMatrix.Sqlite.Engine.ImpactOf(change, new ServerState(new(3, 40), new DatabaseModel([Table, .. others])))!;
}
