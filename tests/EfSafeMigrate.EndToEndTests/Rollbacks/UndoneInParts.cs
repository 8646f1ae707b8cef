using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>A Down that commits in parts, killed in between: nothing else begins, and the next rollback goes on.</summary>
[Collection(nameof(UndoSample))]
public sealed class UndoneInParts(InstalledTool tool, UndoSample sample)
{
    [Fact]
    public async Task KilledBetweenItsParts()
    {
        await using var notes = await sample.DatabaseAsync(tool, "PartsContext");
        var before = await Catalogue.SchemaAsync(notes.Database);
        await notes.MustAsync(0, "apply");
        await using (await notes.HoldingAsync("SELECT pg_advisory_lock(42)"))
        {
            await using var run = notes.Follow("rollback");
            await Applying.Sessions.InLineAsync(notes.Database);
            run.Signal(ApplyRun.Kill, Target.Group);
            await run.EndAsync();
        }
        await Applying.Sessions.NoneAsync(notes.Database, "killed");
        (await notes.MustAsync(0, "status")).Output.ShouldContain("dotnet safe-migrate rollback 20260101000000_Initial");
        (await notes.MustAsync(3, "apply", "--resume")).Error.ShouldContain("The last run was a rollback to 20260101000000_Initial, and did not come to its end.");
        (await notes.MustAsync(4, "rollback")).Error.ShouldContain("and nobody knows whether it took effect");
        await notes.MustAsync(0, "repair", "step", "Parts", "--not-done", "--reason", "looked");
        await notes.MustAsync(0, "rollback");
        (await Catalogue.SchemaAsync(notes.Database)).ShouldBe(before);
        (await notes.Database.LinesAsync("SELECT count(*) FROM safe_migrate.checkpoint")).ShouldBe(["0"]);
        await notes.MustAsync(0, "apply");
    }
}
