using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>What <c>--resume</c> goes on with: the last run, as far as that one was to go.</summary>
[Collection(nameof(RenamedSample))]
public sealed class ResumedRuns(InstalledTool tool, RenamedSample sample)
{
    [Fact]
    public async Task AContractIsGoneOnWithOrRefused()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync(atGate: true);
        await using (var killed = sample.Contract(tool, database))
        {
            await KillInTimeAsync(killed, database);
        }
        await Sessions.NoneAsync(database, "killed");

        await using (var again = sample.Apply(tool, database, null, "--resume"))
        {
            var refused = await again.EndAsync();
            refused.Code.ShouldBe(3, refused.ToString());
            refused.Error.ShouldContain("→ --accept-data-loss");
        }

        await using (var again = sample.Apply(tool, database, null, ["--resume", .. sample.OfContract]))
        {
            var resumed = await again.EndAsync();
            resumed.Code.ShouldBe(0, resumed.ToString());
        }
        await sample.CheckAsync(database, "resumed", sample.End);
    }

    [Fact]
    public async Task NoFurtherThanTheRunWasToGo()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();
        var last = sample.Gate.Migrations[2];
        await using (var killed = sample.Apply(tool, database, null, "--to", last))
        {
            await KillInTimeAsync(killed, database);
        }
        await Sessions.NoneAsync(database, "killed");

        await using (var again = sample.Apply(tool, database, null, "--resume"))
        {
            var resumed = await again.EndAsync();
            resumed.Code.ShouldBe(0, resumed.ToString());
        }
        (await RenamedSample.AppliedAsync(database)).ShouldBe([.. sample.Gate.Migrations.Take(3)]);

        await using (var again = sample.Apply(tool, database, null, "--resume"))
        {
            await again.MustAsync("nothing-to-resume");
            var plain = await again.EndAsync();
            plain.Code.ShouldBe(0, plain.ToString());
        }
        await sample.CheckAsync(database, "then as without it");
    }

    /// <summary>The table is held until the run is killed: on a busy machine it would end before the signal.</summary>
    private static async Task KillInTimeAsync(ApplyRun run, PhasedDatabase database)
    {
        await using var reader = await Held.OpenAsync(database, """BEGIN; LOCK TABLE "Customers" IN ACCESS SHARE MODE""");
        await run.MustAsync("run-began");
        run.Signal(ApplyRun.Kill, Target.Group);
        await run.EndAsync();
    }
}
