using System.Text.Json;
using EfSafeMigrate.Tests;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>What the corpus calls unreadable does exactly what the literal says, so it is judged by what it says.</summary>
public sealed class AnExecutedLiteralIsSql(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task OnPostgres()
    {
        var sql = Data.Text("cases.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(each => each.GetProperty("id").GetString() == "pg-execute-dynamic").GetProperty("sql").GetString()!;
        var literal = sql.Split('\'')[1];

        var (columns, locks) = await SeenAsync(sql);

        (columns, locks).ShouldBe(await SeenAsync(literal));
        columns.ShouldBe("id");
        locks.ShouldBe("AccessExclusiveLock");
    }

    private async Task<(string? Columns, string? Locks)> SeenAsync(string sql)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS orders; CREATE TABLE orders (id int PRIMARY KEY, note text); INSERT INTO orders SELECT g, 'n' FROM generate_series(1, 100) g");
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(sql, connection))
        {
            await command.ExecuteNonQueryAsync();
        }
        await using var look = new NpgsqlCommand("""
            SELECT (SELECT string_agg(attname, ',') FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped)
              || '|' || (SELECT string_agg(DISTINCT mode, ',') FROM pg_locks WHERE relation = 'orders'::regclass AND pid = pg_backend_pid() AND mode <> 'AccessShareLock')
            """, connection);
        var seen = ((string)(await look.ExecuteScalarAsync())!).Split('|');
        return (seen[0], seen[1]);
    }
}
