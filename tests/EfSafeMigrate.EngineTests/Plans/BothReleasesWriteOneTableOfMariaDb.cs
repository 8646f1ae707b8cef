extern alias MySqlData;

using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests.Plans;

public class BothReleasesWriteOneTableOfMariaDb
{
    private const int Writers = 4;
    private const int Rows = 100;

    private static readonly PhaseForms Forms = MariaDbEngine.Value.Phases!;

    private static readonly TableName Shared = new(null, "shared");

    private static readonly ObjectNames Names = EfSafeMigrate.Plans.Names.Trigger(64, "safe_migrate_sync", ["shared", "old", "fresh"]);

    private static readonly IReadOnlyDictionary<string, (string Type, bool ByImage, string[] Values)> Columns = new Dictionary<string, (string, bool, string[])>
    {
        ["required text"] = ("varchar(60) NOT NULL", true, ["'bob'", "'Bob'", "'BOB '", "''", "'a long one with ''quotes'' and \\\\ signs'", "'é'", "'e'"]),
        ["optional text"] = ("varchar(60) NULL", true, ["NULL", "'bob'", "'Bob'", "'bob '", "''"]),
        ["long text"] = ("longtext NULL", true, ["NULL", "'x'", "'X'", "REPEAT('y', 9000)"]),
        ["whole number"] = ("int NULL", false, ["NULL", "0", "7", "-3", "2147483647"]),
        ["required number"] = ("decimal(10,2) NOT NULL", false, ["0.00", "1.50", "-2.25"]),
        ["time"] = ("datetime(6) NULL", false, ["NULL", "'2026-01-02 03:04:05.678901'", "'2026-01-02 03:04:05'"]),
        ["bytes"] = ("varbinary(20) NULL", false, ["NULL", "0x00", "0x0000", "0xFF61"]),
        ["unknown equality"] = ("varchar(60) NOT NULL", false, ["'bob'", "'Bob'", "'bob '"]),
    };

    public static TheoryData<string> Kinds => [.. Columns.Keys];

    private static int Writes => Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1" ? 20_000 : 2_000;

    /// <summary>Each writer is now the one release and now the other; no two write the same rows, so that the last write of each row is known.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_column_is_the_image_of_the_other_and_no_write_is_lost(string name)
    {
        var (type, byImage, values) = Columns[name];
        await using var database = await MariaDbPlans.CreateAsync($"CREATE TABLE shared (id int PRIMARY KEY, old {type}, other int NOT NULL DEFAULT 0) CHARACTER SET utf8mb4;");
        var before = string.Join(", ", Enumerable.Range(0, 3000).Select(id => string.Create(CultureInfo.InvariantCulture, $"({id + 1000}, {values[id % values.Length]})")));
        await database.RunAsync($"INSERT INTO shared (id, old) VALUES {before}; ALTER TABLE shared ADD fresh {type.Replace("NOT NULL", "NULL", StringComparison.Ordinal)};");
        await database.RunAsync(string.Join('\n', Forms.Sync(Spec(byImage: name == "unknown equality" ? null : byImage), Names).Create));
        var filled = new BackfillSpec(Shared, ["id"], "fresh", "`old`") { ByImage = byImage };
        var work = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(database, writer, values))).ToList();
        await database.RunAsync(Forms.Backfill(filled));
        var journals = await Task.WhenAll(work);
        (await database.TextAsync("SELECT id, old, fresh FROM shared WHERE NOT (CAST(old AS BINARY) <=> CAST(fresh AS BINARY))")).ShouldBe("");
        (await database.TextAsync($"SELECT count(*) FROM shared WHERE {Forms.Unfilled(filled)} OR {Forms.Astray(filled)}")).ShouldBe("0");
        (await database.TextAsync("SELECT count(*) FROM shared WHERE id >= 1000")).ShouldBe("3000");
        var column = name is "whole number" or "required number" ? "fresh" : "CAST(fresh AS BINARY)";
        foreach (var (id, value) in journals.SelectMany(journal => journal).Where((_, at) => at % 7 == 0))
        {
            (await database.TextAsync($"SELECT count(*) FROM shared WHERE id = {id} AND fresh <=> {Typed(value, type)} AND {column} <=> {(column == "fresh" ? value : $"CAST({Typed(value, type)} AS BINARY)")}")).ShouldBe("1", $"{id} holds {value}");
        }
        var counted = await CountAsync(database);
        await database.RunAsync("UPDATE shared SET other = other + 1");
        (await CountAsync(database)).ShouldBe(counted, "an update that touches neither column");
    }

    [Fact]
    public async Task Old_shape_writes_are_counted_and_no_others()
    {
        await using var database = await WithTriggerAsync();
        await database.RunAsync("INSERT INTO shared (id, old) VALUES (1, 'a'), (2, 'b')");
        (await CountAsync(database)).ShouldBe(2);
        await database.RunAsync("UPDATE shared SET old = 'c' WHERE id = 1");
        (await CountAsync(database)).ShouldBe(3);
        await database.RunAsync("UPDATE shared SET fresh = 'd'; UPDATE shared SET other = 1; INSERT INTO shared (id, fresh) VALUES (3, 'e'); UPDATE shared SET old = 'e' WHERE id = 3; DELETE FROM shared WHERE id = 3;");
        (await CountAsync(database)).ShouldBe(3);
        await database.RunAsync("START TRANSACTION; UPDATE shared SET old = 'gone'; ROLLBACK;");
        (await CountAsync(database)).ShouldBe(3, "what is rolled back was not written");
    }

    /// <summary>A counter in one row would hold up every other writer until the transaction ends.</summary>
    [Fact]
    public async Task Writers_do_not_wait_for_each_other_s_count()
    {
        await using var database = await WithTriggerAsync();
        await database.RunAsync("INSERT INTO shared (id, old) VALUES (1, 'a'), (2, 'b')");
        await using var one = await database.OpenAsync();
        await using var other = await database.OpenAsync();
        await one.RunAsync("START TRANSACTION; UPDATE shared SET old = 'c' WHERE id = 1;");
        await other.RunAsync("SET SESSION innodb_lock_wait_timeout = 1; UPDATE shared SET old = 'd' WHERE id = 2;");
        await one.RunAsync("COMMIT");
        (await CountAsync(database)).ShouldBe(4);
    }

    [Fact]
    public async Task The_application_needs_no_rights_on_what_the_plan_adds()
    {
        await using var database = await WithTriggerAsync();
        var (user, name) = ($"app_{Guid.NewGuid():N}"[..20], await database.TextAsync("SELECT database()"));
        await database.RunAsync($"CREATE USER '{user}'@'%' IDENTIFIED BY 'p'; GRANT SELECT, INSERT, UPDATE ON `{name}`.shared TO '{user}'@'%';");
        try
        {
            await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder(Environment.GetEnvironmentVariable("SAFE_MIGRATE_MARIADB")!) { UserID = user, Password = "p", Database = name, Pooling = false, CharacterSet = "utf8mb4" }.ConnectionString);
            await connection.OpenAsync();
            await connection.RunAsync("INSERT INTO shared (id, old) VALUES (1, 'a'); UPDATE shared SET old = 'b';");
            (await connection.ErrorAsync($"SELECT * FROM `{Names.Counter}`")).ShouldNotBeNull("the application cannot read the counter");
        }
        finally
        {
            await database.RunAsync($"DROP USER '{user}'@'%'");
        }
        (await CountAsync(database)).ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_strict_mode_nothing_is_cut_off()
    {
        await using var database = await MariaDbPlans.CreateAsync("CREATE TABLE shared (id int PRIMARY KEY, old varchar(3) NULL, fresh varchar(9) NULL, other int NOT NULL DEFAULT 0);");
        await using var connection = await database.OpenAsync();
        await connection.RunAsync($"SET SESSION sql_mode = ''; {string.Join('\n', Forms.Sync(Spec(byImage: true), Names).Create)}");
        (await connection.AskAsync("SELECT @@SESSION.sql_mode")).ShouldBe("", "the session's mode is as it was");
        (await connection.ErrorAsync("INSERT INTO shared (id, fresh) VALUES (1, 'too long')")).ShouldBe(1406);
    }

    [Fact]
    public async Task A_row_that_somebody_holds_is_waited_for_alone()
    {
        await using var database = await MariaDbPlans.CreateAsync("CREATE TABLE shared (id int PRIMARY KEY, old int, fresh int); INSERT INTO shared (id, old) SELECT seq, seq FROM seq_1_to_3000;");
        await using var holder = await database.OpenAsync();
        await holder.RunAsync("START TRANSACTION; SELECT * FROM shared WHERE id IN (5, 2500) FOR UPDATE;");
        // The driver keeps its thread until the server answers.
        var filling = Task.Run(() => database.RunAsync(Forms.Backfill(new(Shared, ["id"], "fresh", "`old`"))));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await database.TextAsync("SELECT count(*) FROM shared WHERE fresh = old") != "999")
        {
            await Task.Delay(20, limit.Token);
        }
        // Whoever waited with rows in hand would stop this one.
        await database.RunAsync("SET SESSION innodb_lock_wait_timeout = 1; UPDATE shared SET fresh = 0 WHERE id IN (4, 6); UPDATE shared SET fresh = old WHERE id IN (4, 6);");
        await holder.RunAsync("COMMIT");
        await filling;
        (await database.TextAsync("SELECT count(*) FROM shared WHERE fresh = id")).ShouldBe("3000");
    }

    private static SyncSpec Spec(bool? byImage) => new(Shared, [new("old", "`fresh`") { ByImage = byImage }], [new("fresh", "`old`") { ByImage = byImage }]);

    private static string Typed(string value, string type) =>
        value == "NULL" ? "NULL" : type.StartsWith("datetime", StringComparison.Ordinal) ? $"CAST({value} AS datetime(6))" : value;

    private static async Task<MariaDbPlans> WithTriggerAsync()
    {
        var database = await MariaDbPlans.CreateAsync("CREATE TABLE shared (id int PRIMARY KEY, old varchar(60) NOT NULL, fresh varchar(60) NULL, other int NOT NULL DEFAULT 0);");
        await database.RunAsync(string.Join('\n', Forms.Sync(Spec(byImage: true), Names).Create));
        return database;
    }

    private static async Task<int> CountAsync(MariaDbPlans database) =>
        int.Parse(await database.TextAsync($"SELECT COALESCE(SUM(`writes`), 0) FROM `{Names.Counter}`"), CultureInfo.InvariantCulture);

    /// <returns>What each row that is there must hold.</returns>
    private static async Task<IReadOnlyDictionary<int, string>> WriteAsync(MariaDbPlans database, int writer, string[] values)
    {
        await using var connection = await database.OpenAsync();
        var random = new Random(20261122 + writer);
        var journal = new Dictionary<int, string>();
        foreach (var chunk in Enumerable.Range(0, Writes / Writers).Chunk(50))
        {
            await connection.RunAsync(string.Join('\n', chunk.Select(_ => Write(random, writer * Rows, journal, values))));
        }
        return journal;
    }

    private static string Write(Random random, int first, Dictionary<int, string> journal, string[] values)
    {
        var (column, id, value) = (random.Next(2) == 0 ? "fresh" : "old", first + random.Next(Rows), values[random.Next(values.Length)]);
        switch (random.Next(10))
        {
            case 0:
                journal.Remove(id);
                return $"DELETE FROM shared WHERE id = {id};";
            case 1:
                return $"UPDATE shared SET other = other + 1 WHERE id BETWEEN {id} AND {Math.Min(id + 9, first + Rows - 1)};";
            case 2:
                for (var each = id; each <= Math.Min(id + 9, first + Rows - 1); each++)
                {
                    if (journal.ContainsKey(each))
                    {
                        journal[each] = value;
                    }
                }
                return $"UPDATE shared SET {column} = {value} WHERE id BETWEEN {id} AND {Math.Min(id + 9, first + Rows - 1)};";
            case 3 or 4 or 5:
                journal[id] = value;
                return $"INSERT INTO shared (id, {column}) VALUES ({id}, {value}) ON DUPLICATE KEY UPDATE {column} = VALUES({column});";
            case 6:
                journal[id] = value;
                return $"REPLACE INTO shared (id, {column}) VALUES ({id}, {value});";
            default:
                if (journal.ContainsKey(id))
                {
                    journal[id] = value;
                }
                return $"UPDATE shared SET {column} = {value} WHERE id = {id};";
        }
    }
}
