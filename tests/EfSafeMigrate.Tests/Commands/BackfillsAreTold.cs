using EfSafeMigrate.Commands;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Commands;

public sealed class BackfillsAreTold
{
    private static readonly SafeMigrateSettings Team = new()
    {
        Backfill = new()
        {
            TargetMilliseconds = 150,
            BatchSize = 500,
            PauseMilliseconds = 20,
            Workers = 4,
            OnRowError = "skip-and-list",
            Lag = TimeSpan.FromSeconds(2),
            ActiveTransactions = 40,
            LongestTransaction = TimeSpan.FromMinutes(5),
            LogRate = 1000,
            File = "/hold",
            Query = "SELECT 1",
            Window = DayWindow.Parse("01:00-02:00"),
        },
    };

    [Fact]
    public void By_nobody() => Read(new()).ShouldBe(new BackfillSettings());

    [Fact]
    public void By_the_team() => Read(Team).ShouldBe(new BackfillSettings
    {
        Target = TimeSpan.FromMilliseconds(150),
        BatchSize = 500,
        Pause = TimeSpan.FromMilliseconds(20),
        Workers = 4,
        OnRowError = OnRowError.SkipAndList,
        Throttles = new()
        {
            Lag = TimeSpan.FromSeconds(2),
            ActiveTransactions = 40,
            LongestTransaction = TimeSpan.FromMinutes(5),
            LogRate = 1000,
            File = "/hold",
            Query = "SELECT 1",
            Window = DayWindow.Parse("01:00-02:00"),
        },
    });

    [Fact]
    public void By_a_call_above_the_team() => Read(
        Team, "--batch-ms", "300", "--pause-ms", "0", "--workers", "2", "--on-row-error", "stop", "--max-lag", "0s", "--max-active", "7", "--max-transaction", "90s",
        "--max-log-rate", "50MB", "--throttle-file", "/stop", "--throttle-query", "SELECT false", "--window", "22:00-05:30", "--repair").ShouldBe(new BackfillSettings
        {
            Target = TimeSpan.FromMilliseconds(300),
            Pause = TimeSpan.Zero,
            Workers = 2,
            Repair = true,
            Throttles = new()
            {
                Lag = TimeSpan.Zero,
                ActiveTransactions = 7,
                LongestTransaction = TimeSpan.FromSeconds(90),
                LogRate = 50 << 20,
                File = "/stop",
                Query = "SELECT false",
                Window = DayWindow.Parse("22:00-05:30"),
            },
        });

    [Theory]
    [InlineData("--batch-size", "0", "`--batch-size 0` is not a whole number from 1 to 1000000.")]
    [InlineData("--batch-size", "1e3", "`--batch-size 1e3` is not a whole number from 1 to 1000000.")]
    [InlineData("--batch-ms", "5", "`--batch-ms 5` is not a whole number from 10 to 60000.")]
    [InlineData("--pause-ms", "-1", "`--pause-ms -1` is not a whole number from 0 to 60000.")]
    [InlineData("--workers", "33", "`--workers 33` is not a whole number from 1 to 32.")]
    [InlineData("--on-row-error", "skip", "`--on-row-error skip` has no meaning.")]
    [InlineData("--max-lag", "5", "`--max-lag 5` has no meaning.")]
    [InlineData("--max-active", "many", "`--max-active many` is not a whole number from 0 to 2147483647.")]
    [InlineData("--max-transaction", "long", "`--max-transaction long` has no meaning.")]
    [InlineData("--max-log-rate", "50", "`--max-log-rate 50` has no meaning.")]
    [InlineData("--max-log-rate", "0MB", "`--max-log-rate 0MB` has no meaning.")]
    [InlineData("--throttle-file", " ", "--throttle-file is empty.")]
    [InlineData("--throttle-query", "", "--throttle-query is empty.")]
    [InlineData("--window", "22-05", "`--window 22-05` has no meaning.")]
    public void Or_refused_before_anything_is_built(string option, string value, string sentence)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Read(new(), option, value));
        refused.Message.ShouldBe(sentence);
        refused.Next.ShouldNotBeEmpty();
    }

    [Fact]
    public void In_one_way() => Should.Throw<SafeMigrateException>(() => Read(new(), "--batch-ms", "100", "--batch-size", "100")).Message.ShouldBe("--batch-size and --batch-ms exclude each other.");

    [Theory]
    [InlineData("800kB", 819_200L)]
    [InlineData("1.5GB", 1_610_612_736L)]
    [InlineData("10B", 10L)]
    [InlineData("50 MB", 52_428_800L)]
    [InlineData("MB", null)]
    [InlineData("5 TB", null)]
    public void With_sizes_as_people_write_them(string text, long? bytes) => DataSize.Parse(text).ShouldBe(bytes);

    [Theory]
    [InlineData(null, "20260101000000_Fill")]
    [InlineData("fill", "20260101000000_Fill")]
    [InlineData("T.C", "20260101000000_Fill")]
    public void The_one_that_runs(string? name, string chosen) =>
        RunningBackfill.Choose([Record("20260101000000_Fill"), Record("20250101000000_Old", BackfillState.Verified), Record("Fill", BackfillState.Cancelled)], "pause", name, "shop@db").Name.ShouldBe(chosen);

    [Fact]
    public void And_nobody_where_none_runs()
    {
        var none = Should.Throw<SafeMigrateException>(() => RunningBackfill.Choose([Record("a", BackfillState.Drained)], "pause", null, "shop@db"));
        (none.Message, none.Next).ShouldBe(("No backfill is running on shop@db.", "dotnet safe-migrate status   shows what has been"));
        BackfillRecord[] two = [Record("a", BackfillState.Held), Record("b")];
        var several = Should.Throw<SafeMigrateException>(() => RunningBackfill.Choose(two, "tune", null, "shop@db"));
        (several.Message, several.Next).ShouldBe(("2 backfills are running on shop@db.", "dotnet safe-migrate backfill tune NAME   with one of a and b"));
        var other = Should.Throw<SafeMigrateException>(() => RunningBackfill.Choose(two, "tune", "c", "shop@db"));
        (other.Message, other.Next).ShouldBe(("No backfill `c` is running on shop@db.", "name one of a and b"));
    }

    [Fact]
    public void On_top_of_what_was_tuned_before()
    {
        Tuned("""{"batchSize":500,"workers":3}""", new() { PauseMilliseconds = 5 }).ShouldBe("""{"batchSize":500,"pauseMilliseconds":5,"workers":3}""");
        Tuned("""{"batchSize":500,"workers":3}""", new() { TargetMilliseconds = 100 }).ShouldBe("""{"targetMilliseconds":100,"workers":3}""");
        Tuned("", new() { BatchSize = 7 }).ShouldBe("""{"batchSize":7}""");
    }

    private static string Tuned(string before, BackfillTuning given) => RunningBackfill.Tuned(Record("a") with { Tuning = before }, given);

    private static BackfillRecord Record(string name, BackfillState state = BackfillState.Running) =>
        new(name, "t.c", "", "run", state, 10, BackfillWish.Run, "{}", "", new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private static BackfillSettings Read(SafeMigrateSettings settings, params string[] arguments)
    {
        var app = new CommandLineApplication();
        var options = new BackfillOptions(app);
        app.OnExecute(() => 0);
        app.Execute(arguments);
        return options.Read(settings);
    }
}
