using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

public class AnyNameIsQuoted
{
    private static readonly string Long = new('n', 62);
    private static readonly string Wide = new('ü', 30);

    public static TheoryData<string, string, string> Names => new()
    {
        { "t", "name", "fullname" }, { "t", "fullname", "name" }, { "t", "Name", "name" }, { "t", "na\"me", "\"name\"" }, { "ta\"ble", "a", "b" },
        { "select", "from", "where" }, { "user", "order", "group" }, { "t", "new", "old" }, { "t", "NEW", "OLD" }, { "t", "old", "new" },
        { "t", "{old}", "{new}" }, { "t", "{new}", "{old}" }, { "t", "$body$", "$backfill$" }, { "$count$", "$body_$", "$$" }, { "t", "image", "record" },
        { "image", "tg_op", "batch_first" }, { "batch_first", "batch_last", "table_last" }, { "t", "it's", "'" }, { "it's", "a\\b", "\\" }, { "t", "a b", " a" },
        { "t", "a.b", "a" }, { "a.b", "c.d", "d" }, { "t", "a;b", "--" }, { "t", "/*", "*/" }, { "t", "%s", "%" },
        { "t", $"{Long}a", $"{Long}b" }, { $"{Long}t", $"{Long}a", $"{Long}b" }, { $"{Wide}t", $"{Wide}a", $"{Wide}b" }, { "t", "🐘", "🦣" }, { "Ω", "имя", "名前" },
        { "t", $"a{Long}a", $"b{Long}b" }, { $"{Long}tt", "name", "fullname" }, { "t", "null", "default" }, { "t", "{0}", "{1}" },
    };

    /// <summary>In a schema of their own, and in a table without a key.</summary>
    [Theory]
    [InlineData("t", "fullname", "first", "last")]
    [InlineData("ta\"ble", "Full\"Name", "fi'rst", "LAST")]
    [InlineData("image", "was", "NEW", "old")]
    [InlineData("user", "order", "select", "$body$")]
    [InlineData("safe", "{0}", "{1}", "🐘 name")]
    public async Task A_split_goes_through_all_phases_and_back(string table, string old, string first, string last)
    {
        string Q(string name) => PlanCase.Engine.Quote(name);
        string Schema(string columns) => $"CREATE TABLE my.{Q(table)} (id integer NOT NULL, {columns});";
        var name = new TableName("my", table);
        var planCase = new PlanCase("", Schema($"{Q(old)} text NOT NULL"), Schema($"{Q(first)} text NOT NULL, {Q(last)} text"))
        {
            Decisions = new([], [], [])
            {
                Usings =
                [
                    (name, first, $"split_part({Q(table)}.{Q(old)}, ' ', 1)"), (name, last, $"CASE WHEN strpos({Q(old)}, ' ') > 0 THEN substr({Q(old)}, strpos({Q(old)}, ' ') + 1) END"),
                    (name, old, $"{Q(first)} || COALESCE(' ' || {Q(last)}, '')"),
                ],
            },
        };
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync($"CREATE SCHEMA my; {planCase.Source} INSERT INTO my.{Q(table)} SELECT g, 'v' || g || ' w' FROM generate_series(1, 1500) g;");
        foreach (var migration in plan.Migrations)
        {
            await database.RunAsync(migration.Up);
            if (migration.Suffix == "1Expand")
            {
                await database.RunAsync($"UPDATE my.{Q(table)} SET {Q(old)} = 'from old' WHERE id = 1; UPDATE my.{Q(table)} SET {Q(last)} = 'new' WHERE id = 2;");
                (await database.TextAsync(planCase.On.DoNotReturn(planCase.Before.Tables[0], migration.Regroups[0]).Sql)).ShouldBe("");
            }
        }
        (await database.TextAsync($"SELECT {Q(first)}, {Q(last)} FROM my.{Q(table)} WHERE id < 4 ORDER BY id")).ShouldBe("from | old\nv2 | new\nv3 | w");
        foreach (var migration in plan.Migrations.Reverse())
        {
            await database.RunAsync(migration.Down);
        }
        (await database.TextAsync($"SELECT {Q(old)} FROM my.{Q(table)} WHERE id < 4 ORDER BY id")).ShouldBe("from old\nv2 new\nv3 w");
        (await database.TextAsync("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).ShouldBe("0");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_rename_goes_through_all_phases_and_back(string table, string old, string fresh)
    {
        string Q(string name) => PlanCase.Engine.Quote(name);
        string Schema(string column) => $"CREATE TABLE {Q(table)} (id integer NOT NULL, {Q(column)} text NOT NULL, CONSTRAINT pk PRIMARY KEY (id)); CREATE INDEX {Q(column == old ? "i" : "j")} ON {Q(table)} ({Q(column)});";
        var planCase = new PlanCase("", Schema(old), Schema(fresh)) { Guessed = [new RenameColumn(new TableName(null, table), old, fresh)] };
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + $"INSERT INTO {Q(table)} SELECT g, 'v' || g FROM generate_series(1, 1500) g;");
        var schema = await database.SchemaAsync();
        foreach (var migration in plan.Migrations)
        {
            await database.RunAsync(migration.Up);
            if (migration.Suffix == "1Expand")
            {
                await database.RunAsync($"UPDATE {Q(table)} SET {Q(old)} = 'from old' WHERE id = 1; UPDATE {Q(table)} SET {Q(fresh)} = 'from new' WHERE id = 2;");
            }
        }
        (await database.TextAsync($"SELECT {Q(fresh)} FROM {Q(table)} WHERE id < 4 ORDER BY id")).ShouldBe("from old\nfrom new\nv3");
        foreach (var migration in plan.Migrations.Reverse())
        {
            await database.RunAsync(migration.Down);
        }
        (await database.SchemaAsync()).ShouldBe(schema);
        (await database.TextAsync($"SELECT {Q(old)} FROM {Q(table)} WHERE id < 4 ORDER BY id")).ShouldBe("from old\nfrom new\nv3");
    }
}
