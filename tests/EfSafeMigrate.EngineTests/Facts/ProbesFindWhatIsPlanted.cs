extern alias MySqlData;

using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using static EfSafeMigrate.EngineTests.Schema;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.EngineTests.Facts;

/// <summary>The contract of every engine: a probe finds what stands in the way, and nothing where nothing does.</summary>
public abstract class ProbesFindWhatIsPlanted(TestDatabase database) : IAsyncLifetime
{
    private const string Ddl = """
        CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(100));
        CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, note text, code varchar(20), qty integer);
        """;

    private DatabaseModel Model => database.Engine.Model(Ddl);

    public async Task InitializeAsync()
    {
        await database.ExecuteAsync("DROP VIEW IF EXISTS noted; DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS customers");
        await database.ExecuteAsync(Ddl);
        await database.ExecuteAsync("INSERT INTO customers VALUES (1, 'a'), (2, 'b')");
        await database.ExecuteAsync("INSERT INTO orders VALUES (8, 1, 'n', 'c8', 1), (9, 2, 'n', 'c9', 1), (10, 2, 'n', 'c10', 1)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task CleanRowsHoldNothing()
    {
        var answers = await database.ProbeAsync(Model.Set(
            Unique("code"), Required("note"), References(), Positive(), new DropColumn(Table("orders"), "note")));

        answers.ShouldAllBe(probe => probe.Found == 0 && probe.Unanswered == null);
        ProbeKind[] common = [ProbeKind.Duplicates, ProbeKind.Nulls, ProbeKind.Orphans, ProbeKind.Violations, ProbeKind.Dependent];
        common.ShouldBeSubsetOf(answers.Select(probe => probe.Kind));
    }

    [Fact]
    public async Task DuplicatesAreNamedByTheirFirstKey()
    {
        await database.ExecuteAsync("UPDATE orders SET code = 'same' WHERE id IN (9, 10); INSERT INTO orders VALUES (11, 1, 'n', NULL, 1), (12, 1, 'n', NULL, 1)");

        var answer = await Only(ProbeKind.Duplicates, Unique("code"));

        answer.Found.ShouldBe(1);
        answer.Sample.ShouldBe(["9"]);
    }

    [Fact]
    public async Task WhatIsUniqueAlreadyIsNotAsked()
    {
        var answers = await database.ProbeAsync(Model.Set(Unique("id", "code")));

        answers.ShouldNotContain(probe => probe.Kind == ProbeKind.Duplicates);
    }

    [Fact]
    public async Task NullsAreCountedUpToALimit()
    {
        await database.ExecuteAsync("UPDATE orders SET note = NULL WHERE id > 8");
        (await Only(ProbeKind.Nulls, Required("note"))).ShouldSatisfyAllConditions(
            answer => answer.Found.ShouldBe(2), answer => answer.Sample.ShouldBe(["9", "10"]), answer => answer.AtLeast.ShouldBeFalse());

        await database.ExecuteAsync($"""
            INSERT INTO orders (id) WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 1098) SELECT i FROM n
            """);
        (await Only(ProbeKind.Nulls, Required("note"))).ShouldSatisfyAllConditions(
            answer => answer.Found.ShouldBe(Probes.Most), answer => answer.Sample.Count.ShouldBe(3), answer => answer.AtLeast.ShouldBeTrue());
    }

    [Fact]
    public async Task OrphansAreRowsWithoutTheirPrincipal()
    {
        await database.ExecuteAsync("UPDATE orders SET customer_id = 77 WHERE id = 9; UPDATE orders SET customer_id = NULL WHERE id = 10");

        var answer = await Only(ProbeKind.Orphans, References());

        answer.Found.ShouldBe(1);
        answer.Sample.ShouldBe(["9"]);
        answer.Columns.ShouldBe(["customer_id"]);
    }

    [Fact]
    public async Task ViolationsAreRowsForWhichTheConditionIsFalse()
    {
        await database.ExecuteAsync("UPDATE orders SET qty = 0 WHERE id = 8; UPDATE orders SET qty = NULL WHERE id = 9");

        var answer = await Only(ProbeKind.Violations, Positive());

        answer.Found.ShouldBe(1);
        answer.Sample.ShouldBe(["8"]);
    }

    [Fact]
    public async Task AQuestionUsesTheNamesBeforeARename()
    {
        await database.ExecuteAsync("UPDATE orders SET note = NULL WHERE id = 9");
        var purchases = Table("purchases");

        var answers = await database.ProbeAsync(Model.Set(
            new RenameColumn(Table("orders"), "note", "remark"),
            new RenameTable(Table("orders"), purchases),
            new AlterColumn(purchases, new Column("remark", "text", false), new Column("remark", "text", true))));

        var answer = answers.Single(probe => probe.Kind == ProbeKind.Nulls);
        answer.Unanswered.ShouldBeNull();
        answer.Found.ShouldBe(1);
        (answer.Table, answer.Columns.Single()).ShouldBe((purchases, "remark"));
    }

    [Fact]
    public async Task WhatTheChangeSetMakesIsNotAsked()
    {
        var made = Table("made");

        var answers = await database.ProbeAsync(Model.Set(
            new CreateTable(new Table(made, [new("id", "bigint", false), new("customer_id", "bigint", true)])),
            new CreateIndex(made, new Index("ux", ["customer_id"]) { Unique = true }),
            new AddColumn(Table("orders"), new("extra", "text", true)),
            Unique("extra")));

        answers.ShouldNotContain(probe => probe.Kind == ProbeKind.Duplicates);
    }

    [Fact]
    public async Task AConditionOverANewColumnIsNotKnown()
    {
        var answer = await Only(
            ProbeKind.Violations, new AddColumn(Table("orders"), new("extra", "integer", true)),
            new AddCheckConstraint(Table("orders"), new CheckConstraint("ck", "extra > qty")));

        answer.Found.ShouldBeNull();
        answer.Unanswered.ShouldNotBeNull();
    }

    [Fact]
    public async Task ViewsAndTriggersAreDependents()
    {
        await database.ExecuteAsync("CREATE VIEW noted AS SELECT id, note FROM orders");

        (await Only(ProbeKind.Dependent, new DropColumn(Table("orders"), "note"))).Sample.ShouldBe(["view noted"]);
        (await Only(ProbeKind.Dependent, new DropColumn(Table("orders"), "code"))).Sample.ShouldBeEmpty();
        (await Only(ProbeKind.Dependent, new RenameTable(Table("orders"), Table("purchases")))).Sample.ShouldBe(["view noted"]);
    }

    [Fact]
    public async Task AKeyIsCutToFortyCharacters()
    {
        await database.ExecuteAsync($"CREATE TABLE longest (id varchar(200) PRIMARY KEY, note text); INSERT INTO longest VALUES ('{new string('x', 150)}', NULL)");
        var model = database.Engine.Model("CREATE TABLE longest (id varchar(200) PRIMARY KEY, note text)");

        var answers = await database.ProbeAsync(model.Set(new AlterColumn(Table("longest"), new("note", "text", false), new("note", "text", true))));
        await database.ExecuteAsync("DROP TABLE longest");

        answers.Single(probe => probe.Kind == ProbeKind.Nulls).Sample.Single().Length.ShouldBe(40);
    }

    [Fact]
    public async Task ATableThatIsNotThereLeavesItsQuestionOpenAndTheOthersAnswered()
    {
        var model = database.Engine.Model($"{Ddl}\nCREATE TABLE missing (id bigint PRIMARY KEY, note text);");

        var answers = await database.ProbeAsync(model.Set(
            new AlterColumn(Table("missing"), new("note", "text", false), new("note", "text", true)), Required("note")));

        var nulls = answers.Where(probe => probe.Kind == ProbeKind.Nulls).ToArray();
        nulls[0].Unanswered.ShouldNotBeNull();
        nulls[0].Unanswered!.ShouldContain("missing");
        nulls[1].Found.ShouldBe(0);
    }

    private protected Task ExecuteAsync(string sql) => database.ExecuteAsync(sql);

    private protected async Task<Probe> Only(ProbeKind kind, params Change[] changes) =>
        (await database.ProbeAsync(Model.Set(changes))).Single(probe => probe.Kind == kind);

    private protected static CreateIndex Unique(params string[] columns) => new(Table("orders"), new Index("ux", columns) { Unique = true });

    private static AlterColumn Required(string column) => new(Table("orders"), new Column(column, "text", false), new Column(column, "text", true));

    private static AddForeignKey References() => new(Table("orders"), new ForeignKey("fk", ["customer_id"], Table("customers"), ["id"]));

    private static AddCheckConstraint Positive() => new(Table("orders"), new CheckConstraint("ck", "qty > 0"));
}

/// <summary>Of engines whose indexes have conditions and expressions.</summary>
public abstract class ProbesKnowConditions(TestDatabase database) : ProbesFindWhatIsPlanted(database)
{
    [Fact]
    public async Task DuplicatesOutsideTheFilterAreAllowed()
    {
        await ExecuteAsync("UPDATE orders SET code = 'same', qty = id");

        var filtered = await Only(ProbeKind.Duplicates, new CreateIndex(Table("orders"), new Index("ux", ["code"]) { Unique = true, Filter = "qty > 9" }));
        var wider = await Only(ProbeKind.Duplicates, new CreateIndex(Table("orders"), new Index("ux", ["code"]) { Unique = true, Filter = "qty > 8" }));

        filtered.Found.ShouldBe(0);
        wider.Found.ShouldBe(1);
    }

    [Fact]
    public async Task AnExpressionHasDuplicatesOfItsOwn()
    {
        await ExecuteAsync("UPDATE orders SET code = 'A' WHERE id = 8; UPDATE orders SET code = 'a' WHERE id = 9");

        (await Only(ProbeKind.Duplicates, Unique("code"))).Found.ShouldBe(0);
        (await Only(ProbeKind.Duplicates, Unique("(lower(code))"))).Found.ShouldBe(1);
    }
}

public sealed class PostgresProbesFindWhatIsPlanted(PostgresDatabase database) : ProbesKnowConditions(database), IClassFixture<PostgresDatabase>;

public sealed class SqliteProbesFindWhatIsPlanted(SqliteDatabase database) : ProbesKnowConditions(database), IClassFixture<SqliteDatabase>;

public sealed class MariaDbProbesFindWhatIsPlanted(MariaDbDatabase database) : ProbesFindWhatIsPlanted(database), IClassFixture<MariaDbDatabase>
{
    [Fact]
    public async Task AConditionThatTheProviderLeavesOutLetsNoDuplicatePass()
    {
        await ExecuteAsync("UPDATE orders SET code = 'same', qty = id");

        (await Only(ProbeKind.Duplicates, new CreateIndex(Table("orders"), new Index("ux", ["code"]) { Unique = true, Filter = "qty > 9" }))).Found.ShouldBe(1);
    }

    [Fact]
    public async Task DuplicatesAreAsTheCollationSees()
    {
        await ExecuteAsync("UPDATE orders SET code = 'Same' WHERE id = 8; UPDATE orders SET code = 'sAMe ' WHERE id = 10");

        (await Only(ProbeKind.Duplicates, Unique("code"))).Sample.ShouldBe(["8"]);
        await Should.ThrowAsync<MySqlData::MySql.Data.MySqlClient.MySqlException>(() => ExecuteAsync("CREATE UNIQUE INDEX ux ON orders (code)"));
    }
}
