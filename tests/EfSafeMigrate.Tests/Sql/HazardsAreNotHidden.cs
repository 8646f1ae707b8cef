using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>Whatever a dangerous statement stands in, and however it is written, it is judged as gravely as by itself, or the text is said to be unread.</summary>
public class HazardsAreNotHidden
{
    private const int Seed = 20261122;

    private static readonly int Texts = (SqlCorpus.Full ? 40_000 : 1_500) / 5;

    private static readonly string[] Everywhere =
    [
        "DROP TABLE orders", "ALTER TABLE orders DROP COLUMN note", "DELETE FROM orders", "ALTER TABLE orders RENAME TO sales", "ALTER TABLE orders RENAME COLUMN note TO remark",
        "ALTER TABLE orders ADD COLUMN zone int NOT NULL", "UPDATE orders SET qty = 1",
    ];

    private static readonly Dictionary<string, string[]> Hazards = new()
    {
        [RuleCase.Postgres] =
        [
            .. Everywhere, "TRUNCATE orders", "CREATE INDEX ix_zone ON orders (note)", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint", "DROP TABLE IF EXISTS orders CASCADE",
            "ALTER TABLE orders ALTER COLUMN note SET NOT NULL", "ALTER TABLE orders ADD CONSTRAINT fk_zone FOREIGN KEY (customer_id) REFERENCES customers (id)",
            "ALTER TABLE orders ADD CONSTRAINT ck_zone CHECK (qty > 0)", "DROP SCHEMA public CASCADE", "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE",
        ],
        [RuleCase.Sqlite] = Everywhere,
        ["mysql"] = [.. Everywhere, "TRUNCATE TABLE orders", "ALTER TABLE orders MODIFY COLUMN qty bigint", "CREATE FULLTEXT INDEX ix_zone ON orders (note)"],
        ["mariadb"] = [.. Everywhere, "TRUNCATE TABLE orders", "ALTER TABLE orders MODIFY COLUMN qty bigint", "CREATE FULLTEXT INDEX ix_zone ON orders (note)"],
        [RuleCase.SqlServer] =
        [
            "DROP TABLE orders", "DROP TABLE IF EXISTS orders", "ALTER TABLE orders DROP COLUMN note", "DELETE FROM orders", "ALTER TABLE orders ADD zone int NOT NULL", "UPDATE orders SET qty = 1",
            "TRUNCATE TABLE orders", "ALTER TABLE orders ALTER COLUMN qty bigint", "CREATE INDEX ix_zone ON orders (note)",
            "ALTER TABLE orders ADD CONSTRAINT fk_zone FOREIGN KEY (customer_id) REFERENCES customers (id)",
        ],
    };

    private static readonly string[] Neighbours =
    [
        "SELECT 1", "INSERT INTO customers (id) VALUES (99)", "UPDATE customers SET id = 1 WHERE id = 1", "SELECT ';' || '--' || '/*'", "CREATE TABLE extra (id int)", "SELECT 'DROP TABLE orders; '' it'",
        "SELECT id FROM customers WHERE id IN (1, 2) ORDER BY id",
    ];

    /// <summary>Around one statement; what is in braces is replaced, and no engine needs more to take it.</summary>
    private static readonly string[] Blocks =
    [
        "DO $w{n}$ BEGIN {s}; END $w{n}$", "DO $w{n}$ DECLARE x int := 1; BEGIN IF x = 1 THEN {s}; END IF; END $w{n}$", "DO LANGUAGE plpgsql $w{n}$ BEGIN {p}; {s}; {p}; END $w{n}$",
        "DO $w{n}$ BEGIN IF false THEN NULL; ELSIF true THEN NULL; ELSE {s}; END IF; END $w{n}$", "DO $w{n}$ BEGIN FOR i IN 1..2 LOOP BEGIN {s}; EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'x'; END; END LOOP; END $w{n}$",
        "DO $w{n}$ BEGIN CASE WHEN true THEN {s}; ELSE NULL; END CASE; END $w{n}$", "DO $w{n}$ <<outer>> BEGIN WHILE false LOOP {s}; EXIT outer; END LOOP; END $w{n}$",
        "DO $w{n}$ BEGIN IF EXISTS (SELECT 1 FROM customers) THEN BEGIN {s}; END; END IF; END $w{n}$", "DO $w{n}$ BEGIN EXECUTE '{q}'; END $w{n}$", "DO $w{n}$ BEGIN EXECUTE format('{q}'); END $w{n}$",
        "BEGIN; {s}; COMMIT",
    ];

    private static readonly string[] Procedures =
    [
        "CREATE PROCEDURE p{n}() BEGIN {s}; END; CALL p{n}()", "CREATE PROCEDURE p{n}() BEGIN IF 1 = 1 THEN {s}; END IF; END; CALL p{n}; DROP PROCEDURE p{n}", "/*!50100 {s} */",
        "DELIMITER //\nCREATE PROCEDURE p{n}() BEGIN {p}; CASE WHEN 1 THEN {s}; END CASE; END//\nCALL p{n}()//\nDELIMITER ;\n", "SET @s = '{q}'; PREPARE x FROM @s; EXECUTE x", "START TRANSACTION; {s}; COMMIT",
        "CREATE PROCEDURE p{n}() BEGIN DECLARE i int DEFAULT 0; WHILE i < 1 DO {s}; SET i = i + 1; END WHILE; END; CALL p{n}()",
    ];

    private static readonly string[] Batches =
    [
        "BEGIN TRANSACTION; {s}; COMMIT", "IF 1 = 1 BEGIN {s}; END", "IF NOT EXISTS (SELECT * FROM customers WHERE id = 99)\nBEGIN\n    {s};\nEND;\nGO\n", "IF 1 = 0 SELECT 1 ELSE {s}",
        "EXEC(N'{q}')", "EXEC sp_executesql N'{q}'", "DECLARE @s{n} nvarchar(max) = N'{q}'; EXEC(@s{n})", "BEGIN TRY {s}; END TRY BEGIN CATCH THROW; END CATCH", "WHILE 1 = 0 BEGIN {s}; END",
        "{p}\nGO\n{s}\nGO 2\n", "{p}\n{s}\n{p}", "CREATE PROCEDURE p{n} AS BEGIN {s}; END;\nGO\nEXEC p{n};\nGO\n",
    ];

    public static TheoryData<string> Engines => [.. Hazards.Keys];

    [Theory, MemberData(nameof(Engines))]
    public void By_blocks_comments_quotes_or_neighbours(string engine)
    {
        var (random, dialect, model) = (new Random(Seed), SqlDialect.Of(engine), Reading.Model(SqlDialect.Of(engine), Data.Text($"cases-base.{engine}.sql")));
        var schema = Data.Text($"cases-base.{engine}.sql");
        var unread = 0;
        for (var i = 0; i < Texts; i++)
        {
            var hazard = Hazards[engine][random.Next(Hazards[engine].Length)];
            var sql = Text(hazard, engine, random);
            var disguise = new Disguise(dialect, $"{schema}\n;{sql}", random.Next(1000));
            var (written, bare) = (disguise.Write(sql), Gravest(hazard, engine, model));
            bare.ShouldNotBe(Severity.Safe, hazard);
            var disguised = Reading.Model(dialect, disguise.Write(schema));
            var opaque = StatementReader.Read(written, dialect, disguised).OfType<OpaqueSql>().Any();
            unread += opaque ? 1 : 0;
            (opaque || Gravest(written, engine, disguised) >= bare).ShouldBeTrue($"{hazard} is {bare}, and {Gravest(written, engine, disguised)} in:\n{written}\n— which is —\n{sql}");
        }
        // What is put together at run time may be unread; the rest of the forms is there to be read.
        ((double)unread / Texts).ShouldBeLessThan(0.4);
    }

    private static string Text(string hazard, string engine, Random random)
    {
        var forms = engine switch { RuleCase.Postgres => Blocks, RuleCase.Sqlite => ["BEGIN; {s}; COMMIT"], RuleCase.SqlServer => Batches, _ => Procedures };
        var sql = hazard;
        if (random.Next(4) > 0)
        {
            sql = forms[random.Next(forms.Length)].Replace("{n}", $"{random.Next(100)}", StringComparison.Ordinal).Replace("{p}", Neighbours[random.Next(2)], StringComparison.Ordinal)
                .Replace("{q}", sql.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal).Replace("{s}", sql, StringComparison.Ordinal);
        }
        var (before, after) = (random.Next(3), random.Next(3));
        return string.Join(";\n", [.. Enumerable.Range(0, before).Select(_ => Neighbour(engine, random)), sql, .. Enumerable.Range(0, after).Select(_ => Neighbour(engine, random))]);
    }

    // Texts are joined by + on one engine.
    private static string Neighbour(string engine, Random random) =>
        Neighbours[random.Next(Neighbours.Length)] is var neighbour && engine == RuleCase.SqlServer ? neighbour.Replace("||", "+", StringComparison.Ordinal) : neighbour;

    private static Severity Gravest(string sql, string engine, DatabaseModel model)
    {
        var script = new MigrationChanges("20260101000000_Hidden", model, StatementReader.Read(sql, SqlDialect.Of(engine), model)) { IsScript = true };
        return RuleBook.Judge(new([script]), RuleCaseRun.Engine(engine), new(Measured<EngineVersion>.Unknown)).Select(finding => finding.Severity).DefaultIfEmpty(Severity.Safe).Max();
    }
}
