using EfSafeMigrate.Changes;
using EfSafeMigrate.EngineTests.Facts;
using EfSafeMigrate.Updates.Preflight;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>Values that a phased change of a type cannot carry over stop the run before its first phase, by their keys.</summary>
public sealed class ConversionsAreAskedAbout(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Ddl = "CREATE TABLE sales (id bigint PRIMARY KEY, code text, total numeric(10,2))";

    [Theory]
    [InlineData("code", "integer", null, "id = 40 OR id = 7", "code = 'x'", "2 values, first 7, 40")]
    [InlineData("total", "numeric(6,2)", null, "id = 40", "total = 10000", "1 value, first 40")]
    [InlineData("code", "varchar(3)", null, "id = 40", "code = 'long'", "1 value, first 40")]
    [InlineData("code", "integer", "CASE code WHEN 'open' THEN 0 WHEN 'shut' THEN 1 END", "id = 7", "code = 'ajar'", "1 value, first 7")]
    [InlineData("code", "integer", "length(code) / (length(code) - 4)", "id > 49", "code = 'four'", "1 value, first 50")]
    [InlineData("code", "date", "to_date(code, 'YYYY-MM-DD')", "id BETWEEN 11 AND 40", "code = '2026-13-01'", "30 values, first 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30")]
    [InlineData("code", "date", null, "id BETWEEN 11 AND 12", "code = '2026-13-01'", "2 values, first 11, 12")]
    public async Task WhatDoesNotConvertIsNamed(string column, string type, string? given, string which, string plant, string found)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS sales");
        await database.ExecuteAsync(Ddl);
        var good = given is null && type == "integer" ? "id::text" : type == "date" ? "'2026-11-22'" : "'shut'";
        await database.ExecuteAsync(type == "varchar(3)" ? "INSERT INTO sales SELECT g, 'abc', g FROM generate_series(1, 50) g" : $"INSERT INTO sales SELECT id, {(given?.StartsWith("length", StringComparison.Ordinal) == true ? "'three'" : good)}, id FROM generate_series(1, 50) id");
        (await ObjectionsAsync(column, type, given)).ShouldBeEmpty();
        await database.ExecuteAsync($"UPDATE sales SET {plant} WHERE {which}");
        var objection = (await ObjectionsAsync(column, type, given)).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((true, $"sales.{column} holds values that cannot be converted to the new type: {found}; Next fails on them."));
    }

    private static readonly Regrouping Split = new(
        Table("sales"), [new("code", "text", """ "first" || COALESCE(' ' || "last", '')""", false)],
        [new("first", "varchar(10)", """CAST(("code"::json ->> 0) AS varchar)""", true), new("last", "text", """("code"::json ->> 1)""", false)]);

    [Fact]
    public async Task RowsThatAreNotSplitAreNamed()
    {
        await SalesAsync("""SELECT g, CASE WHEN g > 5 AND g < 31 THEN 'x' WHEN g = 40 THEN '[null]' WHEN g = 41 THEN '["much too long"]' ELSE '["a","b"]' END, g FROM generate_series(1, 50) g""");
        (await ObjectionsAsync(Split)).Where(objection => objection.Refuses).Select(objection => objection.Sentence).ShouldBe(
        [
            "sales.first cannot be made of every row: 25 rows, first 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25; Next fails on them.",
            "sales.last cannot be made of every row: 25 rows, first 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25; Next fails on them.",
        ]);
        await database.ExecuteAsync("""UPDATE sales SET code = '["a"]' WHERE id BETWEEN 6 AND 30""");
        (await ObjectionsAsync(Split)).Where(objection => objection.Refuses).Select(objection => objection.Sentence).ShouldBe(["sales.first cannot be made of every row: 2 rows, first 40, 41; Next fails on them."]);
    }

    [Fact]
    public async Task RowsThatDoNotComeBackAreNamedAsAWarning()
    {
        var trimmed = Split with
        {
            New = [new("first", "text", "(split_part(btrim(\"code\"), ' ', 1))", false), new("last", "text", "(nullif(split_part(btrim(\"code\"), ' ', 2), ''))", false)],
        };
        await SalesAsync("SELECT g, CASE g % 10 WHEN 0 THEN ' a b' WHEN 1 THEN NULL ELSE 'a b' END, g FROM generate_series(1, 50) g");
        var said = "sales.code does not come back as it is: 5 rows, first 10, 20, 30, 40, 50; when the contract of Next is undone, these hold what the expressions make of them.";
        var objection = (await ObjectionsAsync(trimmed)).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((false, said));
        await database.ExecuteAsync("ALTER TABLE sales ADD first text, ADD last text; UPDATE sales SET first = 'a', last = 'b' WHERE code IS NOT NULL");
        objection = (await ObjectionsAsync(trimmed, "CREATE TABLE sales (id bigint PRIMARY KEY, code text, total numeric(10,2), first text, last text)", new DropColumn(Table("sales"), "code"))).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((false, said));
    }

    private async Task SalesAsync(string rows)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS sales");
        await database.ExecuteAsync(Ddl);
        await database.ExecuteAsync($"INSERT INTO sales {rows}");
    }

    private async Task<IReadOnlyList<Objection>> ObjectionsAsync(Regrouping regrouping, string ddl = Ddl, params Change[] changes)
    {
        var set = database.Engine.Model(ddl).Set(changes.Length > 0 ? changes : [.. regrouping.New.Select(column => new AddColumn(Table("sales"), new(column.Name, column.Type, Nullable: true)))]);
        var mark = new PhaseMark("Next", "Expand") { Regroups = [regrouping] };
        return await (await database.BeforeAsync(set with { Migrations = [.. set.Migrations.Select(migration => migration with { Phase = mark })] })).AskAsync<DataCheck>();
    }

    private async Task<IReadOnlyList<Objection>> ObjectionsAsync(string column, string type, string? given)
    {
        var expand = new AddColumn(Table("sales"), new("next", type, Nullable: true));
        var changes = database.Engine.Model(Ddl).Set(expand);
        var mark = new PhaseMark("Next", "Expand") { Converts = [new(Table("sales"), column, type, given, Required: true)] };
        return await (await database.BeforeAsync(changes with { Migrations = [.. changes.Migrations.Select(migration => migration with { Phase = mark })] })).AskAsync<DataCheck>();
    }
}
