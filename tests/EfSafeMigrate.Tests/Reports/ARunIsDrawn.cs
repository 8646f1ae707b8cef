using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>The live view at one moment, on a terminal of 80 columns without colour.</summary>
public class ARunIsDrawn
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RunView view = new(redact: false);
    private readonly UpdatePlan plan = PlanOf("RenameCustomerName1Expand:Expand", "RenameCustomerName2Backfill:Backfill", "RenameCustomerName3Constrain:Constrain");

    [Fact]
    public void WithWhatIsDoneWhatWorksAndWhatComes()
    {
        Reach(1);
        Tell(new StepWatched(plan.Migrations[1], [], new LockTime("public.Orders", "ShareLock", 40), TimeSpan.Zero));

        Drawn(Begin.AddSeconds(12.34)).ShouldBe("""
              ✔  1 expand    RenameCustomerName1Expand            lock 2 ms       0.1 s
              ▸  2 backfill  RenameCustomerName2Backfill          12.3 s
                             statement 1 of 1 · ShareLock for 40 ms
                             ALTER TABLE "Orders" ADD "RenameCustomerName2Backfill" text;
                             no one waits
                 3 constrain RenameCustomerName3Constrain

              Ctrl+C stops at the next statement; `dotnet safe-migrate apply --resume`
              goes on.
            """);
    }

    [Fact]
    public void WithWhoIsInTheWay()
    {
        Reach(0);
        Tell(new StepWatched(plan.Migrations[0], [new Blocker(4711, "psql", TimeSpan.FromSeconds(8), "UPDATE \"Orders\"\n SET x = 1")], null, TimeSpan.Zero));

        Drawn(Begin.AddSeconds(1)).ShouldContain("                 waits behind process 4711 (psql), open for 8 s: UPDATE \"Order…");
    }

    [Theory]
    [InlineData(null, "  RenameCustomerName1Expand: process 4711 (psql) was in the way for 8 s: its session was ended")]
    [InlineData("it belongs to a superuser", "  RenameCustomerName1Expand: process 4711 (psql) was in the way for 8 s: not ended, for it belongs to a superuser")]
    public void OrToldWithWhoWasInTheWay(string? spared, string line)
    {
        using var told = new StringWriter();
        using var output = new StringWriter();
        var text = new RunText(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) }), new Talk(told, verbose: false, terminal: false), redact: false);

        text.Tell(new BlockerMet(plan.Migrations[0], new Blocker(4711, "psql", TimeSpan.FromSeconds(8), "SELECT 1"), spared));

        told.ToString().TrimEnd().ShouldBe(line);
    }

    [Fact]
    public void WithWhoWaitsForUs()
    {
        Reach(0);
        Tell(new StepWatched(plan.Migrations[0], [], null, TimeSpan.FromMilliseconds(300)));

        Drawn(Begin.AddSeconds(1)).ShouldContain("another session waits, for 300 ms so far");
    }

    [Fact]
    public void WithoutTheStatementsOfOthersWhenRedacted()
    {
        var redacted = new RunView(redact: true);
        redacted.Tell(new RunBegan("r", plan), Begin);
        redacted.Tell(new StepBegan(plan.Migrations[0], 1), Begin);
        redacted.Tell(new StepWatched(plan.Migrations[0], [new Blocker(1, "psql", TimeSpan.FromSeconds(8), "SELECT secret")], null, TimeSpan.Zero), Begin);

        string.Join('\n', redacted.Lines(Begin, 80)).ShouldNotContain("secret");
    }

    [Fact]
    public void AroundTheStepThatWorksWhenThereAreMany()
    {
        var many = PlanOf([.. Enumerable.Range(1, 40).Select(number => $"Step{number}")]);
        var screen = new RunView(redact: false);
        screen.Tell(new RunBegan("r", many), Begin);
        foreach (var migration in many.Migrations.Take(20))
        {
            screen.Tell(new StepDone(migration, new StepEnded(migration.Id, "")), Begin);
        }
        screen.Tell(new StepBegan(many.Migrations[20], 1), Begin);

        var lines = screen.Lines(Begin, 80);
        lines.Count.ShouldBeLessThan(24);
        lines[0].ShouldBe("  … 14 steps done before");
        lines.ShouldContain("    … and 14 more");
        lines.ShouldContain(line => line.StartsWith("  ▸ 21 Step21 ", StringComparison.Ordinal));
    }

    [Fact]
    public void OnAConsoleUntilItIsOver()
    {
        using var writer = new StringWriter();
        var console = Console(writer);
        using var error = new StringWriter();
        var talk = new Talk(error, verbose: false, terminal: false);
        var live = new RunLive(console, new RunText(console, talk, redact: false), redact: false, TimeProvider.System);

        live.Tell(new RunBegan("r", plan));
        live.Tell(new StepBegan(plan.Migrations[0], 1));
        live.Tell(new StepDone(plan.Migrations[0], new StepEnded(plan.Migrations[0].Id, "") { Seconds = 0.1 }));
        live.Tell(new RunOver(new RunEnded(RunOutcome.Done, null)));
        live.Done(gate: null, left: 2);

        var lines = writer.ToString().Split('\n');
        lines.ShouldContain(line => line.Contains("✔  1 expand    RenameCustomerName1Expand", StringComparison.Ordinal));
        lines.ShouldContain("  Done; 2 migrations are still pending.");
    }

    private void Reach(int step)
    {
        Tell(new RunBegan("r", plan));
        foreach (var migration in plan.Migrations.Take(step))
        {
            Tell(new StepBegan(migration, 1));
            Tell(new StepDone(migration, new StepEnded(migration.Id, "") { Seconds = 0.12, LongestHold = new("public.Orders", "AccessExclusiveLock", 2) }));
        }
        Tell(new StepBegan(plan.Migrations[step], 1));
        Tell(new CommandBegan(plan.Migrations[step], 0));
    }

    private void Tell(RunNews news) => view.Tell(news, Begin);

    private string Drawn(DateTimeOffset now)
    {
        using var writer = new StringWriter();
        var console = Console(writer);
        console.Write(new Text(string.Join('\n', view.Lines(now, console.Profile.Width - 1))));
        var text = writer.ToString().ReplaceLineEndings("\n");
        text.Split('\n').ShouldAllBe(line => line.Length < 80);
        return string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd();
    }

    private static IAnsiConsole Console(StringWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 80;
        return console;
    }

    private static UpdatePlan PlanOf(params string[] names) => UpdatePlan.Of(
        new Target("localhost:5432", "shop", "deploy", "f"),
        new ChangeSet([.. names.Select((each, at) => Migration(each.Split(':'), at))]), EngineBook.All.Single(engine => engine.Id == "postgresql"), FactSheet.Unknown);

    private static MigrationChanges Migration(string[] name, int at)
    {
        var id = $"202601010000{at:00}_{name[0]}";
        var add = new AddColumn(new TableName(null, "Orders"), new Column(name[0], "text", Nullable: true)) { Origin = new Origin(id, 0, "AddColumnOperation") };
        return new(id, DatabaseModel.Empty, [add])
        {
            Commands = [new($"ALTER TABLE \"Orders\" ADD \"{name[0]}\" text;", Suppressed: false, [0])],
            Phase = name.Length == 1 ? null : new PhaseMark("RenameCustomerName", name[1]),
        };
    }
}
