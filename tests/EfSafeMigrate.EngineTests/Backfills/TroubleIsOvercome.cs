using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>Others hold what a batch needs, or the connection goes: every row is written, and counted once.</summary>
public abstract class TroubleIsOvercome(TestDatabase database)
{
    private protected const int Rows = 1200;

    private protected Amounts Table { get; } = new(database);

    /// <summary>What the engine says when others are in the way.</summary>
    protected abstract IReadOnlyList<string> States { get; }

    [Fact]
    public async Task Every_kind_of_trouble_before_and_after_the_commit()
    {
        await Table.PlantAsync(Rows);
        await using var filling = new Filling(database);
        var troubles = new Queue<Trouble>([.. States.Select(state => new Trouble(new QueryFailure("in the way", state), Committed: false)), new(Lost(), Committed: false), new(Lost(), Committed: true), new(Lost(), Committed: true), new(Lost(), Committed: false)]);
        var batch = 0;
        var result = await RunAsync(filling, inner => async (statements, together, seconds, cancellation) =>
        {
            if (!statements.Any(statement => statement.ExpectedRows is not null) || ++batch % 2 != 0 || !troubles.TryDequeue(out var trouble))
            {
                return await inner(statements, together, seconds, cancellation);
            }
            if (trouble.Committed)
            {
                await inner(statements, together, seconds, cancellation);
            }
            throw trouble.Failure;
        });
        troubles.ShouldBeEmpty();
        result.Walked.ShouldBe(Rows);
        (await FilledAsync()).ShouldBe($"{Rows}");
        (await filling.VerifyAsync(Amounts.Spec)).ShouldBeOfType<Proven>();
    }

    [Fact]
    public async Task A_batch_that_fails_for_another_reason_is_not_tried_again()
    {
        await Table.PlantAsync(Rows);
        await using var filling = new Filling(database);
        var batches = 0;
        await Should.ThrowAsync<QueryFailure>(() => RunAsync(filling, _ => (statements, _, _, _) => throw (++batches > 0 ? new QueryFailure("no such column", "42703") : null!)));
        batches.ShouldBe(1);
        (await FilledAsync()).ShouldBe("0");
    }

    private static async Task<BackfillResult> RunAsync(Filling filling, Func<Execute, Execute> trouble)
    {
        var context = await filling.ContextAsync(new() { BatchSize = 60 });
        var open = context.OpenAsync;
        return await new Backfill(
            context with
            {
                OpenAsync = async (number, cancellation) => await open(number, cancellation) is var connection ? connection with { RunAsync = trouble(connection.RunAsync) } : null!,
            },
            "amounts", Amounts.Spec).RunAsync(CancellationToken.None);
    }

    private protected Task<string?> FilledAsync() => Table.OneAsync("SELECT count(*) FROM amounts WHERE twice = amount * 2");

    private static QueryFailure Lost() => new("the connection is gone", null) { Lost = true };

    private sealed record Trouble(QueryFailure Failure, bool Committed);
}

public sealed class TroubleIsOvercomeOnMariaDb(MariaDbDatabase database) : TroubleIsOvercome(database), IClassFixture<MariaDbDatabase>
{
    protected override IReadOnlyList<string> States => ["1205", "1213"];
}

public sealed class TroubleIsOvercomeOnSqlite(SqliteDatabase database) : TroubleIsOvercome(database), IClassFixture<SqliteDatabase>
{
    protected override IReadOnlyList<string> States => ["5", "6"];
}

public sealed class TroubleIsOvercomeOnPostgres(PostgresDatabase database) : TroubleIsOvercome(database), IClassFixture<PostgresDatabase>
{
    protected override IReadOnlyList<string> States => ["40P01", "55P03", "40001"];

    [Fact]
    public async Task A_table_that_somebody_holds_is_waited_for()
    {
        await Table.PlantAsync(Rows);
        await using var application = await database.Source.OpenConnectionAsync();
        await using var transaction = await application.BeginTransactionAsync();
        await RunAsync(application, "LOCK TABLE amounts IN SHARE MODE");
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Amounts.Spec, new() { BatchSize = 500 });
        while (filling.News.OfType<BatchPutOff>().Count() < 3)
        {
            running.IsCompleted.ShouldBeFalse();
            await Task.Delay(20);
        }
        await transaction.CommitAsync();
        (await running).Changed.ShouldBe(Rows);
        (await FilledAsync()).ShouldBe($"{Rows}");
        filling.News.OfType<BatchPutOff>().ShouldAllBe(put => put.Reason == "canceling statement due to lock timeout");
    }

    [Fact]
    public async Task The_victim_of_a_deadlock_goes_on()
    {
        await Table.PlantAsync(2);
        await using var application = await database.Source.OpenConnectionAsync();
        await using var transaction = await application.BeginTransactionAsync();
        // Whoever looks first is the victim, and looks once, when it has waited for so long: the circle has to be closed by then.
        await RunAsync(application, "SET LOCAL deadlock_timeout = '60s'; UPDATE amounts SET amount = amount WHERE id = 2");
        await using var filling = new Filling(database);
        var connection = await (await filling.ContextAsync()).OpenAsync(0, default);
        Task? other = null;
        List<BackfillNews> putOff = [];
        var retry = new BatchRetry("amounts", Amounts.Spec.Table, connection, database.Engine.Backfill, putOff.Add)
        {
            Wait = async (_, cancellation) =>
            {
                await other!;
                await transaction.CommitAsync(cancellation);
            },
        };
        var attempts = await retry.RunAsync(
            10,
            async (_, token) =>
            {
                List<StatementMessage> statements = [new("SET LOCAL deadlock_timeout = '2s'"), new("UPDATE amounts SET twice = 6 WHERE id = 1"), new("UPDATE amounts SET twice = 12 WHERE id = 2")];
                var both = connection.RunAsync(statements, true, 30, token);
                other ??= OtherAsync();
                await both;
                return putOff.Count + 1;
            },
            _ => Task.CompletedTask,
            default);
        attempts.ShouldBe(2);
        putOff.OfType<BatchPutOff>().ShouldHaveSingleItem().Reason.ShouldBe("deadlock detected");
        (await FilledAsync()).ShouldBe("2");

        async Task OtherAsync()
        {
            while (await Table.OneAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == "0")
            {
                await Task.Delay(5);
            }
            await RunAsync(application, "UPDATE amounts SET amount = amount WHERE id = 1");
        }
    }

    [Fact]
    public async Task A_worker_whose_session_is_ended_in_a_batch_goes_on_where_it_stood()
    {
        await Table.PlantAsync(Rows);
        await database.ExecuteAsync("CREATE OR REPLACE FUNCTION slowly(v bigint) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.001); RETURN v; END'");
        await using var filling = new Filling(database);
        var running = filling.RunAsync(Amounts.Spec with { Expression = "slowly(amount * 2)" }, new() { BatchSize = 100 });
        var ended = 0;
        while (!running.IsCompleted && ended < 4)
        {
            var walked = await Table.OneAsync("SELECT count(twice) FROM amounts");
            if (await Table.OneAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'UPDATE \"amounts\"%'") != "0")
            {
                ended++;
                while (!running.IsCompleted && await Table.OneAsync("SELECT count(twice) FROM amounts") == walked)
                {
                    await Task.Delay(10);
                }
            }
        }
        ended.ShouldBe(4);
        (await running).Walked.ShouldBe(Rows);
        (await FilledAsync()).ShouldBe($"{Rows}");
        filling.News.OfType<BatchPutOff>().Count().ShouldBeGreaterThanOrEqualTo(4);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
