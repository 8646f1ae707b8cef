using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates.Backfills;
using EfSafeMigrate.Updates.Backfills.Throttles;

namespace EfSafeMigrate.Tests.Updates.Backfills;

public sealed class SignalsAreRead
{
    private readonly AnsweringDatabase database = new();
    private readonly List<string> notes = [];

    [Theory]
    [InlineData("0", null)]
    [InlineData("3", null)]
    [InlineData("4", "4 transactions of others are open, the limit is 3")]
    public async Task Open_transactions(string answer, string? reason)
    {
        database.Answer("active", answer);
        (await LookAsync(One(new() { ActiveTransactions = 3 }))).ShouldBe(reason);
    }

    [Theory]
    [InlineData("59.9", null)]
    [InlineData("75.31", "a transaction of others is open for 75 s, the limit is 60 s")]
    public async Task The_oldest_of_them(string answer, string? reason)
    {
        database.Answer("longest", answer);
        (await LookAsync(One(new() { LongestTransaction = TimeSpan.FromMinutes(1) }))).ShouldBe(reason);
    }

    [Theory]
    [InlineData(null, "this user may not see it without the role pg_monitor")]
    [InlineData("many", "`many` is not a number")]
    public async Task Which_the_server_may_hide(string? answer, string reason)
    {
        database.Answer("active", answer);
        (await Should.ThrowAsync<SignalUnread>(LookAsync(One(new() { ActiveTransactions = 3 })))).Message.ShouldBe(reason);
    }

    [Fact]
    public async Task The_log_between_two_looks()
    {
        var throttle = One(new() { LogRate = 10 << 20 });
        database.Answer("log", "Innodb_os_log_written", "1000");
        (await LookAsync(throttle)).ShouldBe("the write-ahead log is being measured");
        database.Time.Pass(0.5);
        database.Answer("log", "Innodb_os_log_written", $"{1000 + (5 << 20)}");
        (await LookAsync(throttle)).ShouldBeNull();
        database.Time.Pass(2);
        database.Answer("log", "Innodb_os_log_written", $"{1000 + (29 << 20)}");
        (await LookAsync(throttle)).ShouldBe("12 MB of write-ahead log are written in a second, the limit is 10 MB");
        database.Time.Pass(1);
        (await LookAsync(throttle)).ShouldBeNull();
        // The counters of another server, and of one that could not be asked meanwhile.
        database.Answer("log", "Innodb_os_log_written", "10");
        (await LookAsync(throttle)).ShouldBe("the write-ahead log is being measured");
        database.Answers["log"] = () => [];
        await Should.ThrowAsync<SignalUnread>(LookAsync(throttle));
        database.Answer("log", "20");
        (await LookAsync(throttle)).ShouldBe("the write-ahead log is being measured");
    }

    [Fact]
    public async Task A_file()
    {
        var folder = Directory.CreateTempSubdirectory("safe-migrate-file-");
        var path = Path.Combine(folder.FullName, "hold");
        var throttle = One(new() { File = path });
        (await LookAsync(throttle)).ShouldBeNull();
        await File.WriteAllTextAsync(path, "");
        (await LookAsync(throttle)).ShouldBe($"the file {path} is there");
        File.Delete(path);
        (await LookAsync(throttle)).ShouldBeNull();
        folder.Delete();
        throttle.Signal.ShouldBe($"the file {path}");
        (await Should.ThrowAsync<SignalUnread>(LookAsync(throttle))).Message.ShouldBe("its folder is not there");
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("t", true)]
    [InlineData("1", true)]
    [InlineData("0.5", true)]
    [InlineData("-1", true)]
    [InlineData("False", false)]
    [InlineData("f", false)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    public async Task A_query(string answer, bool holds)
    {
        database.Answer("query", answer);
        (await LookAsync(One(new() { Query = "query" }))).ShouldBe(holds ? $"the throttle query answers {answer}" : null);
    }

    [Fact]
    public async Task Any_row_of_it_holds()
    {
        database.Answers["query"] = () => [["0"], ["3"], ["1"]];
        (await LookAsync(One(new() { Query = "query" }))).ShouldBe("the throttle query answers 3");
        database.Answers["query"] = () => [["0"], [null]];
        (await Should.ThrowAsync<SignalUnread>(LookAsync(One(new() { Query = "query" })))).Message.ShouldBe("it returns NULL");
    }

    [Theory]
    [InlineData("yes", "`yes` is neither true nor false nor a number")]
    [InlineData(null, "it returns NULL")]
    public async Task That_has_to_answer(string? answer, string reason)
    {
        database.Answer("query", answer);
        (await Should.ThrowAsync<SignalUnread>(LookAsync(One(new() { Query = "query" })))).Message.ShouldBe(reason);
        database.Answers["query"] = () => [];
        (await Should.ThrowAsync<SignalUnread>(LookAsync(One(new() { Query = "query" })))).Message.ShouldBe("it returns no row");
    }

    [Theory]
    [InlineData("22:00-05:30", "21:59:59", false)]
    [InlineData("22:00-05:30", "22:00:00", true)]
    [InlineData("22:00-05:30", "00:00:00", true)]
    [InlineData("22:00-05:30", "05:29:59", true)]
    [InlineData("22:00-05:30", "05:30:00", false)]
    [InlineData("9:00-17:00", "08:59:59", false)]
    [InlineData("9:00-17:00", "09:00:00", true)]
    [InlineData("9:00-17:00", "17:00:00", false)]
    [InlineData("00:00-06:00", "00:00:00", true)]
    [InlineData("18:00-00:00", "23:59:59", true)]
    [InlineData("18:00-00:00", "00:00:00", false)]
    public async Task The_time_of_day_where_the_tool_runs(string window, string time, bool inside)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(5.5), null, null);
        var here = new AnsweringDatabase { Time = new(new DateTimeOffset(DateTime.Parse($"2026-11-22 {time}", System.Globalization.CultureInfo.InvariantCulture), zone.BaseUtcOffset), zone) };
        var read = DayWindow.Parse(window).ShouldNotBeNull();
        (await One(new() { Window = read }).LookAsync(here.Connection, here.Time, default)).ShouldBe(inside ? null : $"not between {read}");
        read.ToString().ShouldBe(window.Replace("-", " and ", StringComparison.Ordinal).Replace("9:00 a", "09:00 a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("22:00")]
    [InlineData("22:00-22:00")]
    [InlineData("22:00-24:00")]
    [InlineData("22-05")]
    [InlineData("22:00-05:30-06:00")]
    public void Which_has_one_form(string text) => DayWindow.Parse(text).ShouldBeNull();

    [Fact]
    public async Task Replicas_that_are_late()
    {
        var throttle = One(new() { Lag = TimeSpan.FromSeconds(5) });
        database.Answer("replicas", "standby1", "1000", "1000");
        (await LookAsync(throttle)).ShouldBeNull();
        database.Time.Pass(1);
        database.Answer("replicas", "standby1", "1000", "2000");
        (await LookAsync(throttle)).ShouldBeNull();
        database.Time.Pass(5.5);
        (await LookAsync(throttle)).ShouldBe("replica standby1 is 5.5 s behind, the limit is 5 s");
        throttle.ShouldBeOfType<LagThrottle>().Lag.ShouldBe(TimeSpan.FromSeconds(5.5));
        database.Answer("replicas", "standby1", "2000", "9000");
        (await LookAsync(throttle)).ShouldBeNull();
    }

    [Fact]
    public async Task Replicas_that_were_late_before()
    {
        var throttle = One(new());
        database.Answer("replicas", "standby1", "0", $"{20 << 20}");
        (await LookAsync(throttle)).ShouldBe("replica standby1 has 20 MB to apply that are older than this run");
        database.Answer("replicas", "standby1", $"{6 << 20}", $"{60 << 20}");
        (await LookAsync(throttle)).ShouldBeNull();
    }

    [Fact]
    public async Task Replicas_that_go_away()
    {
        var throttle = One(new());
        database.Answer("replicas", "standby1", "10", "10");
        (await LookAsync(throttle)).ShouldBeNull();
        database.Answers["replicas"] = () => [];
        database.Time.Pass(59);
        (await LookAsync(throttle)).ShouldBe("replica standby1 has gone away; it is waited for until it is gone for 60 s");
        notes.ShouldBeEmpty();
        database.Time.Pass(1);
        (await LookAsync(throttle)).ShouldBeNull();
        notes.ShouldBe(["The replica standby1 was not seen for 60 s and is not waited for any more."]);
        throttle.ShouldBeOfType<LagThrottle>().Lag.ShouldBeNull();
        database.Time.Pass(1);
        (await LookAsync(throttle)).ShouldBeNull();
        notes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Replicas_that_nobody_may_see_hold_only_where_somebody_asked()
    {
        database.Answer("replicas", "process 7", null, "10");
        (await LookAsync(One(new()))).ShouldBeNull();
        notes.ShouldBe(["Nobody watches the lag of the replicas: this user may not see how far they are without the role pg_monitor."]);
        (await Should.ThrowAsync<SignalUnread>(LookAsync(One(new() { Lag = TimeSpan.FromSeconds(10) })))).Message.ShouldBe("this user may not see how far they are without the role pg_monitor");
    }

    [Fact]
    public async Task Replicas_that_were_seen_are_not_forgotten()
    {
        var throttle = One(new());
        database.Answer("replicas", "standby1", "10", "10");
        (await LookAsync(throttle)).ShouldBeNull();
        database.Answer("replicas", "process 7", null, "10");
        await Should.ThrowAsync<SignalUnread>(LookAsync(throttle));
    }

    [Fact]
    public void Only_where_the_engine_tells()
    {
        Throttle.Of(new(), SqliteEngine.Value, notes.Add).ShouldBeEmpty();
        Throttle.Of(new() { Lag = TimeSpan.Zero }, AnsweringDatabase.Engine, notes.Add).ShouldBeEmpty();
        Refused(new() { Lag = TimeSpan.FromSeconds(1) }).ShouldBe("SQLite does not tell how far replicas are behind.");
        Refused(new() { ActiveTransactions = 1 }).ShouldBe("SQLite does not tell how many transactions are open.");
        Refused(new() { LongestTransaction = TimeSpan.FromSeconds(1) }).ShouldBe("SQLite does not tell how old transactions are.");
        Refused(new() { LogRate = 1 }).ShouldBe("SQLite does not tell how much log is written.");
    }

    private static string Refused(ThrottleSettings settings) => Should.Throw<SafeMigrateException>(() => Throttle.Of(settings, SqliteEngine.Value, _ => { })).Message;

    private Throttle One(ThrottleSettings settings) => Throttle.Of(settings with { Lag = settings == new ThrottleSettings() ? null : settings.Lag ?? TimeSpan.Zero }, AnsweringDatabase.Engine, notes.Add).ShouldHaveSingleItem();

    private async Task<string?> LookAsync(Throttle throttle) => await throttle.LookAsync(database.Connection, database.Time, default);
}
