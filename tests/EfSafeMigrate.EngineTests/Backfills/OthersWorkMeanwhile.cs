using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A backfill while others insert, delete and change rows of the table.</summary>
public abstract class OthersWorkMeanwhile(TestDatabase database)
{
    private static readonly int Rows = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1" ? 100_000 : 20_000;

    private readonly Dialect dialect = Dialect.Of(database.Engine);

    public static TheoryData<string> Shapes => ["number", "several columns", "text", "guid", "time", "decimal"];

    /// <summary>A fifth of the rows goes, as many come, and each that stays is written once.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_row_that_was_there_is_written_once(string name)
    {
        var shape = KeyShape.Of(name);
        var table = $"t_{name.Replace(' ', '_')}";
        string[] key = [.. shape.Kinds.Select((_, index) => $"k{index}")];
        await PlantAsync(table, shape, key);
        var planted = await AskAsync($"SELECT count(*) FROM {table}");
        await using var filling = new Filling(database);
        var spec = Filling.Spec(table, string.Join(',', key), "fresh", "old");
        var running = filling.RunAsync(spec, new() { BatchSize = Rows / 40 });
        var random = new Random(11);
        for (var chunk = 0; chunk < 20; chunk++)
        {
            while (filling.News.Count < chunk * 2 && !running.IsCompleted)
            {
                await Task.Delay(2);
            }
            await database.ExecuteAsync($"DELETE FROM {table} WHERE n % 100 = {chunk * 5} AND n < {Rows}");
            await InsertAsync(table, shape, key, random, Rows + (chunk * Rows / 100), Rows / 100);
        }
        await running;
        (await AskAsync($"SELECT count(*) FROM {table} WHERE n < {Rows} AND n % 5 = 0")).ShouldBe(0);
        (await AskAsync($"SELECT count(*) FROM {table} WHERE n >= {Rows}")).ShouldBeGreaterThan(0);
        (await AskAsync($"SELECT count(*) FROM {table} WHERE {dialect.Differs("fresh", "old")}")).ShouldBe(0);
        (await AskAsync($"SELECT count(*) FROM {table} t WHERE n < {Rows} AND (SELECT count(*) FROM {table}_writes w WHERE w.n = t.n) <> 1")).ShouldBe(0);
        (await AskAsync($"SELECT count(*) FROM (SELECT n FROM {table}_writes WHERE n < {Rows} GROUP BY n HAVING count(*) > 1) AS twice")).ShouldBe(0);
        (await AskAsync($"SELECT count(*) FROM {table} WHERE old <> {Value("n")}")).ShouldBe(0);
        planted.ShouldBeGreaterThan(Rows / 2);
        (await filling.RunAsync(spec, run: "two")).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task Rows_that_keep_coming_do_not_keep_it_from_ending()
    {
        var shape = KeyShape.Of("number");
        await PlantAsync("growing", shape, ["k0"], 3000);
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Filling.Spec("growing", "k0", "fresh", "old"), new() { BatchSize = 50 });
        while (filling.News.Count == 0 && !running.IsCompleted)
        {
            await Task.Delay(2);
        }
        var added = 0;
        for (; !running.IsCompleted && added < 100_000; added++)
        {
            await PauseAsync();
            await database.ExecuteAsync($"INSERT INTO growing (k0, n, old) VALUES ({10_000_000_000_000_000 + added}, {Rows + added}, 'v{Rows + added}')");
        }
        (await running).Walked.ShouldBeLessThanOrEqualTo(3000);
        added.ShouldBeGreaterThan(0);
        (await AskAsync($"SELECT count(*) FROM growing WHERE {dialect.Differs("fresh", "old")}")).ShouldBe(0);
        (await AskAsync("SELECT count(*) FROM growing WHERE k0 >= 10000000000000000")).ShouldBe(added);
    }

    [Fact]
    public async Task A_target_never_keeps_what_its_source_was_before()
    {
        await database.ExecuteAsync("CREATE TABLE source (id int NOT NULL PRIMARY KEY, value int)");
        await database.ExecuteAsync("CREATE TABLE target (id int NOT NULL PRIMARY KEY, source_id int, fresh int)");
        await database.ExecuteAsync($"INSERT INTO source VALUES {string.Join(", ", Enumerable.Range(0, 50).Select(id => $"({id}, 0)"))}");
        await database.ExecuteAsync($"INSERT INTO target VALUES {string.Join(", ", Enumerable.Range(0, 20_000).Select(id => $"({id}, {id % 50}, NULL)"))}");
        await database.ExecuteAsync("CREATE INDEX target_source ON target (source_id)");
        foreach (var statement in dialect.FollowSource)
        {
            await database.ExecuteAsync(statement);
        }
        await using var filling = new Filling(database);
        var spec = Filling.Spec("target", "id", "fresh", "(SELECT s.value FROM source AS s WHERE s.id = target.source_id)") with
        {
            Sources = [new BackfillSource(new TableName(null, "source"), "source.id = target.source_id")],
        };
        var running = filling.RunAsync(spec, new() { BatchSize = 1000 });
        var random = new Random(3);
        await using var application = await database.OpenDriverAsync();
        while (!running.IsCompleted)
        {
            await PauseAsync();
            await application.Connection.RunAsync([new($"UPDATE source SET value = value + 1 WHERE id = {random.Next(50)}")], true, 30, default);
        }
        await running;
        (await AskAsync("SELECT count(*) FROM target WHERE fresh IS NULL")).ShouldBe(0);
        (await AskAsync("SELECT count(*) FROM target t JOIN source s ON s.id = t.source_id WHERE t.fresh <> s.value")).ShouldBe(0);
    }

    private async Task PlantAsync(string table, KeyShape shape, string[] key, int? rows = null)
    {
        var columns = string.Join(", ", key.Zip(shape.Kinds, (each, kind) => $"{each} {dialect.Type(kind)} NOT NULL"));
        await database.ExecuteAsync($"CREATE TABLE {table} ({columns}, n int, old {dialect.Text}, fresh {dialect.Text}, PRIMARY KEY ({string.Join(", ", key)}))");
        await database.ExecuteAsync($"CREATE TABLE {table}_writes (n int)");
        await InsertAsync(table, shape, key, new Random(5), 0, rows ?? Rows);
        await database.ExecuteAsync($"CREATE INDEX {table}_writes_n ON {table}_writes (n)");
        await database.ExecuteAsync($"CREATE INDEX {table}_n ON {table} (n)");
        foreach (var statement in dialect.Triggers(table))
        {
            await database.ExecuteAsync(statement);
        }
    }

    private async Task InsertAsync(string table, KeyShape shape, string[] key, Random random, int first, int count)
    {
        var (begin, end) = dialect.InsertNew;
        foreach (var chunk in Enumerable.Range(first, count).Chunk(2000))
        {
            var rows = chunk.Select(n => $"({string.Join(", ", Wide(shape, random, n).Zip(shape.Kinds, (value, kind) => dialect.Literal(kind, value)))}, {n}, 'v{n}')");
            await database.ExecuteAsync($"{begin} {table} ({string.Join(", ", key)}, n, old) VALUES {string.Join(", ", rows)}{end}");
        }
    }

    /// <summary>The number makes texts differ, so that few rows have the key of another.</summary>
    private static IEnumerable<string> Wide(KeyShape shape, Random random, int n) =>
        shape.Values(random).Zip(shape.Kinds, (value, kind) => kind is "text" ? $"{value}{n * 7919L % 100003}" : value);

    /// <summary>Whoever writes without a pause leaves a single writer's lock to nobody.</summary>
    private Task PauseAsync() => database.Engine.OneWriter ? Task.Delay(20) : Task.CompletedTask;

    private string Value(string column) => database.Engine.Id == "mariadb" ? $"CONCAT('v', {column})" : $"'v' || {column}";

    private async Task<long> AskAsync(string sql) => (long)double.Parse((await database.QueryAsync(sql, [], 60, default)).Rows[0][0]!, CultureInfo.InvariantCulture);
}

public sealed class OthersWorkMeanwhileOnPostgres(PostgresDatabase database) : OthersWorkMeanwhile(database), IClassFixture<PostgresDatabase>;

public sealed class OthersWorkMeanwhileOnMariaDb(MariaDbDatabase database) : OthersWorkMeanwhile(database), IClassFixture<MariaDbDatabase>;

public sealed class OthersWorkMeanwhileOnSqlite(SqliteDatabase database) : OthersWorkMeanwhile(database), IClassFixture<SqliteDatabase>;
