using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans;

public class HeldContractsAreHeeded
{
    public static TheoryData<string> Engines => ["postgresql", "mariadb"];

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_a_held_contract_still_drops_cannot_change(string id)
    {
        var engine = id == "mariadb" ? MariaDbEngine.Value : PostgresEngine.Value;
        var held = Held(engine);
        var refused = Should.Throw<SafeMigrateException>(() => Owed.Refuse("Other", Pending("Name"), engine, [held]));
        refused.Message.ShouldBe("Other changes Customers.Name, and the held contract of Change still has work to do on it.");
        Should.NotThrow(() => Owed.Refuse("Other", Pending("Elsewhere"), engine, [held]));
    }

    /// <summary>Until the contract the column is the old one: what is built on it goes with it.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Nothing_is_built_on_a_column_that_another_takes_the_place_of(string id)
    {
        var engine = id == "mariadb" ? MariaDbEngine.Value : PostgresEngine.Value;
        var orders = new TableName(null, "Orders");
        Change[] built = [new CreateIndex(orders, new("IX_Orders_Code", ["Code"])), new AddUniqueConstraint(orders, new("AK_Orders_Code", ["Id", "Code"])), new AddForeignKey(orders, new("FK_Orders_Codes", ["Code"], new(null, "Codes"), ["Id"]))];
        foreach (var (change, what) in built.Zip(["the index IX_Orders_Code", "the unique key AK_Orders_Code", "the foreign key FK_Orders_Codes"]))
        {
            var refused = Should.Throw<SafeMigrateException>(() => Owed.Refuse("Other", new("pending", DatabaseModel.Empty, [change]), engine, [Held(engine, "a type widens")]));
            refused.Message.ShouldBe($"Other makes {what} on Orders.Code, and the held contract of Change puts another column in its place, without it.");
            refused.Next.ShouldBe("when the old release is gone, write it first: dotnet safe-migrate contract Change");
        }
        Should.NotThrow(() => Owed.Refuse("Other", new("pending", DatabaseModel.Empty, [new CreateIndex(orders, new("IX_Orders_Note", ["Note"]))]), engine, [Held(engine, "a type widens")]));
        Should.NotThrow(() => Owed.Refuse("Other", new("pending", DatabaseModel.Empty, [new CreateIndex(new(null, "Customers"), new("IX_Customers_FullName", ["FullName"]))]), engine, [Held(engine)]));
    }

    /// <summary>EF's copy of a table has no triggers, whatever column it is made for.</summary>
    [Fact]
    public void A_table_with_triggers_is_not_copied_on_SQLite()
    {
        var (engine, customers) = (SqliteEngine.Value, new TableName(null, "Customers"));
        var triggers = new HeldContract("Change", "1", [new("", "DROP TRIGGER \"sync\"", "CREATE TRIGGER \"sync\" AFTER INSERT ON \"Customers\" FOR EACH ROW BEGIN SELECT 1; END", [])]);
        MigrationChanges With(Change change) => new("pending", new([new(customers, [new Column("Id", "INTEGER", false), new Column("Note", "TEXT", true)])]), [change]);

        var refused = Should.Throw<SafeMigrateException>(() => Owed.Refuse("Other", With(new DropColumn(customers, "Note")), engine, [triggers]));

        refused.Message.ShouldBe("Other makes EF copy Customers into a new table, without the triggers that serve the held contract of Change.");
        Should.NotThrow(() => Owed.Refuse("Other", With(new AddColumn(customers, new("More", "TEXT", true))), engine, [triggers]));
        Should.NotThrow(() => Owed.Refuse("Other", With(new DropColumn(new(null, "Orders"), "Note")), engine, [triggers]));
    }

    private static HeldContract Held(Engine engine, string name = "rename a required column")
    {
        var planned = engine.Id == "mariadb" ? MariaDbPlanCases.Named(name) : PlanCases.Named(name);
        var contract = planned.Plan().Migrations[^1];
        return new("Change", "1", [new(contract.Suffix, string.Join('\n', contract.Up.Select(PlanText.SqlOf)), string.Join('\n', contract.Down.Select(PlanText.SqlOf)), [])]);
    }

    private static MigrationChanges Pending(string column) =>
        new("pending", DatabaseModel.Empty, [new DropColumn(new(null, "Customers"), column)]);
}
