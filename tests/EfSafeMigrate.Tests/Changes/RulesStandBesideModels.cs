using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Changes;

public class RulesStandBesideModels
{
    private static readonly TableName Orders = new(null, "orders");

    /// <summary>What EF's snapshots know at every migration, whatever SQL did meanwhile.</summary>
    private static readonly DatabaseModel Model = Read("CREATE TABLE orders (id int, code text, CONSTRAINT known CHECK (id > 0)); CREATE TABLE others (id int);");

    [Fact]
    public void A_rule_that_sql_added_is_there_for_every_later_migration()
    {
        var set = Set("ALTER TABLE orders ADD CONSTRAINT added CHECK (code IS NOT NULL) NOT VALID", "SELECT 1", "SELECT 2");
        set.Migrations.Select(Checks).ShouldBe(["known", "known added", "known added"]);
    }

    [Fact]
    public void It_is_known_as_it_stands_by_then()
    {
        var set = Set("ALTER TABLE orders ADD CONSTRAINT added CHECK (code IS NOT NULL) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT added", "SELECT 1");
        set.Migrations.Select(migration => migration.Source.Find(Orders)!.Checks.SingleOrDefault(check => check.Name == "added")?.Validated).ShouldBe([null, false, true]);
    }

    [Fact]
    public void A_rule_that_sql_dropped_is_gone() =>
        Set("ALTER TABLE orders ADD CONSTRAINT added CHECK (id < 9)", "ALTER TABLE orders DROP CONSTRAINT added", "SELECT 1")
            .Migrations.Select(Checks).ShouldBe(["known", "known added", "known"]);

    [Fact]
    public void A_rule_that_the_model_knows_is_not_there_twice() =>
        Set("SELECT 1", "SELECT 2").Migrations.Select(Checks).ShouldBe(["known", "known"]);

    [Fact]
    public void A_required_column_that_is_not_proved_is_carried_as_well() =>
        Set("ALTER TABLE orders ADD CONSTRAINT needed NOT NULL code NOT VALID", "SELECT 1").Migrations
            .Select(migration => string.Join(' ', migration.Source.Find(Orders)!.NotNulls.Select(rule => $"{rule.Name} {rule.Column} {rule.Validated}")))
            .ShouldBe(["", "needed code False"]);

    [Fact]
    public void A_column_that_sql_added_is_there_and_is_made_required_as_what_it_is()
    {
        // As EF's snapshot has it, the column is not there when the statement is read.
        var read = StatementReader.Read("ALTER TABLE orders ALTER COLUMN beside SET NOT NULL", SqlDialect.Postgres, Model);
        var set = new ChangeSet([new("0", Model, [.. StatementReader.Read("ALTER TABLE orders ADD beside bigint", SqlDialect.Postgres, Model)]), new("1", Model, [.. read])]).WithRulesOfEarlierSql();
        var alter = set.Migrations[1].Changes.ShouldHaveSingleItem().ShouldBeOfType<AlterColumn>();
        (alter.Old?.Type, alter.Old?.Nullable, alter.New.Type, alter.New.Nullable).ShouldBe(("bigint", true, "bigint", false));
    }

    [Fact]
    public void Each_table_has_its_own()
    {
        var set = Set("ALTER TABLE others ADD CONSTRAINT added CHECK (id > 1)", "SELECT 1");
        Checks(set.Migrations[1]).ShouldBe("known");
        set.Migrations[1].Source.Find(new TableName(null, "others"))!.Checks.Select(check => check.Name).ShouldBe(["added"]);
    }

    private static string Checks(MigrationChanges migration) => string.Join(' ', migration.Source.Find(Orders)!.Checks.Select(check => check.Name));

    private static ChangeSet Set(params string[] migrations) =>
        new ChangeSet([.. migrations.Select((sql, at) => new MigrationChanges($"{at}", Model, [.. StatementReader.Read(sql, SqlDialect.Postgres, Carried(migrations, at))]))]).WithRulesOfEarlierSql();

    /// <summary>A statement about a constraint is read where the constraint is known.</summary>
    private static DatabaseModel Carried(string[] migrations, int at) =>
        migrations.Take(at).Aggregate(Model, (model, sql) => StatementReader.Read(sql, SqlDialect.Postgres, model).Aggregate(model, Evolution.After));

    private static DatabaseModel Read(string sql) => StatementReader.Read(sql, SqlDialect.Postgres, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);
}
