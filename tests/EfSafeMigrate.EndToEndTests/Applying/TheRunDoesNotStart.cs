using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>What preflight finds: one sentence, exit code 3, and a database in which nothing has changed.</summary>
[Collection(nameof(BusySample))]
public sealed class TheRunDoesNotStart(InstalledTool tool, BusySample sample)
{
    [Fact]
    public async Task RowsThatMakeAStepFail()
    {
        await using var busy = await sample.DatabaseAsync(tool, "UniqueContext");
        await busy.Database.ExecuteAsync("""UPDATE "Notes" SET "Title" = 'note 41' WHERE "Id" = 42""");

        await Refused(busy, await busy.ApplyAsync(), "Notes.Title holds values twice: 1 duplicate, first 41; UniqueTitle fails on them. Nothing was changed.");
    }

    [Fact]
    public async Task AConnectionThatIsMultiplexed()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PlainContext");
        var multiplexed = new NpgsqlConnectionStringBuilder(busy.Database.ConnectionString) { Multiplexing = true, Pooling = true };

        var ended = await busy.ApplyAsync(new Dictionary<string, string> { ["BUSY"] = multiplexed.ConnectionString });

        ended.Code.ShouldBe(2, ended.Output + ended.Error);
        ended.Error.ShouldContain("The connection string asks for multiplexing: a setting or a lock of one statement would belong to another.");
    }

    [Fact]
    public async Task AUserThatMayNot()
    {
        await using var busy = await sample.DatabaseAsync(tool, "PlainContext");
        var role = $"reader_{Guid.NewGuid():N}";
        await busy.Database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{role}'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
        var text = new NpgsqlConnectionStringBuilder(busy.Database.ConnectionString) { Username = role, Password = role };

        var ended = await busy.ApplyAsync(new Dictionary<string, string> { ["BUSY"] = text.ConnectionString });
        await busy.Database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");

        await Refused(busy, ended, $"{role} does not own Notes, which AddTier alters; ");
        ended.Error.ShouldContain($"✗ {role} lacks INSERT on __EFMigrationsHistory, which EF's record of the migrations needs.");
        ended.Error.ShouldContain($"✗ {role} may not create the schema safe_migrate, which the journal needs.");
    }

    [Fact]
    public async Task AnAppliedMigrationThatWasEdited()
    {
        await using var busy = await sample.DatabaseAsync(tool, "EditedContext");
        (await busy.ApplyAsync("--to", "EditTier")).Code.ShouldBe(0);

        var ended = await busy.ApplyAsync(new Dictionary<string, string> { ["BUSY_EDITED"] = "Level" });

        ended.Code.ShouldBe(3, ended.Output + ended.Error);
        ended.Error.ShouldMatch("Migrations/20260102000000_EditTier.cs was edited after it was applied at .* UTC: it does something else now. Nothing was changed.");
        (await busy.ApplyAsync()).Code.ShouldBe(0);
    }

    private static async Task Refused(BusyDatabase busy, ShellResult ended, string sentence)
    {
        ended.Code.ShouldBe(3, ended.Output + ended.Error);
        ended.Error.ShouldContain(sentence);
        (await busy.Database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" """)).ShouldHaveSingleItem();
        (await busy.Database.LinesAsync("SELECT nspname FROM pg_namespace WHERE nspname = 'safe_migrate'")).ShouldBeEmpty();
    }
}
