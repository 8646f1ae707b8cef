using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>
/// A release that writes orders, their lines and payments, and remembers what it committed. The old one knows its keys as 32 bits, the new one as 64.
/// It uses the tables in any order, and reads everything through the type it knows.
/// </summary>
internal sealed class OrderWriter(NpgsqlDataSource source, int number, bool wide)
{
    private readonly Random random = new(number);
    private readonly SortedDictionary<long, (long? Parent, long Number)> orders = [];
    private readonly HashSet<(long Order, int Number)> lines = [];
    private readonly SortedDictionary<int, long?> payments = [];
    private int made;
    private int turns;

    public int Turns => Volatile.Read(ref turns);

    public Exception? Failure { get; private set; }

    public IEnumerable<(long, string)> Orders => orders.Select(order => (order.Key, $"{order.Key} | {Null(order.Value.Parent)} | {order.Value.Number}"));

    public IEnumerable<(long, string)> Lines => lines.OrderBy(line => line).Select(line => (line.Order, $"{line.Order} | {line.Number}"));

    public IEnumerable<(long, string)> Payments => payments.Select(payment => ((long)payment.Key, $"{payment.Key} | {Null(payment.Value)}"));

    public static string Text(IEnumerable<(long Key, string Line)> lines) => string.Join('\n', lines.OrderBy(line => line.Key).Select(line => line.Line));

    public async Task RunAsync(CancellationToken end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                await TurnAsync();
                Interlocked.Increment(ref turns);
            }
        }
        catch (Exception failure)
        {
            Failure = failure;
            throw;
        }
    }

    private async Task TurnAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var own = orders.Keys.ToList();
        List<Action> done = [];
        switch (random.Next(6))
        {
            case 0 or 1 when own.Count < 200:
            {
                var (parent, count) = (own.Count > 0 && random.Next(2) == 0 ? own[random.Next(own.Count)] : (long?)null, (number * 1_000_000) + ++made);
                var id = (await KeyAsync("""INSERT INTO "Orders" ("ParentId", "Number") VALUES (@key, @number) RETURNING "Id" """, parent, count))!.Value;
                done.Add(() => orders[id] = (parent, count));
                await KeyAsync("""INSERT INTO "Lines" ("OrderId", "Number", "Text") VALUES (@key, @number, 'x') RETURNING "OrderId" """, id, 1);
                done.Add(() => lines.Add((id, 1)));
                var payment = (int)(await KeyAsync("""INSERT INTO "Payments" ("OrderId") VALUES (@key) RETURNING "Id"::bigint """, id, 0, plain: true))!.Value;
                done.Add(() => payments[payment] = id);
                break;
            }
            case 2 when payments.Count > 0 && own.Count > 0:
            {
                var (payment, order) = (payments.Keys.ElementAt(random.Next(payments.Count)), own[random.Next(own.Count)]);
                (await KeyAsync("""UPDATE "Payments" SET "OrderId" = @key WHERE "Id" = @number RETURNING "OrderId" """, order, payment)).ShouldBe(order);
                var count = (number * 1_000_000) + ++made;
                await KeyAsync("""UPDATE "Orders" SET "Number" = @number WHERE "Id" = @key RETURNING "Id" """, order, count);
                done.Add(() => (payments[payment], orders[order]) = (order, (orders[order].Parent, count)));
                break;
            }
            case 3 when own.Find(id => !orders.Values.Any(order => order.Parent == id)) is > 0 and var leaf:
                (await KeyAsync("""DELETE FROM "Orders" WHERE "Id" = @key RETURNING "Id" """, leaf, 0)).ShouldBe(leaf);
                done.Add(() =>
                {
                    orders.Remove(leaf);
                    lines.RemoveWhere(line => line.Order == leaf);
                    foreach (var payment in payments.Where(payment => payment.Value == leaf).Select(payment => payment.Key).ToList())
                    {
                        payments[payment] = null;
                    }
                });
                break;
            case 4 when own.Count > 1:
            {
                // Children before parents: never a circle.
                var (child, parent) = (own[^1], own[random.Next(own.Count - 1)]);
                (await KeyAsync("""UPDATE "Orders" SET "ParentId" = @key WHERE "Id" = @number RETURNING "ParentId" """, parent, (int)child)).ShouldBe(parent);
                done.Add(() => orders[child] = (parent, orders[child].Number));
                break;
            }
            default:
                if (own.Count > 0)
                {
                    var id = own[random.Next(own.Count)];
                    (await KeyAsync("""SELECT "ParentId" FROM "Orders" WHERE "Id" = @key""", id, 0)).ShouldBe(orders[id].Parent);
                }
                break;
        }
        await transaction.CommitAsync();
        done.ForEach(each => each());

        async Task<long?> KeyAsync(string sql, long? key, int given, bool plain = false)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            command.Parameters.Add(new("key", wide ? NpgsqlDbType.Bigint : NpgsqlDbType.Integer) { Value = key is null ? DBNull.Value : wide ? key.Value : checked((int)key.Value) });
            command.Parameters.AddWithValue("number", given);
            await using var reader = await command.ExecuteReaderAsync();
            (await reader.ReadAsync()).ShouldBeTrue(sql);
            return await reader.IsDBNullAsync(0) ? null : wide || plain ? reader.GetInt64(0) : reader.GetInt32(0);
        }
    }

    private static string Null(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "NULL";
}
