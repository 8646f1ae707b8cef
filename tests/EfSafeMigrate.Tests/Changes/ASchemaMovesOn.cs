using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Changes;

public class ASchemaMovesOn
{
    private const string Shop =
        """
        CREATE TABLE customers (id int PRIMARY KEY, ref text UNIQUE);
        CREATE TABLE orders (
            id int PRIMARY KEY, customer_id int, code text, qty int,
            CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id),
            CONSTRAINT ck_code CHECK (code <> 'qty'), CONSTRAINT ck_both CHECK (qty > 0 OR code = ''));
        CREATE INDEX ix_pair ON orders (code, qty);
        CREATE INDEX ix_lower ON orders (lower(code));
        CREATE INDEX ix_part ON orders (customer_id) INCLUDE (id) WHERE "qty" > 0;
        CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
        CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE TYPE sales.mood AS ENUM ('sad');
        CREATE TABLE sales.visits (id int REFERENCES customers);
        """;

    [Fact]
    public void A_dropped_column_takes_all_indexes_and_constraints_that_mention_it()
    {
        var orders = After("ALTER TABLE orders DROP COLUMN qty").Table("orders");
        orders.Columns.Select(column => column.Name).ShouldBe(["id", "customer_id", "code"]);
        orders.Indexes.Select(index => index.Name).ShouldBe(["ix_lower"]);
        orders.Checks.Select(check => check.Name).ShouldBe(["ck_code"]);
    }

    [Fact]
    public void A_dropped_column_takes_keys_on_both_sides()
    {
        After("ALTER TABLE orders DROP COLUMN customer_id").Table("orders").ForeignKeys.ShouldBeEmpty();
        var model = After("ALTER TABLE customers DROP COLUMN id CASCADE");
        model.Table("customers").PrimaryKey.ShouldBeNull();
        model.Table("orders").ForeignKeys.ShouldBeEmpty();
    }

    [Fact]
    public void A_renamed_column_is_renamed_wherever_it_is_mentioned()
    {
        var orders = After("ALTER TABLE orders RENAME COLUMN qty TO \"Quantity\"").Table("orders");
        orders.Column("Quantity").ShouldNotBeNull();
        orders.Indexes.Select(index => Shown.Of(index)).ShouldBe(
            [
                "Index(Name: ix_pair; Columns: [code, Quantity])",
                "Index(Name: ix_lower; Columns: [(lower(code))])",
                "Index(Name: ix_part; Columns: [customer_id]; Filter: \"Quantity\" > 0; Include: [id])",
            ]);
        orders.Checks.Select(check => check.Sql).ShouldBe(["code <> 'qty'", "\"Quantity\" > 0 OR code = ''"]);
    }

    [Fact]
    public void A_renamed_column_is_renamed_in_keys_on_both_sides()
    {
        After("ALTER TABLE orders RENAME customer_id TO buyer").Table("orders").ForeignKeys[0].Columns.ShouldBe(["buyer"]);
        var model = After("ALTER TABLE customers RENAME id TO number");
        model.Table("customers").PrimaryKey!.Columns.ShouldBe(["number"]);
        model.Table("orders").ForeignKeys[0].PrincipalColumns.ShouldBe(["number"]);
    }

    [Fact]
    public void Foreign_keys_follow_a_renamed_table()
    {
        var model = After("ALTER TABLE customers RENAME TO buyers; ALTER TABLE buyers SET SCHEMA sales");
        model.Table("orders").ForeignKeys[0].Principal.ShouldBe(new TableName("sales", "buyers"));
        model.ReferencesTo(new("sales", "buyers")).Count().ShouldBe(2);
    }

    [Fact]
    public void A_dropped_table_takes_inbound_keys_only_with_cascade()
    {
        After("DROP TABLE customers").Table("orders").ForeignKeys.Count.ShouldBe(1);
        After("DROP TABLE customers CASCADE").Table("orders").ForeignKeys.ShouldBeEmpty();
        After("DROP TABLE events").Find(new(null, "events_1")).ShouldBeNull();
    }

    [Fact]
    public void A_table_rebuilt_under_its_old_name_keeps_inbound_keys()
    {
        var model = Reading("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER REFERENCES p (id));"
            + "CREATE TABLE ef_temp_p (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO ef_temp_p (id) SELECT id FROM p; DROP TABLE p; ALTER TABLE ef_temp_p RENAME TO p", SqlDialect.Sqlite);
        model.Tables.Select(table => table.Name.Name).ShouldBe(["c", "p"]);
        model.ReferencesTo(new(null, "p")).Count().ShouldBe(1);
    }

    [Fact]
    public void A_primary_key_makes_its_columns_required()
    {
        var orders = After("ALTER TABLE orders DROP CONSTRAINT orders_pkey; CREATE UNIQUE INDEX ux ON orders (code); ALTER TABLE orders ADD CONSTRAINT pk PRIMARY KEY USING INDEX ux")
            .Table("orders");
        Shown.Of(orders.PrimaryKey).ShouldBe("Key(Name: pk; Columns: [code])");
        orders.Column("code")!.Nullable.ShouldBeFalse();
        orders.Indexes.ShouldNotContain(index => index.Name == "ux");
    }

    [Fact]
    public void Dropping_a_primary_key_with_cascade_drops_inbound_keys() =>
        After("ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE").Table("orders").ForeignKeys.ShouldBeEmpty();

    [Fact]
    public void Constraints_are_validated_and_renamed()
    {
        const string Add = "ALTER TABLE orders ADD CONSTRAINT c CHECK (qty > 1) NOT VALID, ADD CONSTRAINT n NOT NULL qty NOT VALID;";
        var before = After(Add).Table("orders");
        before.Checks[^1].Validated.ShouldBeFalse();
        before.Column("qty")!.Nullable.ShouldBeTrue();
        var orders = After(Add + "ALTER TABLE orders VALIDATE CONSTRAINT c, VALIDATE CONSTRAINT n; ALTER TABLE orders RENAME CONSTRAINT fk TO fk2").Table("orders");
        orders.Checks[^1].Validated.ShouldBeTrue();
        orders.Column("qty")!.Nullable.ShouldBeFalse();
        orders.ForeignKeys[0].Name.ShouldBe("fk2");
        After(Add + "ALTER TABLE orders ADD CONSTRAINT e CHECK (qty > 2) NOT ENFORCED; ALTER TABLE orders ALTER CONSTRAINT e ENFORCED")
            .Table("orders").Checks[^1].Validated.ShouldBeTrue();
    }

    [Fact]
    public void Indexes_come_are_renamed_and_go()
    {
        var orders = After("CREATE INDEX ix ON orders (id); ALTER INDEX ix_pair RENAME TO ix2; DROP INDEX ix_lower").Table("orders");
        orders.Indexes.Select(index => index.Name).ShouldBe(["ix2", "ix_part", "ix"]);
        After("CREATE INDEX IF NOT EXISTS ix_pair ON orders (id)").Table("orders").Indexes[0].Columns.ShouldBe(["code", "qty"]);
    }

    [Fact]
    public void What_exists_already_is_left_alone()
    {
        var model = After("CREATE TABLE IF NOT EXISTS orders (x int); ALTER TABLE orders ADD COLUMN IF NOT EXISTS qty text");
        model.Table("orders").Column("qty")!.Type.ShouldBe("int");
        model.Tables.Count(table => table.Name.Name == "orders").ShouldBe(1);
    }

    [Fact]
    public void An_added_column_brings_its_inline_constraints()
    {
        var orders = After("ALTER TABLE orders ADD COLUMN boss int UNIQUE REFERENCES customers CHECK (boss > 0)").Table("orders");
        orders.UniqueConstraints[^1].Name.ShouldBe("orders_boss_key");
        orders.ForeignKeys[^1].Name.ShouldBe("orders_boss_fkey");
        orders.Checks[^1].Name.ShouldBe("orders_boss_check");
    }

    [Fact]
    public void Partitions_follow_their_parent()
    {
        After("ALTER TABLE events ADD COLUMN x int; ALTER TABLE events RENAME id TO number").Table("events_1")
            .Columns.Select(column => column.Name).ShouldBe(["number", "at", "x"]);
        After("ALTER TABLE events DETACH PARTITION events_1").Table("events_1").PartitionOf.ShouldBeNull();
        var attached = After("CREATE TABLE events_2 (id int, at date); ALTER TABLE events ATTACH PARTITION events_2 DEFAULT").Table("events_2");
        (attached.PartitionOf, attached.DefaultPartition).ShouldBe((new TableName(null, "events"), true));
    }

    [Fact]
    public void A_schema_moves_and_goes_with_what_is_in_it()
    {
        var moved = After("ALTER SCHEMA sales RENAME TO shop; ALTER TYPE shop.mood ADD VALUE 'glad'; ALTER TYPE shop.mood RENAME VALUE 'sad' TO 'blue'");
        moved.Tables.ShouldContain(table => table.Name == new TableName("shop", "visits"));
        Shown.Of(moved.Enums[0]).ShouldBe("EnumType(Schema: shop; Name: mood; Values: [blue, glad])");
        var dropped = After("DROP SCHEMA sales CASCADE");
        dropped.Tables.ShouldNotContain(table => table.Name.Schema == "sales");
        dropped.Enums.ShouldBeEmpty();
    }

    [Fact]
    public void Views_and_triggers_are_known()
    {
        var model = After("CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 2; CREATE OR REPLACE VIEW v AS SELECT 3;"
            + "CREATE TRIGGER a BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f(); ALTER TRIGGER a ON orders RENAME TO b");
        (model.Table("v").Kind, model.Table("v").Sql).ShouldBe((TableKind.View, "SELECT 3"));
        model.Table("m").Kind.ShouldBe(TableKind.MaterializedView);
        model.Table("orders").Triggers.ShouldBe(["b"]);
        Reading("CREATE VIEW v AS SELECT 1; DROP VIEW v", SqlDialect.Postgres).Tables.ShouldBeEmpty();
    }

    private static DatabaseModel After(string sql) => Reading(Shop + sql, SqlDialect.Postgres);

    private static DatabaseModel Reading(string sql, SqlDialect dialect)
    {
        var changes = StatementReader.Read(sql, dialect, DatabaseModel.Empty);
        changes.OfType<OpaqueSql>().ShouldBeEmpty();
        return changes.Aggregate(DatabaseModel.Empty, (model, change) => model.After(change));
    }
}

/// <summary>Finds a table that must be there.</summary>
internal static class Named
{
    public static Table Table(this DatabaseModel model, string name) => model.Find(new(null, name)).ShouldNotBeNull();
}
