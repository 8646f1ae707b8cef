using EfSafeMigrate.Engines;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>What a runbook tells people to ask, the server answers.</summary>
public abstract class WhatIsWatchedAnswers(TestDatabase database)
{
    [Fact]
    public async Task Each()
    {
        database.Engine.Monitoring.ShouldNotBeEmpty();
        if (database.Engine.Monitoring.Any(query => query.IsOfBackfills))
        {
            foreach (var sql in database.Engine.Backfill.Tables.Create)
            {
                await database.ExecuteAsync(sql);
            }
        }
        foreach (var query in database.Engine.Monitoring)
        {
            await Should.NotThrowAsync(() => database.QueryAsync(query.Sql, [], 30, CancellationToken.None), query.About);
        }
    }

    protected async Task<IReadOnlyList<IReadOnlyList<string?>>> AskAsync(string about) =>
        (await database.QueryAsync(database.Engine.Monitoring.Single(query => query.About == about).Sql, [], 30, CancellationToken.None)).Rows;
}

public sealed class WhatIsWatchedAnswersOnPostgres(PostgresDatabase database) : WhatIsWatchedAnswers(database), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task WhoWaitsAndBehindWhom()
    {
        await database.ExecuteAsync("CREATE TABLE \"Held\" (\"Id\" integer)");
        await using var holding = database.Connect("the holder");
        await using var holder = await holding.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await RunAsync(holder, "LOCK TABLE \"Held\"");
        var read = WaitAsync();
        IReadOnlyList<string?> row = [];
        for (var attempt = 0; attempt < 1200 && row.Count == 0; attempt++)
        {
            await Task.Delay(50);
            row = (await AskAsync("Who waits, and behind whom")).FirstOrDefault(each => each.Contains("the waiter")) ?? [];
        }
        var open = await AskAsync("The oldest transactions");
        await transaction.RollbackAsync();
        await read;

        row.ShouldContain("the holder");
        row.ShouldContain("SELECT * FROM \"Held\"");
        open.ShouldContain(each => each.Contains("the holder"));
    }

    private async Task WaitAsync()
    {
        await using var waiting = database.Connect("the waiter");
        await using var waiter = await waiting.OpenConnectionAsync();
        await RunAsync(waiter, "SELECT * FROM \"Held\"");
    }

    private static async Task RunAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class WhatIsWatchedAnswersOnMariaDb(MariaDbDatabase database) : WhatIsWatchedAnswers(database), IClassFixture<MariaDbDatabase>;
