using System.Collections.Concurrent;
using System.Data.Common;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>
/// The old release writes one column and the new one two, many at a time and the same rows, while the backfill goes over them. Each writer looks whether
/// what it reads is what was written last, by whichever release; at the end every row is what all writes, one behind the other, make of it.
/// </summary>
public class BothReleasesWriteSplitColumns
{
    private const int Writers = 4;
    private const int Shared = 150;

    private static readonly string[] Names = ["bob", "Bob", "Bob ", "bob  b", "", " ", " x", "Ann O'Hara", "Mary Ann Lee", "é e", "E é", "a\\b c\"d", "名 前 🐘"];

    public static TheoryData<bool, bool> Cases => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private static int Turns => Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1" ? 5000 : 600;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task NoWriteIsLost(bool mariaDb, bool merge)
    {
        var name = merge ? "merge two columns" : "split a required column";
        var planCase = mariaDb ? MariaDbPlanCases.Named(name) : await PlanDatabase.OfServerAsync(PlanCases.Named(name));
        var whole = mariaDb ? "Name" : "FullName";
        var plan = planCase.Plan();
        await using var database = await RunningPlans.CreateAsync(planCase);
        ConcurrentDictionary<int, Row> rows = [];
        foreach (var line in (await database.TextAsync(SplitNames.Quoted(mariaDb, merge ? "SELECT \"Id\", \"FirstName\", COALESCE(\"LastName\", 'NULL') FROM \"Customers\"" : $"SELECT \"Id\", \"{whole}\" FROM \"Customers\""))).Split('\n').Select(line => line.Split(" | ")))
        {
            rows[int.Parse(line[0])] = merge ? new Row(null, line[1], line[2] == "NULL" ? null : line[2]).FromParts() : new Row(line[1], null, null).FromWhole();
        }
        await database.RunAsync(plan.Migrations[0].Up);
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(database, mariaDb, whole, merge, rows, new Random(writer + 7), Turns))).ToList();
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind == PhaseKind.Backfill))
        {
            await database.RunAsync(migration.Up);
        }
        var counts = await Task.WhenAll(writers);
        counts.ShouldAllBe(count => count.Old > 100 && count.New > 100);
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind == PhaseKind.Constrain))
        {
            await database.RunAsync(migration.Up);
        }
        await using var connection = await database.OpenAsync();
        foreach (var (id, row) in rows.Where(row => row.Key <= Shared || row.Key % 9 == 0))
        {
            (await ReadAsync(connection, mariaDb, whole, id, false)).ShouldBe(row, $"row {id}");
        }
        (await database.TextAsync(SplitNames.Quoted(mariaDb, "SELECT count(*) FROM \"Customers\""))).ShouldBe($"{rows.Count}");
        foreach (var spec in plan.Migrations[^1].Gates.SelectMany(gate => gate.Filled))
        {
            (await database.TextAsync($"SELECT count(*) FROM {planCase.On.QuoteTable(spec.Table)} WHERE {planCase.On.Phases!.Unfilled(spec)}")).ShouldBe("0");
        }
    }

    /// <param name="Whole">What the one column holds.</param>
    private sealed record Row(string? Whole, string? First, string? Last)
    {
        public Row FromWhole() => this with { First = Split().First, Last = Split().Last };

        public Row FromParts() => this with { Whole = Joined() };

        public bool IsStray => (First, Last) != Split() && Whole != Joined();

        private (string? First, string? Last) Split() =>
            Whole is null ? (null, null) : Whole.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var at ? (Whole[..at], Whole[(at + 1)..]) : (Whole, null);

        private string? Joined() => First is null ? null : Last is null ? First : $"{First} {Last}";
    }

    private static async Task<(int Old, int New)> WriteAsync(RunningPlans database, bool mariaDb, string whole, bool merge, ConcurrentDictionary<int, Row> rows, Random random, int turns)
    {
        var (olds, news) = (0, 0);
        await using var connection = await database.OpenAsync();
        for (var turn = 0; turn < turns; turn++)
        {
            var byWhole = random.Next(2) == 0;
            var id = random.Next(3) == 0 ? random.Next(1, 2500) : random.Next(1, Shared);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted);
            var (there, known) = (await ReadAsync(connection, mariaDb, whole, id, true, transaction), rows[id]);
            if (there is null)
            {
                // Another has deleted it, and put it there again, while this one waited for it.
                turn--;
                continue;
            }
            // A row that nobody has filled or written yet has nothing on the new side.
            var isEmpty = byWhole == merge && (merge ? there.Whole is null : there.First is null);
            if (byWhole)
            {
                there.Whole.ShouldBe(isEmpty ? null : known.Whole, $"row {id}");
            }
            else
            {
                (there.First, there.Last).ShouldBe(isEmpty ? (null, null) : (known.First, known.Last), $"row {id}");
            }
            var next = Next(known, byWhole, random, out var written);
            if (random.Next(4) == 0)
            {
                await RunAsync(connection, transaction, SplitNames.Quoted(mariaDb, "DELETE FROM \"Customers\" WHERE \"Id\" = @id"), id, []);
                next = byWhole ? new Row(written.Whole, null, null).FromWhole() : new Row(null, written.First, written.Last).FromParts();
                (string, string?)[] all = byWhole ? [(whole, written.Whole)] : [("FirstName", written.First), ("LastName", written.Last)];
                var columns = string.Join(", ", all.Select(each => $"\"{each.Item1}\""));
                await RunAsync(connection, transaction, SplitNames.Quoted(mariaDb, $"INSERT INTO \"Customers\" (\"Id\", {columns}) VALUES (@id, {string.Join(", ", all.Select((_, at) => $"@p{at}"))})"), id, all);
            }
            else
            {
                // EF writes what has changed, and nothing else.
                (string, string?)[] changed = byWhole ? [(whole, written.Whole)] : [.. written.First != known.First || random.Next(3) == 0 ? [("FirstName", written.First)] : Array.Empty<(string, string?)>(), ("LastName", written.Last)];
                await RunAsync(connection, transaction, SplitNames.Quoted(mariaDb, $"UPDATE \"Customers\" SET {string.Join(", ", changed.Select((each, at) => $"\"{each.Item1}\" = @p{at}"))} WHERE \"Id\" = @id"), id, changed);
            }
            rows[id] = next;
            _ = byWhole == !merge ? olds++ : news++;
            await transaction.CommitAsync();
        }
        return (olds, news);
    }

    private static Row Next(Row known, bool byWhole, Random random, out Row written)
    {
        string Any() => Names[random.Next(Names.Length)];
        written = byWhole ? known with { Whole = Any() }
            : random.Next(2) == 0 ? known with { Last = random.Next(4) == 0 ? null : Any() }
            : known with { First = Any(), Last = random.Next(4) == 0 ? null : Any() };
        return Next(written, byWhole);
    }

    private static Row Next(Row written, bool byWhole) => !written.IsStray ? written : byWhole ? written.FromWhole() : written.FromParts();

    private static async Task<Row?> ReadAsync(DbConnection connection, bool mariaDb, string whole, int id, bool locked, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = SplitNames.Quoted(mariaDb, $"SELECT \"{whole}\", \"FirstName\", \"LastName\" FROM \"Customers\" WHERE \"Id\" = {id}{(locked ? " FOR UPDATE" : "")}");
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new(Text(reader, 0), Text(reader, 1), Text(reader, 2)) : null;
    }

    private static string? Text(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);

    private static async Task RunAsync(DbConnection connection, DbTransaction transaction, string sql, int id, IReadOnlyList<(string, string?)> values)
    {
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        foreach (var (name, value) in values.Select((each, at) => ($"p{at}", (object?)each.Item2)).Prepend(("id", id)))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        (await command.ExecuteNonQueryAsync()).ShouldBe(1, sql);
    }
}
