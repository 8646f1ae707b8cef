using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Tests.Updates.Backfills;

/// <summary>Batches that fail as a test says.</summary>
public class BatchesAreTriedAgain
{
    private readonly List<BackfillNews> news = [];
    private readonly List<TimeSpan> pauses = [];
    private readonly List<int> sizes = [];
    private int reconnected;
    private int resumed;

    [Theory]
    [InlineData("postgresql", "40P01")]
    [InlineData("postgresql", "55P03")]
    [InlineData("postgresql", "40001")]
    [InlineData("mariadb", "1205")]
    [InlineData("mariadb", "1213")]
    [InlineData("sqlite", "5")]
    [InlineData("sqlite", "6")]
    public async Task Others_in_the_way_are_given_time(string engine, string state)
    {
        (await RunAsync(1000, number => number < 4 ? Failure(state) : null, Forms(engine))).ShouldBe(4);
        sizes.ShouldBe([1000, 1000, 1000, 1000]);
        pauses.Select(pause => pause.TotalMilliseconds).ShouldBe([50, 100, 200]);
        news.OfType<BatchPutOff>().Select(put => (put.Attempt, put.Reason)).ShouldBe([(1, "no luck"), (2, "no luck"), (3, "no luck")]);
        (reconnected, resumed).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("postgresql", "23514")]
    [InlineData("postgresql", "22P02")]
    [InlineData("postgresql", "42703")]
    [InlineData("postgresql", null)]
    [InlineData("mariadb", "1062")]
    [InlineData("mariadb", "4025")]
    [InlineData("sqlite", "19")]
    [InlineData("sqlite", "1")]
    public async Task Anything_else_ends_it_at_once(string engine, string? state)
    {
        (await Should.ThrowAsync<QueryFailure>(() => RunAsync(1000, _ => Failure(state), Forms(engine)))).SqlState.ShouldBe(state);
        sizes.ShouldBe([1000]);
        pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_that_is_held_again_and_again_is_halved()
    {
        await RunAsync(1000, number => number <= 14 ? Failure("55P03") : null);
        sizes.ShouldBe([1000, 1000, 1000, 1000, 1000, 1000, 500, 500, 500, 500, 500, 500, 250, 250, 250]);
    }

    [Fact]
    public async Task It_gives_up_after_forty_attempts_and_says_what_was_in_the_way()
    {
        var failure = await Should.ThrowAsync<SafeMigrateException>(() => RunAsync(100, _ => Failure("40P01")));
        failure.Code.ShouldBe(ExitCode.StoppedSafely);
        failure.Message.ShouldBe("A batch of t was tried 40 times, with 10 rows at the end, and others were in its way each time: no luck. All batches before it are kept.");
        sizes.Count.ShouldBe(40);
        sizes.Min().ShouldBe(10);
        pauses.Max().ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task After_a_loss_it_connects_and_reads_where_it_stands_before_the_next_attempt()
    {
        (await RunAsync(1000, number => number <= 2 ? Lost() : null)).ShouldBe(3);
        (reconnected, resumed).ShouldBe((2, 2));
        sizes.ShouldBe([1000, 1000, 1000]);
    }

    [Fact]
    public async Task A_loss_while_it_reads_where_it_stands_is_a_loss()
    {
        (await RunAsync(1000, number => number == 1 ? Lost() : null, resume: () => resumed == 1 ? Lost() : null)).ShouldBe(2);
        (reconnected, resumed).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_commit_that_comes_after_the_loss_moves_the_cursor_and_is_read_again()
    {
        (await RunAsync(1000, number => number switch { 1 => Lost(), 2 => Moved(), _ => null })).ShouldBe(3);
        (reconnected, resumed).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_cursor_that_moves_by_itself_ends_it()
    {
        await Should.ThrowAsync<QueryFailure>(() => RunAsync(1000, _ => Moved()));
        sizes.ShouldBe([1000]);
        sizes.Clear();
        (await Should.ThrowAsync<QueryFailure>(() => RunAsync(1000, number => number == 1 ? Lost() : Moved()))).Unexpected.ShouldBeTrue();
        sizes.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Losses_without_end_are_given_up()
    {
        (await Should.ThrowAsync<SafeMigrateException>(() => RunAsync(1000, _ => Lost()))).Message.ShouldContain("the connection was lost again");
        sizes.Count.ShouldBe(40);
    }

    [Fact]
    public async Task Cancelling_ends_the_pause()
    {
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => Retry(PostgresEngine.Value.Backfill).RunAsync<int>(
            10,
            async (_, _) =>
            {
                await cancel.CancelAsync();
                throw Failure("40P01");
            },
            _ => Task.CompletedTask,
            cancel.Token));
    }

    [Theory]
    [InlineData(1, 0.0, 25)]
    [InlineData(1, 1.0, 75)]
    [InlineData(2, 0.5, 100)]
    [InlineData(6, 0.5, 1600)]
    [InlineData(7, 0.5, 2000)]
    [InlineData(40, 1.0, 3000)]
    public void Pauses_grow_to_a_cap_and_differ_by_half(int attempts, double chance, double milliseconds) => new RetrySchedule().Pause(attempts, chance).TotalMilliseconds.ShouldBe(milliseconds);

    private async Task<int> RunAsync(int size, Func<int, QueryFailure?> fails, BackfillForms? forms = null, Func<QueryFailure?>? resume = null)
    {
        var number = 0;
        return await Retry(forms ?? PostgresEngine.Value.Backfill).RunAsync(
            size,
            (rows, _) =>
            {
                sizes.Add(rows);
                return fails(++number) is { } failure ? throw failure : Task.FromResult(number);
            },
            _ =>
            {
                resumed++;
                return resume?.Invoke() is { } failure ? throw failure : Task.CompletedTask;
            },
            CancellationToken.None);
    }

    private BatchRetry Retry(BackfillForms forms) => new("fill", new TableName(null, "t"), Connection, forms, news.Add)
    {
        Chance = () => 0.5,
        Wait = (pause, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            pauses.Add(pause);
            return Task.CompletedTask;
        },
    };

    private Connection Connection => new(
        (_, _, _, _) => Task.FromResult(new QueryResult([], [])),
        (_, _, _, _) => Task.FromResult<IReadOnlyList<StatementResult>>([]),
        (_, _) =>
        {
            reconnected++;
            return Task.CompletedTask;
        });

    private static BackfillForms Forms(string engine) => engine switch
    {
        "mariadb" => MariaDbEngine.Value.Backfill,
        "sqlite" => SqliteEngine.Value.Backfill,
        _ => PostgresEngine.Value.Backfill,
    };

    private static QueryFailure Failure(string? state) => new("no luck", state);

    private static QueryFailure Lost() => new("gone", null) { Lost = true };

    private static QueryFailure Moved() => new("0 rows where 1 expected", null) { Unexpected = true };
}
