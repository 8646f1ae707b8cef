using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Tests.Updates.Backfills;

public sealed class TheGateHolds
{
    private readonly AnsweringDatabase database = new();

    [Fact]
    public async Task Before_the_first_look()
    {
        var gate = database.Gate();
        var batch = gate.PassAsync(default);
        batch.IsCompleted.ShouldBeFalse();
        await gate.LookAsync(default);
        await batch;
        await gate.PassAsync(default);
        gate.Held.ShouldBeNull();
    }

    [Fact]
    public async Task While_a_person_wants_it_to()
    {
        var gate = database.Gate();
        database.Wanted = BackfillWish.Pause;
        await gate.LookAsync(default);
        gate.Held.ShouldBe("paused by hand");
        var batch = gate.PassAsync(default);
        await gate.LookAsync(default);
        batch.IsCompleted.ShouldBeFalse();
        database.Wanted = BackfillWish.Run;
        await gate.LookAsync(default);
        await batch;
        gate.Held.ShouldBeNull();
    }

    [Fact]
    public async Task For_good_when_a_person_ends_it()
    {
        var gate = database.Gate();
        database.Wanted = BackfillWish.Pause;
        await gate.LookAsync(default);
        var batch = gate.PassAsync(default);
        database.Wanted = BackfillWish.Cancel;
        await gate.LookAsync(default);
        await Should.ThrowAsync<BackfillCancelled>(batch);
        await Should.ThrowAsync<BackfillCancelled>(gate.PassAsync(default));
    }

    [Fact]
    public async Task And_passes_on_what_a_person_tunes()
    {
        var gate = database.Gate();
        await gate.LookAsync(default);
        gate.Tuning.ShouldBe(new BackfillTuning());
        database.Tuning = """{"batchSize":50,"pauseMilliseconds":20}""";
        await gate.LookAsync(default);
        gate.Tuning.ShouldBe(new BackfillTuning { BatchSize = 50, PauseMilliseconds = 20 });
        database.Tuning = "fast";
        await gate.LookAsync(default);
        gate.Held.ShouldBe("what is wanted of it cannot be read (its tuning is not JSON: fast)");
        gate.Tuning.BatchSize.ShouldBe(50);
    }

    [Fact]
    public async Task When_a_signal_cannot_be_read()
    {
        var gate = database.Gate(new() { ActiveTransactions = 5 });
        database.Answer("active", "2");
        await gate.LookAsync(default);
        gate.Held.ShouldBeNull();
        database.Fail("active", "XX000: canceling statement due to statement timeout.\nmore");
        await gate.LookAsync(default);
        gate.Held.ShouldBe("the number of open transactions cannot be read (canceling statement due to statement timeout)");
        gate.PassAsync(default).IsCompleted.ShouldBeFalse();
        database.Answer("active", "2");
        await gate.LookAsync(default);
        gate.Held.ShouldBeNull();
    }

    [Fact]
    public async Task When_the_database_has_forgotten_it()
    {
        var gate = database.Gate();
        database.IsKnown = false;
        await gate.LookAsync(default);
        gate.Held.ShouldBe("what is wanted of it cannot be read (the database knows nothing of it any more)");
    }

    [Fact]
    public async Task And_names_all_reasons()
    {
        var gate = database.Gate(new() { ActiveTransactions = 5, Query = "query" });
        database.Wanted = BackfillWish.Pause;
        database.Answer("active", "6");
        database.Answer("query", "True");
        await gate.LookAsync(default);
        gate.Held.ShouldBe("paused by hand; 6 transactions of others are open, the limit is 5; the throttle query answers True");
    }

    [Fact]
    public async Task Until_a_lost_connection_is_back()
    {
        var gate = database.Gate(new() { ActiveTransactions = 5, Query = "query" });
        var reconnected = 0;
        database.Reconnecting = () => Task.FromResult(reconnected++);
        database.Fail("active", "the connection is gone", lost: true);
        database.Answer("query", "0");
        await gate.LookAsync(default);
        reconnected.ShouldBe(1);
        gate.Held.ShouldBe("the number of open transactions cannot be read (the connection is gone)");
        database.Said.ShouldBeEmpty();
        database.Answer("active", "0");
        await gate.LookAsync(default);
        gate.Held.ShouldBeNull();
        database.Said.Count.ShouldBe(1);
    }

    [Fact]
    public async Task And_fails_when_it_cannot_look_any_more()
    {
        var gate = database.Gate(new() { ActiveTransactions = 5 });
        database.Fail("active", "the connection is gone", lost: true);
        database.Reconnecting = () => throw new SafeMigrateException("The server does not come back.", "wait");
        await Should.ThrowAsync<SafeMigrateException>(gate.RunAsync(default));
        (await Should.ThrowAsync<SafeMigrateException>(gate.PassAsync(default))).Message.ShouldBe("The server does not come back.");
    }

    [Fact]
    public async Task While_a_signal_does_not_answer()
    {
        var gate = database.Gate(new() { ActiveTransactions = 5 });
        database.Answer("active", "0");
        await gate.LookAsync(default);
        var answer = new TaskCompletionSource();
        database.Answering = answer.Task;
        var look = gate.LookAsync(default);
        database.Time.Pass(9);
        gate.Held.ShouldBeNull();
        database.Time.Pass(6);
        gate.Held.ShouldBe("what is wanted of it has not answered for 15 s");
        var batch = gate.PassAsync(default);
        batch.IsCompleted.ShouldBeFalse();
        answer.SetResult();
        await look;
        await batch;
    }

    [Fact]
    public async Task And_says_so_to_others_at_once_but_not_all_the_time()
    {
        var gate = database.Gate();
        for (var look = 0; look < 9; look++)
        {
            await gate.LookAsync(default);
            database.Time.Pass(0.5);
        }
        database.Said.Count.ShouldBe(5);
        database.Wanted = BackfillWish.Pause;
        await gate.LookAsync(default);
        database.Said.Count.ShouldBe(6);
        database.Said[^1].Parameters[2].ShouldBe("Held");
        database.Said[^1].Parameters[3]!.ShouldContain("\"held\":\"paused by hand\"");
        database.Last.Held.ShouldBe("paused by hand");
        database.Wanted = BackfillWish.Run;
        await gate.LookAsync(default);
        database.Said[^1].Parameters[2].ShouldBe("Running");
        database.Last.Held.ShouldBeNull();
    }
}
