using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A table of amounts, and a backfill that doubles them.</summary>
internal sealed class Amounts(TestDatabase database)
{
    public const string Trigger = "amounts_fill";

    /// <summary>More than the table takes when it is doubled.</summary>
    public const int TooMuch = 9_000_000;

    private const int Inserted = 1000;

    private readonly Dialect dialect = Dialect.Of(database.Engine);

    public static BackfillSpec Spec { get; } = Filling.Spec("amounts", "id", "twice", "amount * 2") with { Trigger = Trigger };

    /// <param name="bad">Rows whose double the table does not take.</param>
    public async Task PlantAsync(int rows, Func<int, bool>? bad = null, string key = "PRIMARY KEY")
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS amounts");
        await ForgetAsync();
        await database.ExecuteAsync($"CREATE TABLE amounts (id int NOT NULL {key}, amount bigint NOT NULL, twice bigint CHECK (twice < 10000000))");
        for (var first = 1; first <= rows; first += Inserted)
        {
            await InsertAsync(Enumerable.Range(first, Math.Min(Inserted, rows - first + 1)).Select(id => (id, bad?.Invoke(id) == true ? TooMuch + id : id * 3)));
        }
        await FillNewAsync("NEW.amount * 2");
    }

    public Task InsertAsync(params IEnumerable<(int Id, int Amount)> rows) =>
        database.ExecuteAsync($"INSERT INTO amounts (id, amount) VALUES {string.Join(", ", rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"({row.Id}, {row.Amount})")))}");

    public Task FillNewAsync(string value) => database.ExecuteAsync(dialect.Fill("amounts", Trigger, "twice", value));

    public Task DropTriggerAsync() => database.ExecuteAsync(dialect.Drop("amounts", Trigger));

    /// <summary>What an earlier test left unfinished is not taken up.</summary>
    public async Task ForgetAsync()
    {
        var tables = database.Engine.Backfill.Tables;
        await database.ExecuteAsync($"DROP TABLE IF EXISTS {tables.Row}");
        await database.ExecuteAsync($"DROP TABLE IF EXISTS {tables.Part}");
        await database.ExecuteAsync($"DROP TABLE IF EXISTS {tables.Backfill}");
    }

    public async Task<string?> OneAsync(string select) => (await database.QueryAsync(select, [], 30, default)).Rows[0][0];
}
