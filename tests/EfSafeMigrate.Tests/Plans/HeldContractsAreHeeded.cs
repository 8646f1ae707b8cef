using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.Postgres;
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

    private static HeldContract Held(Engine engine)
    {
        var planned = engine.Id == "mariadb" ? MariaDbPlanCases.Named("rename a required column") : PlanCases.Named("rename a required column");
        var contract = planned.Plan().Migrations[^1];
        return new("Change", "1", [new(contract.Suffix, string.Join('\n', contract.Up.Select(PlanText.SqlOf)), string.Join('\n', contract.Down.Select(PlanText.SqlOf)), [])]);
    }

    private static MigrationChanges Pending(string column) =>
        new("pending", DatabaseModel.Empty, [new DropColumn(new(null, "Customers"), column)]);
}
