using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Plans;

public class BothReleasesWriteOneTable
{
    private const int Rows = 200;
    private const int Writes = 20_000;

    public static TheoryData<string> Tables => [.. SharedTable.All.Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Each_column_is_the_image_of_the_other_and_no_write_is_lost(string name)
    {
        var table = SharedTable.All.Single(each => each.Name == name);
        await using var database = await PlanDatabase.CreateAsync(table.Setup);
        await database.RunAsync("CREATE TABLE journal (at serial PRIMARY KEY, id integer, side text)");
        var random = new Random(20261121);
        var journal = new Dictionary<int, (bool Fresh, string Value)>();
        foreach (var chunk in Enumerable.Range(0, Writes).Chunk(400))
        {
            await database.RunAsync(string.Join('\n', chunk.Select(_ => Write(table, random, journal))));
        }
        (await database.TextAsync(table.Contradictions)).ShouldBe("");
        (await Lost(database, journal)).ShouldBe("");
        const string Pairs = "SELECT md5(string_agg(id || ':' || COALESCE(old::text, 'NULL') || ':' || COALESCE(fresh::text, 'NULL'), ',' ORDER BY id)) FROM shared";
        var (pairs, counted) = (await database.TextAsync(Pairs), await Count(database));
        await database.RunAsync("UPDATE shared SET other = other + 1");
        (await database.TextAsync(Pairs)).ShouldBe(pairs, "an update that touches neither column");
        (await Count(database)).ShouldBe(counted);
    }

    [Fact]
    public async Task Old_shape_writes_are_counted_and_no_others()
    {
        await using var database = await PlanDatabase.CreateAsync(SharedTable.All[0].Setup);
        await database.RunAsync("INSERT INTO shared (id, old) VALUES (1, 'a'), (2, 'b')");
        (await Count(database)).ShouldBe("2");
        await database.RunAsync("UPDATE shared SET old = 'c' WHERE id = 1");
        (await Count(database)).ShouldBe("3");
        await database.RunAsync("UPDATE shared SET fresh = 'd'; UPDATE shared SET other = 1; INSERT INTO shared (id, fresh) VALUES (3, 'e'); UPDATE shared SET old = 'e' WHERE id = 3; DELETE FROM shared WHERE id = 3;");
        (await Count(database)).ShouldBe("3");
    }

    [Fact]
    public async Task The_application_needs_no_rights_on_what_the_plan_adds()
    {
        await using var database = await PlanDatabase.CreateAsync(SharedTable.All[0].Setup);
        var role = $"app_{Guid.NewGuid():N}";
        await database.RunAsync($"CREATE ROLE {role}; GRANT SELECT, INSERT, UPDATE ON shared TO {role};");
        await database.RunAsync($"SET ROLE {role}; INSERT INTO shared (id, old) VALUES (1, 'a'); UPDATE shared SET old = 'b'; RESET ROLE;");
        (await Count(database)).ShouldBe("2");
        await database.RunAsync($"SET ROLE {role}; SET search_path = pg_temp; UPDATE public.shared SET old = 'c'; RESET search_path; RESET ROLE;");
        (await database.TextAsync("SELECT old, fresh FROM shared")).ShouldBe("c | c");
        await database.RunAsync($"DROP OWNED BY {role}; DROP ROLE {role};");
    }

    [Fact]
    public async Task Rows_that_are_copied_in_pass_the_trigger_too()
    {
        await using var database = await PlanDatabase.CreateAsync(SharedTable.All[1].Setup);
        await using var connection = await database.Source.OpenConnectionAsync();
        foreach (var column in new[] { "old", "fresh" })
        {
            await using var copy = await connection.BeginTextImportAsync($"COPY shared (id, {column}) FROM STDIN");
            foreach (var id in Enumerable.Range(column == "old" ? 0 : 1000, 1000))
            {
                await copy.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{id}\tvalue {id}"));
            }
        }
        (await database.TextAsync("SELECT count(*), count(*) FILTER (WHERE old = fresh AND old = 'value ' || id) FROM shared")).ShouldBe("2000 | 2000");
        (await Count(database)).ShouldBe("1000");
    }

    [Fact]
    public async Task Dropping_it_leaves_nothing_behind()
    {
        var table = SharedTable.All[0];
        await using var database = await PlanDatabase.CreateAsync("CREATE TABLE shared (id integer PRIMARY KEY, old text, fresh text);");
        var before = await database.SchemaAsync();
        var objects = SharedTable.Forms.Sync(table.Spec, SharedTable.Names);
        await database.RunAsync(string.Join('\n', objects.Create) + string.Join('\n', objects.Drop));
        (await database.SchemaAsync()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_backfill_changes_no_byte_of_its_source_while_both_releases_write(string name)
    {
        var table = SharedTable.All.Single(each => each.Name == name);
        await using var database = await PlanDatabase.CreateAsync(table.Setup);
        var values = table.Values.Old;
        var row = string.Join(", ", Enumerable.Range(0, 5000).Select(id => string.Create(CultureInfo.InvariantCulture, $"({id + 1000}, {values[id % values.Count]})")));
        await database.RunAsync($"SET session_replication_role = replica; INSERT INTO shared (id, old) VALUES {row}; RESET session_replication_role;");
        const string Source = "SELECT md5(string_agg(id || ':' || COALESCE(old::text, 'NULL'), ',' ORDER BY id)) FROM shared WHERE id >= 1000";
        var digest = await database.TextAsync(Source);
        var spec = new BackfillSpec(SharedTable.Table, ["id"], "fresh", table.Up.Replace("{old}", "old", StringComparison.Ordinal))
        {
            ByImage = true,
            // What the new release wrote stands, also where the old column holds a rounded image of it.
            Where = $"fresh IS NULL OR ROW(old)::record *<> ROW({table.Down.Replace("{new}", "fresh", StringComparison.Ordinal)})::record",
        };
        using var stop = new CancellationTokenSource();
        var journal = new Dictionary<int, (bool Fresh, string Value)>();
        var written = 0;
        var writer = Task.Run(async () =>
        {
            var random = new Random(7);
            while (!stop.IsCancellationRequested)
            {
                await database.RunAsync(Write(table, random, journal));
                Interlocked.Increment(ref written);
            }
        });
        await database.RunAsync(SharedTable.Forms.Backfill(spec));
        // On a slow machine the backfill may end before the writer has begun.
        while (Volatile.Read(ref written) < 200)
        {
            await Task.Delay(10);
        }
        await stop.CancelAsync();
        await writer;
        (await database.TextAsync(Source)).ShouldBe(digest);
        (await database.TextAsync(table.Contradictions)).ShouldBe("");
        (await database.TextAsync($"SELECT count(*) FROM shared WHERE id >= 1000 AND {SharedTable.Forms.Unfilled(spec)}")).ShouldBe("0");
        (await Lost(database, journal)).ShouldBe("");
    }

    private static Task<string> Count(PlanDatabase database) =>
        database.TextAsync($"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM \"{SharedTable.Names.Counter}\"");

    /// <summary>One statement of one release; what it wrote is what must be there at the end.</summary>
    private static string Write(SharedTable table, Random random, Dictionary<int, (bool Fresh, string Value)> journal)
    {
        var fresh = random.Next(2) == 0;
        var (column, values) = fresh ? ("fresh", table.Values.Fresh) : ("old", table.Values.Old);
        var (id, value) = (random.Next(Rows) + 1, values[random.Next(values.Count)]);
        var assigned = value == "DEFAULT" ? "'given'" : value;
        switch (random.Next(11))
        {
            case 8 when value != "DEFAULT":
                Note(id, true);
                Note(id + 1, true);
                return $"INSERT INTO shared (id, {column}) SELECT g, {value} FROM generate_series({id}, {id + 1}) g ON CONFLICT (id) DO UPDATE SET {column} = EXCLUDED.{column};";
            case 9 when value != "DEFAULT":
                Note(id, journal.ContainsKey(id));
                Note(id + 1, journal.ContainsKey(id + 1));
                return $"UPDATE shared SET {column} = {value} FROM generate_series({id}, {id + 1}) g WHERE id = g;";
            case 10:
                Note(id, !journal.ContainsKey(id));
                return $"INSERT INTO shared (id, {column}) VALUES ({id}, {value}) ON CONFLICT DO NOTHING;";
            case 0:
                for (var each = id; each < id + 10; each++)
                {
                    Note(each, journal.ContainsKey(each));
                }
                return $"UPDATE shared SET {column} = {value} WHERE id BETWEEN {id} AND {id + 9};";
            case 1:
                return $"UPDATE shared SET other = other + 1 WHERE id BETWEEN {id} AND {id + 9};";
            case 2:
                journal.Remove(id);
                return $"DELETE FROM shared WHERE id = {id};";
            case 3:
                Note(id, true);
                Note(id + 1, true);
                return $"DELETE FROM shared WHERE id IN ({id}, {id + 1}); INSERT INTO shared (id, {column}) VALUES ({id}, {value}), ({id + 1}, {value});";
            case 4 or 5:
                Note(id, true);
                return $"INSERT INTO shared (id, {column}) VALUES ({id}, {value}) ON CONFLICT (id) DO UPDATE SET {column} = EXCLUDED.{column};";
            default:
                Note(id, journal.ContainsKey(id));
                return $"UPDATE shared SET {column} = {value} WHERE id = {id};";
        }

        void Note(int row, bool there)
        {
            if (there)
            {
                journal[row] = (fresh, assigned);
            }
        }
    }

    /// <summary>Rows where the column that was written last does not hold what was written.</summary>
    private static async Task<string> Lost(PlanDatabase database, Dictionary<int, (bool Fresh, string Value)> journal)
    {
        var expected = string.Join(" UNION ALL ", journal.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"SELECT {row.Key}, '{(row.Value.Fresh ? "fresh" : "old")}', ({row.Value.Value})::text")));
        return await database.TextAsync($"""
            SELECT id, side, value, old, fresh FROM ({expected}) AS expected (id, side, value) LEFT JOIN shared USING (id)
            WHERE shared.id IS NULL OR (CASE side WHEN 'old' THEN trim(old::text) ELSE fresh::text END) COLLATE "C" IS DISTINCT FROM (CASE side WHEN 'old' THEN trim(value) ELSE value END) COLLATE "C"
            """);
    }
}
