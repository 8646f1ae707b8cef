using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A migration that was stopped between its parts: what is committed does not run again, and nothing is left out.</summary>
[Collection(nameof(RenamedSample))]
public sealed class CommittedInParts(InstalledTool tool, RenamedSample sample)
{
    private static readonly string[] Of = RenamedSample.Naming(WrittenMigration.Mixed.Pattern);

    private static readonly (string Decision, string Expected)[] Decisions =
        [("--not-done", "first part,second part,alone,third part"), ("--done", "first part,second part,third part")];

    [Fact]
    public async Task GoesOnWhereItWas()
    {
        await sample.ReadyAsync(tool);
        await using var database = await sample.CopyAsync();

        // Killed in the concurrent build, which waits for an old snapshot.
        var reader = await Held.OpenAsync(database, """BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM "Customers" """);
        await using (var run = Start(database, "apply", "--json"))
        {
            await run.MustAsync("command-began", "CONCURRENTLY");
            await CountedAsync(database, "first part");
            run.Signal(ApplyRun.Kill, Target.Group);
            await run.EndAsync();
        }
        await Sessions.NoneAsync(database, "killed in a build");
        await reader.DisposeAsync();

        // Killed in a command of which nobody can tell whether it took effect.
        var held = await Held.OpenAsync(database, "SELECT pg_advisory_lock(42)");
        await using (var run = Start(database, "apply", "--resume", "--json"))
        {
            await run.MustAsync("command-began", "pg_advisory_lock");
            // Announced is not yet begun.
            await Sessions.InLineAsync(database);
            await CountedAsync(database, "first part,second part");
            run.Signal(ApplyRun.Kill, Target.Group);
            await run.EndAsync();
        }
        await Sessions.NoneAsync(database, "killed in the command");
        await held.DisposeAsync();

        await using (var edited = await PhasedDatabase.CopyAsync(database, "edited"))
        {
            await edited.ExecuteAsync("UPDATE safe_migrate.checkpoint SET checksum = 'of another text'");
            await using var run = Start(edited, "apply", "--resume", "--json");
            var refused = await run.EndAsync();
            refused.Code.ShouldBe(4, refused.ToString());
            refused.Error.ShouldContain("Mixed was edited after 4 of its commands had been committed");
        }
        foreach (var (decision, expected) in Decisions)
        {
            await using var copy = await PhasedDatabase.CopyAsync(database, "parts");
            await DecideAsync(copy, decision, expected);
        }
    }

    private async Task DecideAsync(PhasedDatabase database, string decision, string expected)
    {
        await using (var run = Start(database, "apply", "--resume", "--json"))
        {
            var refused = await run.EndAsync();
            refused.Code.ShouldBe(4, refused.ToString());
            refused.Error.ShouldContain("command 5 of 7");
            refused.Error.ShouldContain("repair step Mixed");
        }
        await using (var run = Start(database, "repair", "step", "Mixed", decision, "--reason", "looked at the table"))
        {
            var decided = await run.EndAsync();
            decided.Code.ShouldBe(0, decided.ToString());
        }
        await using (var run = Start(database, "apply", "--resume", "--json"))
        {
            var resumed = await run.EndAsync();
            resumed.Code.ShouldBe(0, resumed.ToString());
        }
        await CountedAsync(database, expected);
        (await database.LinesAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = '\"IX_Customers_Code\"'::regclass")).ShouldBe(["True"]);
        (await database.LinesAsync("SELECT count(*) FROM safe_migrate.checkpoint")).ShouldBe(["0"]);
    }

    private ApplyRun Start(PhasedDatabase database, params string[] arguments) => ApplyRun.Start(tool, sample.Project, database.ConnectionString, [.. arguments, .. Of]);

    private static async Task CountedAsync(PhasedDatabase database, string expected) =>
        (await database.LinesAsync("SELECT what FROM \"Counted\" ORDER BY ctid")).ShouldBe(expected.Split(','));
}
