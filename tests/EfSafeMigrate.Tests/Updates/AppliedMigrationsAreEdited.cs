using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>The journal knows what a migration did when it ran; the project says what it does now.</summary>
public sealed class AppliedMigrationsAreEdited
{
    private const string Id = "20260101000000_AddTier";

    private static readonly Command Then = new("ALTER TABLE t ADD c text;", Suppressed: false, [0]);

    [Fact]
    public async Task WhatIsAsItWasPasses() => (await ObjectionsAsync(Then)).ShouldBeEmpty();

    [Fact]
    public async Task AnEditedOneIsRefusedByItsFile()
    {
        var objection = (await ObjectionsAsync(Then with { Sql = "ALTER TABLE t ADD c integer;" })).ShouldHaveSingleItem();

        (objection.Refuses, objection.Sentence).ShouldBe((true, "Migrations/AddTier.cs was edited after it was applied at 2026-01-02 03:04 UTC: it does something else now."));
        objection.Next.ShouldStartWith("git checkout 4f2a -- Migrations/AddTier.cs ");
    }

    [Fact]
    public async Task ThatItRunsOutsideTheTransactionNowIsAnEdit() => (await ObjectionsAsync(Then with { Suppressed = true })).ShouldHaveSingleItem().Refuses.ShouldBeTrue();

    [Fact]
    public async Task AnotherProviderMayWriteOtherCommands()
    {
        var objection = (await ObjectionsAsync(Then with { Sql = "ALTER TABLE t ADD COLUMN c text;" }, provider: "Npgsql 11 with EF Core 11")).ShouldHaveSingleItem();

        (objection.Refuses, objection.Sentence).ShouldBe((false, "Migrations/AddTier.cs has other commands than when it was applied; that was with Npgsql 10 with EF Core 10, and this is Npgsql 11 with EF Core 11."));
    }

    [Fact]
    public async Task OneThatWasUndoneSinceIsNotAsked() => (await ObjectionsAsync(Then with { Sql = "SELECT 1" }, applied: [])).ShouldBeEmpty();

    private static async Task<IReadOnlyList<Objection>> ObjectionsAsync(Command now, string provider = "Npgsql 10 with EF Core 10", IReadOnlyList<string>? applied = null)
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero);
        RunEvent[] events =
        [
            new RunStarted("hash", [Id]) { Host = "h", Process = 1, ToolVersion = "1", User = "u", Provider = "Npgsql 10 with EF Core 10", Commit = "4f2a" },
            new StepEnded(Id, PlannedUpdate.ChecksumOf([Then])) { At = at },
        ];
        var context = new PreflightContext(
            PostgresEngine.Value, new(15), new UpdatePlan(new Target("s", "d", "u", "1"), []), FactSheet.Unknown, new UpdateSettings(),
            (_, _, _, _) => throw new InvalidOperationException(), (_, _, _, _) => throw new InvalidOperationException())
        {
            Journal = [.. events.Select((each, index) => new JournalEntry(index + 1, "run", each, ""))],
            Applied = applied ?? [Id],
            Provider = provider,
            Describe = (ids, _) => Task.FromResult(new ChangeSet([.. ids.Select(id => new MigrationChanges(id, DatabaseModel.Empty, [new CreateSchema("x") { Origin = Origin.None with { File = "Migrations/AddTier.cs" } }]) { Commands = [now] })])),
        };
        return await new ChecksumsCheck().CheckAsync(context, CancellationToken.None);
    }
}
