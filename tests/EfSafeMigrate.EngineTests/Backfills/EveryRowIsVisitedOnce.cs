using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>An engine's forms by themselves: whatever the key, its values find their way to the tool and back.</summary>
public abstract class EveryRowIsVisitedOnce(TestDatabase database)
{
    private const int Rows = 400;

    private readonly Dialect dialect = Dialect.Of(database.Engine);

    public static TheoryData<string> Shapes => [.. KeyShape.All.Select(shape => shape.Name)];

    private BackfillForms Forms => database.Engine.Backfill;

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task In_steps_of_any_length(string shape)
    {
        var (connection, spec, rows) = await PlantAsync(KeyShape.Of(shape), "seen", Quote("seen") + " + 1");
        var walk = await BackfillWalk.FindAsync(connection, database.Engine, spec, default);
        var passes = 0;
        foreach (var step in new[] { 1, 7, 100 })
        {
            foreach (var write in Writes())
            {
                await WalkAsync(connection, walk, write, step, rows);
                passes++;
                var seen = (await database.QueryAsync($"SELECT min({Quote("seen")}), max({Quote("seen")}) FROM {Quote(spec.Table.Name)}", [], 10, default)).Rows[0];
                seen.ShouldBe([$"{passes}", $"{passes}"], $"in steps of {step}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task What_is_left_is_found_and_compared(string shape)
    {
        var (connection, spec, rows) = await PlantAsync(KeyShape.Of(shape), "copy", Quote("source"));
        var walk = await BackfillWalk.FindAsync(connection, database.Engine, spec, default);
        var table = Quote(spec.Table.Name);
        await database.ExecuteAsync($"UPDATE {table} SET {Quote("copy")} = {Quote("source")} WHERE {Quote("n")} % 3 <> 0");
        var missing = (rows + 2) / 3;
        (await CompareAsync(connection, walk)).ShouldBe((rows, missing, false));
        var found = 0;
        var range = KeyRange.All;
        while (await RowsAsync(connection, Forms.Left(walk, range, 10)) is { Count: > 0 } left)
        {
            foreach (var key in left)
            {
                (await ChangedAsync(connection, Forms.Write(walk, range with { UpTo = key }))).ShouldBe(1, string.Join(", ", key));
                range = range with { After = key };
                found++;
            }
        }
        found.ShouldBe(missing);
        (await CompareAsync(connection, walk)).ShouldBe((rows, 0, true));
        await database.ExecuteAsync($"UPDATE {table} SET {Quote("copy")} = {Quote("copy")} + 1 WHERE {Quote("n")} = 5");
        (await CompareAsync(connection, walk)).ShouldBe((rows, 1, false));
    }

    [Fact]
    public async Task A_key_that_may_be_null_is_refused()
    {
        await database.ExecuteAsync($"CREATE TABLE nullable (id {dialect.Type("int")} UNIQUE, old int, fresh int)");
        await using var driver = await database.OpenDriverAsync();
        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => BackfillWalk.FindAsync(driver.Connection, database.Engine, Filling.Spec("nullable", "id", "fresh", "old"), default));
        refusal.Message.ShouldContain("it may be NULL");
    }

    [Fact]
    public async Task The_primary_key_is_found_in_its_order()
    {
        await database.ExecuteAsync($"CREATE TABLE keyed (a int NOT NULL, b {dialect.Type("text")} NOT NULL, c int NOT NULL, PRIMARY KEY (c, a))");
        await using var driver = await database.OpenDriverAsync();
        (await BackfillWalk.PrimaryKeyAsync(driver.Connection, database.Engine, new TableName(null, "keyed"), default)).ShouldBe(["c", "a"]);
    }

    private IEnumerable<Func<Walk, KeyRange, StatementMessage>> Writes() =>
        new[] { Forms.Write, Forms.WriteAtOnce, Forms.WriteFree }.OfType<Func<Walk, KeyRange, StatementMessage>>();

    private async Task WalkAsync(Connection connection, Walk walk, Func<Walk, KeyRange, StatementMessage> write, int step, int rows)
    {
        var end = (await RowsAsync(connection, Forms.Last(walk)))[0];
        IReadOnlyList<string>? after = null;
        for (var walked = 0; walked < rows;)
        {
            var nth = await RowsAsync(connection, Forms.Nth(walk, new(after, end), step));
            var range = new KeyRange(after, nth.Count > 0 ? nth[0] : end);
            var expected = Math.Min(step, rows - walked);
            nth.Count.ShouldBe(rows - walked < step ? 0 : 1);
            (await RowsAsync(connection, Forms.Count(walk, range)))[0][0].ShouldBe($"{expected}");
            (await ChangedAsync(connection, write(walk, range))).ShouldBe(expected);
            (after, walked) = (range.UpTo, walked + expected);
        }
        (await RowsAsync(connection, Forms.Nth(walk, new(after, end), 1))).ShouldBeEmpty();
    }

    private async Task<(Connection Connection, BackfillSpec Spec, int Rows)> PlantAsync(KeyShape shape, string column, string expression)
    {
        var random = new Random(7);
        string[] key = [.. shape.Kinds.Select((_, index) => $"or'der \"k`{index}")];
        var name = $"Odd \"ta`ble's {Guid.NewGuid():N}"[..40];
        var columns = key.Zip(shape.Kinds, (each, kind) => $"{Quote(each)} {dialect.Type(kind)} NOT NULL");
        await database.ExecuteAsync($"""
            CREATE TABLE {Quote(name)} ({string.Join(", ", columns)}, {Quote("n")} int, {Quote("seen")} int DEFAULT 0, {Quote("source")} int, {Quote("copy")} int, PRIMARY KEY ({string.Join(", ", key.Select(Quote))}))
            """);
        var (begin, end) = dialect.InsertNew;
        var rows = Enumerable.Range(0, Rows).Select(n => $"({string.Join(", ", shape.Values(random).Zip(shape.Kinds, (value, kind) => dialect.Literal(kind, value)))}, {n}, {n})");
        await database.ExecuteAsync($"{begin} {Quote(name)} ({string.Join(", ", key.Select(Quote))}, {Quote("n")}, {Quote("source")}) VALUES {string.Join(", ", rows)}{end}");
        var planted = await NumberedAsync(name);
        planted.ShouldBeGreaterThan(Rows / 2);
        var driver = await database.OpenDriverAsync();
        return (driver.Connection, new BackfillSpec(new TableName(null, name), key, column, expression), planted);
    }

    /// <summary>Rows whose key was there before are not: the others are numbered without gaps.</summary>
    private async Task<int> NumberedAsync(string table)
    {
        var rows = (await database.QueryAsync($"SELECT {Quote("n")} FROM {Quote(table)} ORDER BY {Quote("n")}", [], 10, default)).Rows;
        await database.ExecuteAsync(string.Join("; ", rows.Select((row, index) => (row, index)).Where(each => each.row[0] != $"{each.index}")
            .Select(each => $"UPDATE {Quote(table)} SET {Quote("n")} = {each.index} WHERE {Quote("n")} = {each.row[0]}").DefaultIfEmpty("SELECT 1")));
        return rows.Count;
    }

    private async Task<(int Rows, int Differing, bool SameDigest)> CompareAsync(Connection connection, Walk walk)
    {
        var ask = Forms.Compare(walk, KeyRange.All);
        var row = (await connection.QueryAsync(ask.Sql, ask.Parameters, 10, default)).Rows[0];
        var differing = Number(row[1]);
        (row[2] is null).ShouldBe(row[3] is null);
        return (Number(row[0]), differing, row[2] is null ? differing == 0 : row[2] == row[3]);
    }

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> RowsAsync(Connection connection, Ask ask) =>
        [.. (await connection.QueryAsync(ask.Sql, ask.Parameters, 10, default)).Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(value => value!)])];

    private async Task<int> ChangedAsync(Connection connection, StatementMessage statement) =>
        (await connection.RunAsync([.. Forms.Begin(2000).Select(sql => new StatementMessage(sql)), statement], true, 10, default))[^1].Changed;

    private string Quote(string name) => database.Engine.Quote(name);
}

public sealed class EveryRowIsVisitedOnceOnPostgres(PostgresDatabase database) : EveryRowIsVisitedOnce(database), IClassFixture<PostgresDatabase>;

public sealed class EveryRowIsVisitedOnceOnMariaDb(MariaDbDatabase database) : EveryRowIsVisitedOnce(database), IClassFixture<MariaDbDatabase>;

public sealed class EveryRowIsVisitedOnceOnSqlite(SqliteDatabase database) : EveryRowIsVisitedOnce(database), IClassFixture<SqliteDatabase>;
