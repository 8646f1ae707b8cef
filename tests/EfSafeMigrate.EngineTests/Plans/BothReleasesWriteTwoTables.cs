using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using Npgsql;
using Xunit.Abstractions;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A column moves to another table: one release writes it here, the other there, at the same time.</summary>
public class BothReleasesWriteTwoTables(ITestOutputHelper output)
{
    private const int Hot = 20;
    private const int Writers = 3;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(Sampled.Full ? 10 : 2);

    public static TheoryData<string> Moves => [.. MovedColumn.All.Select(move => move.Name)];

    public static TheoryData<string, bool> Traffic
    {
        get
        {
            var traffic = new TheoryData<string, bool>();
            foreach (var (name, careful) in Sampled.Of(MovedColumn.All.SelectMany((move, at) => new[] { (move.Name, at % 2 == 0), (move.Name, at % 2 == 1) })))
            {
                traffic.Add(name, careful);
            }
            return traffic;
        }
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Each_place_holds_what_was_written_to_either(string name)
    {
        var move = MovedColumn.Named(name);
        var (plan, database) = await MovedColumn.SharedAsync(name);
        await using var _ = database;
        var random = new Random(20261122);
        Dictionary<int, string> journal = [];
        foreach (var chunk in Enumerable.Range(0, 4000).Chunk(200))
        {
            await database.RunAsync(string.Join('\n', chunk.Select(_ => Write(move, random, journal))));
        }
        (await database.TextAsync(move.Differences)).ShouldBe("");
        (await LostAsync(database, move, journal.Select(row => (row.Key, row.Value)))).ShouldBe("");
        await ContractAsync(plan, database, move);
    }

    /// <param name="careful">Whoever writes locks the parent's row first, and without one does nothing but insert it.</param>
    [Theory]
    [MemberData(nameof(Traffic))]
    public async Task Nothing_is_lost_among_writers_of_both(string name, bool careful)
    {
        var move = MovedColumn.Named(name);
        var (plan, database) = await MovedColumn.SharedAsync(name);
        await using var _ = database;
        await database.RunAsync("CREATE TABLE journal (at bigserial PRIMARY KEY, id integer, value text, gone boolean)");
        var until = DateTime.UtcNow + Long;
        var written = await Task.WhenAll(Enumerable.Range(0, 2 * Writers).Select(writer => Task.Run(() => WriteAsync(database, move, writer, careful, until))));
        output.WriteLine($"{name}: {written.Sum(each => each.Written)} transactions, {written.Sum(each => each.Deadlocks)} deadlocks");
        (await database.TextAsync(move.Differences)).ShouldBe("");
        var last = await database.TextAsync("SELECT DISTINCT ON (id) id, COALESCE(quote_literal(value), 'NULL') FROM journal WHERE NOT gone AND NOT EXISTS (SELECT FROM journal j WHERE j.id = journal.id AND j.gone AND j.at > journal.at) ORDER BY id, at DESC");
        (await LostAsync(database, move, last.Split('\n').Select(line => line.Split(" | ")).Select(parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1])))).ShouldBe("");
        if (careful)
        {
            written.Sum(each => each.Deadlocks).ShouldBe(0);
        }
        await ContractAsync(plan, database, move);
    }

    private static async Task<(int Written, int Deadlocks)> WriteAsync(PlanDatabase database, MovedColumn move, int writer, bool careful, DateTime until)
    {
        var random = new Random(writer);
        var (written, deadlocks) = (0, 0);
        await using var connection = await database.Source.OpenConnectionAsync();
        while (DateTime.UtcNow < until || written < 50)
        {
            var release = writer % 2 == 0 ? move.Old : move.New;
            var (id, value, deed) = (random.Next(2) == 0 ? random.Next(1, Hot) : random.Next(1, 200), move.Some[random.Next(move.Some.Length)], random.Next(10));
            await using var transaction = await connection.BeginTransactionAsync();
            try
            {
                if (careful && !await IsLockedAsync(string.Format(CultureInfo.InvariantCulture, move.Lock, id)) && deed != 1)
                {
                    continue;
                }
                var (form, note) = deed switch
                {
                    0 => (release.Delete, $"INSERT INTO journal (id, gone) VALUES ({id}, true)"),
                    1 => (release.Insert, $"INSERT INTO journal (id, value, gone) VALUES ({id}, {value}, false)"),
                    _ => (release.Update, $"INSERT INTO journal (id, value, gone) VALUES ({id}, {value}, false)"),
                };
                var rows = await RunAsync(string.Format(CultureInfo.InvariantCulture, form, id, value));
                if (rows > 0)
                {
                    await RunAsync(note);
                }
                await transaction.CommitAsync();
                written++;
            }
            catch (PostgresException refused) when (refused.SqlState is "40P01" or "23505")
            {
                deadlocks += refused.SqlState == "40P01" ? 1 : 0;
                await transaction.RollbackAsync();
            }

            async Task<bool> IsLockedAsync(string sql)
            {
                await using var command = new NpgsqlCommand(sql, connection, transaction);
                return await command.ExecuteScalarAsync() is not null;
            }

            async Task<int> RunAsync(string sql)
            {
                await using var command = new NpgsqlCommand(sql, connection, transaction);
                return await command.ExecuteNonQueryAsync();
            }
        }
        return (written, deadlocks);
    }

    private static async Task ContractAsync(Plan plan, PlanDatabase database, MovedColumn move)
    {
        var contract = plan.Migrations.Single(migration => migration.Kind == PhaseKind.Contract);
        foreach (var spec in contract.Gates.SelectMany(gate => gate.Filled))
        {
            (await database.TextAsync($"SELECT count(*) FROM \"{spec.Table}\" WHERE {PlanCase.Engine.Phases!.Unfilled(spec)}")).ShouldBe("0");
        }
        var values = await database.TextAsync($"SELECT md5(string_agg(v::text, ',' ORDER BY v)) FROM ({move.Values.New}) AS v");
        await database.RunAsync(contract.Up);
        (await database.TextAsync($"SELECT md5(string_agg(v::text, ',' ORDER BY v)) FROM ({move.Values.New}) AS v")).ShouldBe(values);
        await database.RunAsync(contract.Down);
        (await database.TextAsync(move.Differences)).ShouldBe("");
    }

    /// <summary>One statement of one release; what it wrote is what must be there at the end.</summary>
    private static string Write(MovedColumn move, Random random, Dictionary<int, string> journal)
    {
        var release = random.Next(2) == 0 ? move.Old : move.New;
        var (id, value) = (random.Next(1, 200), move.Some[random.Next(move.Some.Length)]);
        if (!journal.ContainsKey(id))
        {
            journal[id] = value;
            return string.Format(CultureInfo.InvariantCulture, release.Delete + ";" + release.Insert + ";", id, value);
        }
        if (random.Next(10) == 0)
        {
            journal.Remove(id);
            return string.Format(CultureInfo.InvariantCulture, release.Delete + ";", id);
        }
        journal[id] = release.MissesAbsent && journal[id] == "NULL" ? "NULL" : value;
        return string.Format(CultureInfo.InvariantCulture, release.Update + ";", id, value);
    }

    private static Task<string> LostAsync(PlanDatabase database, MovedColumn move, IEnumerable<(int Id, string Value)> expected) => database.TextAsync($"""
        SELECT e.id, e.value, held.value FROM ({string.Join(" UNION ALL ", expected.Select(row => string.Create(CultureInfo.InvariantCulture, $"SELECT {row.Id} AS id, {row.Value}::text AS value")))}) e
        LEFT JOIN ({move.Held ?? move.Values.New}) AS held (id, value) ON held.id = e.id WHERE trim(e.value) IS DISTINCT FROM trim(held.value)
        """);
}
