using System.Globalization;
using System.Text.Json;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// What the database keeps of backfills: what is wanted of them, how far each part has come, and the rows that were set aside. A part's cursor
/// moves in the transaction of the batch it speaks of, and only from where it was seen last.
/// </summary>
internal sealed class BackfillStore(Connection connection, BackfillTables tables)
{
    private const int Seconds = 15;

    /// <summary>Made when they are not there.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        if ((await connection.QueryAsync(tables.Exists.Sql, tables.Exists.Parameters, Seconds, cancellation)).Rows.Count == 0)
        {
            await connection.RunAsync([.. tables.Create.Select(sql => new StatementMessage(sql))], true, Seconds, cancellation);
        }
    }

    /// <summary>All that there are; none when the tables are not there.</summary>
    public async Task<IReadOnlyList<BackfillRecord>> ReadAsync(CancellationToken cancellation)
    {
        if ((await connection.QueryAsync(tables.Exists.Sql, tables.Exists.Parameters, Seconds, cancellation)).Rows.Count == 0)
        {
            return [];
        }
        var found = await connection.QueryAsync($"SELECT name, target, checksum, run, state, total, wanted, tuning, news, seen FROM {tables.Backfill} ORDER BY name", [], Seconds, cancellation);
        return [.. found.Rows.Select(Record)];
    }

    public async Task<BackfillRecord?> FindAsync(string name, CancellationToken cancellation)
    {
        var found = await connection.QueryAsync(
            $"SELECT name, target, checksum, run, state, total, wanted, tuning, news, seen FROM {tables.Backfill} WHERE name = @p0", [name], Seconds, cancellation);
        return found.Rows.Count == 0 ? null : Record(found.Rows[0]);
    }

    /// <summary>In order of their ranges.</summary>
    public async Task<IReadOnlyList<BackfillPart>> PartsAsync(string name, CancellationToken cancellation)
    {
        var found = await connection.QueryAsync(
            $"SELECT part, begins, ends, place, walked, changed, state FROM {tables.Part} WHERE backfill = @p0", [name], Seconds, cancellation);
        return [.. found.Rows.Select(Part).OrderBy(part => part.Number)];
    }

    /// <summary>Statements that write down a new backfill with its parts, or take one over for another run.</summary>
    public IEnumerable<StatementMessage> Begin(BackfillRecord record, IReadOnlyList<BackfillPart> parts) =>
    [
        new($"DELETE FROM {tables.Part} WHERE backfill = @p0", record.Name),
        new($"DELETE FROM {tables.Row} WHERE backfill = @p0", record.Name),
        new($"DELETE FROM {tables.Backfill} WHERE name = @p0", record.Name),
        new($"INSERT INTO {tables.Backfill} (name, target, checksum, run, state, total, wanted, tuning, news, seen) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)",
            record.Name, record.Target, record.Checksum, record.Run, record.State.ToString(), Text(record.Total), record.Wanted.ToString(), record.Tuning, record.News, Text(record.Seen)),
        .. parts.Select(part => new StatementMessage(
            $"INSERT INTO {tables.Part} (backfill, part, run, begins, ends, place, walked, changed, state) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)",
            record.Name, Text(part.Number), record.Run, Text(part.Range.After), Text(part.Range.UpTo), Text(part.Cursor), Text(part.Walked), Text(part.Changed), part.IsDone ? "done" : "open")),
    ];

    /// <summary>Another run goes on with what one left, as it is told itself.</summary>
    public IEnumerable<StatementMessage> TakeOver(string name, string run) =>
    [
        new($"UPDATE {tables.Backfill} SET run = @p1, state = 'Running', wanted = 'Run', tuning = '{{}}' WHERE name = @p0", name, run) { ExpectedRows = 1 },
        new($"UPDATE {tables.Part} SET run = @p1 WHERE backfill = @p0", name, run),
    ];

    /// <summary>In the batch's transaction: fails when another run, or another worker, has moved the cursor.</summary>
    public StatementMessage Advance(string name, string run, BackfillPart from, BackfillPart to) =>
        new($"UPDATE {tables.Part} SET place = @p3, walked = @p4, changed = @p5, state = @p6 WHERE backfill = @p0 AND part = @p1 AND run = @p2 AND place = @p7 AND walked = @p8",
            name, Text(from.Number), run, Text(to.Cursor), Text(to.Walked), Text(to.Changed), to.IsDone ? "done" : "open", Text(from.Cursor), Text(from.Walked)) { ExpectedRows = 1 };

    /// <summary>What others see of it.</summary>
    public StatementMessage Say(string name, string run, BackfillState state, string news, DateTimeOffset now) =>
        new($"UPDATE {tables.Backfill} SET state = @p2, news = @p3, seen = @p4 WHERE name = @p0 AND run = @p1", name, run, state.ToString(), news, Text(now));

    /// <summary>What is wanted of it, said from anywhere; a null leaves things as they are.</summary>
    public StatementMessage Want(string name, BackfillWish? wanted, string? tuning) =>
        new($"UPDATE {tables.Backfill} SET wanted = COALESCE(@p1, wanted), tuning = COALESCE(@p2, tuning) WHERE name = @p0", name, wanted?.ToString(), tuning) { ExpectedRows = 1 };

    public StatementMessage SetAside(string name, IReadOnlyList<string> key, string message) =>
        new(tables.InsertNew($"INSERT INTO {tables.Row} (backfill, place, message) VALUES (@p0, @p1, @p2)"), name, Text(key), message);

    /// <summary>The row has its value now.</summary>
    public StatementMessage TakeBack(string name, IReadOnlyList<string> key) => new($"DELETE FROM {tables.Row} WHERE backfill = @p0 AND place = @p1", name, Text(key));

    public async Task<IReadOnlyList<(IReadOnlyList<string> Key, string Message)>> SetAsideAsync(string name, CancellationToken cancellation)
    {
        var found = await connection.QueryAsync($"SELECT place, message FROM {tables.Row} WHERE backfill = @p0 ORDER BY place", [name], Seconds, cancellation);
        return [.. found.Rows.Select(row => (KeyOf(row[0])!, row[1]!))];
    }

    private static BackfillRecord Record(IReadOnlyList<string?> row) =>
        new(row[0]!, row[1]!, row[2]!, row[3]!, Enum.Parse<BackfillState>(row[4]!), Number(row[5]), Enum.Parse<BackfillWish>(row[6]!), row[7]!, row[8]!,
            DateTimeOffset.Parse(row[9]!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));

    private static BackfillPart Part(IReadOnlyList<string?> row) =>
        new((int)Number(row[0]), new KeyRange(KeyOf(row[1]), KeyOf(row[2])), KeyOf(row[3])) { Walked = Number(row[4]), Changed = Number(row[5]), IsDone = row[6] == "done" };

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>An empty text stands for no key: a column that may be NULL would be compared in another way by every engine.</summary>
    private static string Text(IReadOnlyList<string>? key) => key is null ? "" : JsonSerializer.Serialize(key, BackfillJson.Default.IReadOnlyListString);

    private static IReadOnlyList<string>? KeyOf(string? text) => text is not { Length: > 0 } ? null : JsonSerializer.Deserialize(text, BackfillJson.Default.IReadOnlyListString);
}
