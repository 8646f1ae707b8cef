using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A migration in a transaction, during which EF keeps its history from everybody else.</summary>
[Collection(nameof(BusySample))]
public sealed class EfKeepsItsHistory(InstalledTool tool, BusySample sample)
{
    private const string Pending = "20260102000000_Wait";

    [Fact]
    public async Task AndARunIsSeenAllTheSame()
    {
        await using var busy = await sample.DatabaseAsync(tool, "WaitingContext");
        await using var held = await busy.InTransactionAsync("holder", "SELECT pg_advisory_lock(42)");
        await using var first = Start(busy, "--lock-wait", "0");
        await first.MustAsync("command-began", "pg_locks");

        var status = await busy.RunAsync("status", "--json");

        status.Code.ShouldBe(0, status.Output + status.Error);
        var json = JsonDocument.Parse(status.Output).RootElement;
        json.GetProperty("state").GetString().ShouldBe("Running");
        json.GetProperty("openStep").GetString().ShouldBe(Pending);
        json.GetProperty("pending").EnumerateArray().Select(each => each.GetString()).ShouldBe([Pending]);
        json.GetProperty("historyIsKept").GetBoolean().ShouldBeTrue();

        await using (var second = Start(busy, "--lock-wait", "0"))
        {
            var refused = await second.EndAsync();
            refused.Code.ShouldBe(3, refused.ToString());
            var by = (await busy.EntryAsync("run-started")).GetProperty("by").GetString();
            refused.Error.ShouldContain($"Another run is at work on this database: {by}, process ");
        }

        await using var third = Start(busy, "--lock-wait", "300");
        await third.MustAsync("run-waits");
        await held.CloseAsync();
        var (one, three) = (await first.EndAsync(), await third.EndAsync());
        one.Code.ShouldBe(0, one.ToString());
        three.Code.ShouldBe(0, three.ToString());
        (await busy.Database.LinesAsync("SELECT kind FROM safe_migrate.journal WHERE kind = 'run-started'")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AndSomebodyElseIsWaitedFor()
    {
        await using var busy = await sample.DatabaseAsync(tool, "WaitingContext");
        await using var held = await busy.InTransactionAsync("dotnet-ef", """LOCK TABLE "__EFMigrationsHistory" IN ACCESS EXCLUSIVE MODE""");

        foreach (var refused in new[] { await busy.RunAsync("status"), await busy.ApplyAsync("--lock-wait", "0") })
        {
            refused.Code.ShouldBe(3, refused.Output + refused.Error);
            refused.Error.ShouldContain("Somebody else migrates this database, and EF keeps its history to itself meanwhile. Nothing was changed.");
        }
    }

    private ApplyRun Start(BusyDatabase busy, params string[] arguments) => ApplyRun.Start(
        tool, busy.Project, "", ["apply", "--no-build", "--json", "--context", "WaitingContext", "--connection", busy.Database.ConnectionString, .. arguments]);
}
