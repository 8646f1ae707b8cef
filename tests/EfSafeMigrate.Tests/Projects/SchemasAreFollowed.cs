using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Projects;

/// <summary>Of a long history EF builds few models; the schema before each migration is the same as if it had built all.</summary>
public class SchemasAreFollowed
{
    private static readonly DatabaseModel Start = new([new(new(null, "orders"), [new("id", "integer", Nullable: false), new("note", "text", Nullable: true)])]);

    [Theory]
    [InlineData(2, 1)]
    [InlineData(40, 1)]
    public async Task OneModelProvesARun(int migrations, int asked)
    {
        var history = new History([.. Enumerable.Range(0, migrations).Select(at => Add($"c{at}"))]);

        await history.CompleteAsync();

        history.Asked.Count.ShouldBe(asked);
        history.IsRight();
    }

    [Fact]
    public async Task OneMigrationNeedsNone()
    {
        var history = new History([Add("c")]);

        await history.CompleteAsync();

        history.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(30)]
    public async Task WhatSomebodyEditedIsFound(int edited)
    {
        var history = new History([.. Enumerable.Range(0, 40).Select(at => Add($"c{at}"))])
        {
            // EF's model has it, and the operation was taken out of the migration.
            Hand = (at, model) => at == edited ? model.After(new AddColumn(new(null, "orders"), new("by_hand", "text", Nullable: true))) : model,
        };

        await history.CompleteAsync();

        history.IsRight();
        history.Asked.Count.ShouldBeLessThan(16);
    }

    [Theory]
    [InlineData("\"\"", "''")]
    [InlineData("0", "0")]
    [InlineData("false", "FALSE")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"", "'00000000-0000-0000-0000-000000000000'")]
    [InlineData("\"01/01/0001 00:00:00\"", "TIMESTAMPTZ '-infinity'")]
    public async Task AValueForRowsThatAreThereIsNoDefault(string value, string sql)
    {
        var history = new History([.. Enumerable.Range(0, 12).Select(at => Add($"c{at}", value, sql))]) { Scaffolded = true };

        await history.CompleteAsync();

        history.Asked.Count.ShouldBe(1);
        history.IsRight();
    }

    [Fact]
    public async Task ADefaultThatGoesAgainIsLookedUp()
    {
        // The model has the default, although it looks like one for the rows that were there.
        var history = new History([Add("c0"), Add("flag", "false", "FALSE"), Add("c1"), Add("c2"), Drop("flag"), Add("c3"), Add("c4")]);

        await history.CompleteAsync();

        history.IsRight();
    }

    [Fact]
    public async Task RawSqlIsNotInTheModel()
    {
        var history = new History([Add("c0"), Sql("CREATE TABLE other (id int); ALTER TABLE orders DROP COLUMN note;"), Add("c1"), Add("c2")]) { Modelled = operation => OperationReader.NameOf(operation) != "Sql" };

        await history.CompleteAsync();

        history.Asked.Count.ShouldBe(1);
        history.IsRight();
    }

    [Fact]
    public async Task RunsAreFollowedApart()
    {
        var history = new History([Add("c0"), Add("c1"), Add("c2"), Add("c3"), Add("c4")]);

        await history.CompleteAsync(2);

        history.IsRight(2);
    }

    private static JsonElement Add(string name, string? value = null, string? sql = null) => JsonDocument.Parse(value is null
        ? $$"""{ "operation": "AddColumn", "name": "{{name}}", "table": "orders", "isNullable": true, "storeType": "text" }"""
        : $$"""{ "operation": "AddColumn", "name": "{{name}}", "table": "orders", "storeType": "text", "defaultValue": {{value}}, "defaultSql": {{JsonSerializer.Serialize(sql)}}, "defaultConstant": true }""").RootElement;

    private static JsonElement Drop(string name) => JsonDocument.Parse($$"""{ "operation": "DropColumn", "name": "{{name}}", "table": "orders" }""").RootElement;

    private static JsonElement Sql(string sql) => JsonSerializer.SerializeToElement(new { operation = "Sql", sql });

    /// <summary>Migrations of one operation each, and EF's models of them.</summary>
    private sealed class History(IReadOnlyList<JsonElement> operations)
    {
        private DescribeResult? complete;

        public List<string> Asked { get; } = [];

        public bool Scaffolded { get; init; }

        public Func<int, DatabaseModel, DatabaseModel> Hand { get; init; } = (_, model) => model;

        public Func<JsonElement, bool> Modelled { get; init; } = _ => true;

        /// <param name="left">The migration that is not under review.</param>
        public async Task CompleteAsync(int left = -1)
        {
            MigrationMessage[] messages =
            [
                .. operations.Select((operation, at) => (at, Message: new MigrationMessage(Id(at), at == 0 || at == left + 1 ? Before(at) : null, [operation], []))).Where(each => each.at != left).Select(each => each.Message),
            ];
            complete = await SourceModels.CompleteAsync(new(messages, null), SqlDialect.Postgres, id =>
            {
                Asked.Add(id);
                return Task.FromResult(Before(int.Parse(id[^3..], System.Globalization.CultureInfo.InvariantCulture) + 1));
            });
        }

        public void IsRight(int left = -1) => complete.ShouldNotBeNull().Migrations.Select(message => SchemaText.Of(message.Source!))
            .ShouldBe(Enumerable.Range(0, operations.Count).Where(at => at != left).Select(at => SchemaText.Of(Before(at))));

        private DatabaseModel Before(int at) => Enumerable.Range(0, at).Aggregate(Start, (model, each) => Hand(each, Modelled(operations[each]) ? model.After(Modelling(operations[each], model)) : model));

        private Change Modelling(JsonElement operation, DatabaseModel model) => OperationReader.Read(operation, model) is AddColumn add && Scaffolded
            ? add with { Column = add.Column with { Default = null } } : OperationReader.Read(operation, model);

        private static string Id(int at) => $"20260101000000_M{at:000}";
    }
}
