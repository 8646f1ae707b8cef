using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Updates.Preflight;
using static EfSafeMigrate.EngineTests.Schema;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>Rows that make a step fail refuse the run before any step, by their keys.</summary>
public abstract class DataStandsInTheWay(TestDatabase database) : IAsyncLifetime
{
    private const string Ddl = """
        CREATE TABLE buyers (id bigint PRIMARY KEY, email varchar(100));
        CREATE TABLE buys (id bigint PRIMARY KEY, buyer_id bigint, note text, code varchar(20), qty integer);
        """;

    private protected TestDatabase Database { get; } = database;

    private protected DatabaseModel Model => Database.Engine.Model(Ddl);

    public async Task InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS buys; DROP TABLE IF EXISTS buyers");
        await Database.ExecuteAsync(Ddl);
        await Database.ExecuteAsync("INSERT INTO buyers VALUES (1, 'a'), (2, 'b')");
        await Database.ExecuteAsync("INSERT INTO buys VALUES (8, 1, 'n', 'c8', 1), (9, 2, 'n', 'c9', 1), (10, 2, 'n', 'c10', 1)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task CleanRowsLetEveryStepThrough() =>
        (await ObjectionsAsync(Unique(), Required(), References(), Positive())).ShouldBeEmpty();

    [Fact]
    public Task Duplicates() => Refuses("UPDATE buys SET code = 'same' WHERE id > 8", Unique(), "buys.code holds values twice: 1 duplicate, first 9; Next fails on them.");

    [Fact]
    public Task Nulls() => Refuses("UPDATE buys SET note = NULL WHERE id > 8", Required(), "buys.note holds NULL: 2 NULLs, first 9, 10; Next fails on them.");

    [Fact]
    public Task Orphans() => Refuses("UPDATE buys SET buyer_id = 77 WHERE id = 9", References(), "buys.buyer_id refers to rows that are not there: 1 orphan, first 9; Next fails on them.");

    [Fact]
    public Task Violations() => Refuses("UPDATE buys SET qty = 0 WHERE id = 8", Positive(), "buys (ck) holds rows that violate the new constraint: 1 violation, first 8; Next fails on them.");

    [Fact]
    public async Task WhatAnEarlierStatementMayCorrectIsSaidOnly()
    {
        await Database.ExecuteAsync("UPDATE buys SET note = NULL WHERE id > 8");

        var objection = (await ObjectionsAsync(new UpdateRows(Table("buys"), ["code"], null), Required())).ShouldHaveSingleItem();

        objection.Refuses.ShouldBeFalse();
        objection.Sentence.ShouldBe("buys.note holds NULL: 2 NULLs, first 9, 10; Next fails unless the statements before it correct them.");
    }

    [Fact]
    public async Task AQuestionWithoutAnAnswerIsSaid()
    {
        var context = await Database.BeforeAsync(Model.Set(Required()));
        context = context with { Facts = context.Facts with { Probes = [.. context.Facts.Probes.Select(probe => probe with { Found = null, Unanswered = "stopped after 5 s" })] } };

        var objection = (await context.AskAsync<DataCheck>()).ShouldHaveSingleItem();

        objection.Refuses.ShouldBeFalse();
        objection.Sentence.ShouldBe("Whether buys.note holds NULL is not known: stopped after 5 s.");
    }

    private protected async Task Refuses(string plant, Change change, string sentence)
    {
        await Database.ExecuteAsync(plant);
        var objection = (await ObjectionsAsync(change)).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((true, sentence));
    }

    private async Task<IReadOnlyList<Objection>> ObjectionsAsync(params Change[] changes) =>
        await (await Database.BeforeAsync(Model.Set(changes))).AskAsync<DataCheck>();

    private static CreateIndex Unique() => new(Table("buys"), new Index("ux", ["code"]) { Unique = true });

    private static AlterColumn Required() => new(Table("buys"), new Column("note", "text", false), new Column("note", "text", true));

    private static AddForeignKey References() => new(Table("buys"), new ForeignKey("fk", ["buyer_id"], Table("buyers"), ["id"]));

    private static AddCheckConstraint Positive() => new(Table("buys"), new CheckConstraint("ck", "qty > 0"));
}

public sealed class PostgresDataStandsInTheWay(PostgresDatabase database) : DataStandsInTheWay(database), IClassFixture<PostgresDatabase>
{
    [Fact]
    public Task ValuesThatDoNotFit() => Refuses(
        "UPDATE buys SET code = 'twelve' WHERE id = 8",
        new AlterColumn(Table("buys"), new Column("code", "character varying(5)", true), new Column("code", "character varying(20)", true)),
        "buys.code holds values that do not fit the new type: 1 value, first 8; Next fails on them.");
}

public sealed class SqliteDataStandsInTheWay(SqliteDatabase database) : DataStandsInTheWay(database), IClassFixture<SqliteDatabase>;
