using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>On SQLite EF's lock is a row; a killed process leaves it.</summary>
public sealed class EfLockIsLeftBehind(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task ItsAgeIsToldAndThatNobodyKnowsTheOwner()
    {
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY)");
        var context = await database.BeforeAsync(database.Engine.Model("CREATE TABLE notes (id INTEGER PRIMARY KEY)").Set(new AddColumn(Table("notes"), new("body", "TEXT", true))));
        (await context.AskAsync<EfLockCheck>()).ShouldBeEmpty();

        // As EF Core 9 and 10 make it.
        await database.ExecuteAsync("""CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
        (await context.AskAsync<EfLockCheck>()).ShouldBeEmpty();
        await database.ExecuteAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, strftime('%Y-%m-%d %H:%M:%S', 'now', '-90 minutes') || '.1234567+00:00')""");

        var objection = (await context.AskAsync<EfLockCheck>()).ShouldHaveSingleItem();

        objection.Refuses.ShouldBeTrue();
        objection.Sentence.ShouldContain("EF's own lock has been held since 2");
        objection.Sentence.ShouldContain("for 90 min; EF does not write down by whom.");
        objection.Next.ShouldStartWith("dotnet safe-migrate repair lock");
        await database.ExecuteAsync(database.Engine.Updates.Preflight.EfLock!.Clear);
        (await context.AskAsync<EfLockCheck>()).ShouldBeEmpty();
    }

    /// <summary>Whoever goes on gives it back, however long ago that was; another's is not taken for it.</summary>
    [Theory]
    [InlineData(300, false)]
    [InlineData(310, false)]
    [InlineData(400, true)]
    [InlineData(30, true)]
    public async Task TheOneOfTheStepInWhichARunWasKilledIsInNobodysWay(int age, bool refused)
    {
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY)");
        foreach (var sql in database.Engine.Updates.Lock.Create)
        {
            await database.ExecuteAsync(sql);
        }
        await database.ExecuteAsync($"""
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            DELETE FROM "__EFMigrationsLock";
            INSERT INTO "__EFMigrationsLock" VALUES (1, strftime('%Y-%m-%d %H:%M:%S', 'now', '-{age} seconds') || '.1234567+00:00');
            INSERT OR REPLACE INTO "__safe_migrate_lock" VALUES (1, 'killed', 'elsewhere', 4711, '2026-01-02T03:04:05Z', CAST(strftime('%s', 'now') AS INTEGER) - 290)
            """);
        var context = await database.BeforeAsync(database.Engine.Model("CREATE TABLE notes (id INTEGER PRIMARY KEY)").Set(new AddColumn(Table("notes"), new("body", "TEXT", true))));
        RunEvent[] happened = [new RunStarted("hash", ["20260102000000_Body"]) { Host = "elsewhere", Process = 4711, ToolVersion = "1.0.0", User = "deploy" }, new StepStarted("20260102000000_Body") { At = DateTimeOffset.UtcNow.AddSeconds(-311) }];

        var objections = await (context with { Journal = [.. happened.Select((each, at) => new JournalEntry(at + 1, "killed", each, ""))] }).AskAsync<EfLockCheck>();

        objections.Any(objection => objection.Refuses).ShouldBe(refused);
        (await context.AskAsync<EfLockCheck>()).ShouldHaveSingleItem("nobody has begun a step");
        await database.ExecuteAsync("DELETE FROM \"__EFMigrationsLock\"; DELETE FROM \"__safe_migrate_lock\"");
    }

    [Fact]
    public async Task AStepThatWaitsForItGivesUp()
    {
        await database.ExecuteAsync("""CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL); DELETE FROM "__EFMigrationsLock" """);
        var forms = database.Engine.Updates.Preflight.EfLock!;
        Task<string?> Wait(Func<bool> begun) => EfLockPatience.WaitAsync(forms, database.QueryAsync, TimeSpan.Zero, begun, CancellationToken.None);
        var looks = 0;

        (await Wait(() => looks++ > 1)).ShouldBeNull();
        await database.ExecuteAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-02 03:04:05+00:00')""");
        (await Wait(() => true)).ShouldBeNull();
        await database.ExecuteAsync("""UPDATE "__EFMigrationsLock" SET "Timestamp" = strftime('%Y-%m-%d %H:%M:%S', 'now')""");
        looks = 0;
        (await Wait(() => looks++ > 1)).ShouldBeNull("EF has taken it for this very step");
        await database.ExecuteAsync("""UPDATE "__EFMigrationsLock" SET "Timestamp" = '2026-01-02 03:04:05+00:00'""");
        (await Wait(() => false)).ShouldStartWith("EF's own lock has been held since 2026-01-02 03:04:05+00:00, for ");
        await database.ExecuteAsync(forms.Clear);
    }

    [Fact]
    public async Task AFileThatIsOpenedForReadingIsRefused()
    {
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY)");
        var context = await database.BeforeAsync(database.Engine.Model("CREATE TABLE notes (id INTEGER PRIMARY KEY)").Set(new AddColumn(Table("notes"), new("body", "TEXT", true))));
        (await context.AskAsync<WritableCheck>()).ShouldBeEmpty();

        var locked = context with { Work = (sql, parameters, seconds, stop) => database.QueryAsync("PRAGMA query_only = 1; " + sql, parameters, seconds, stop) };

        var objection = (await locked.AskAsync<WritableCheck>()).ShouldHaveSingleItem();
        (objection.Refuses, objection.Sentence).ShouldBe((true, "shop cannot be changed: it was opened for reading, or its file may not be written."));
    }
}
