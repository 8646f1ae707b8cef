using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A database that was there before the tool: it is taken in as it is, or refused with what is missing.</summary>
[Collection(nameof(RenamedSample))]
public sealed class ADatabaseIsAdopted(InstalledTool tool, RenamedSample sample)
{
    private const string ByHand = """DROP TABLE "__EFMigrationsHistory" """;

    [Fact]
    public async Task WithTheHistoryOfEf()
    {
        await using var database = await ReadyAsync();
        var before = await StateAsync(database);
        var history = await HistoryAsync(database);

        var adopted = await MustAsync(database, 0, RenamedSample.Pattern.Context, "adopt");

        adopted.Output.ShouldContain($"1 migration up to {PhasedSample.Initial} was there; EF had recorded it.");
        (await StateAsync(database)).ShouldBe(before);
        (await HistoryAsync(database)).ShouldBe(history);
        (await sample.StatusAsync(tool, database)).Elsewhere.ShouldBeEmpty();
        (await MustAsync(database, 0, "StoreContext", "apply")).Output.ShouldContain("No migration is pending.");
        await MustAsync(database, 0, RenamedSample.Pattern.Context, "apply");
        (await Catalogue.SchemaAsync(database)).ShouldBe(sample.Gate.Schema);
        (await Catalogue.DataAsync(database, [])).ShouldBe(sample.Gate.Data);
    }

    [Fact]
    public async Task WithoutAny()
    {
        await using var database = await ReadyAsync();
        await database.ExecuteAsync(ByHand);
        var before = await StateAsync(database);

        var unsaid = await MustAsync(database, 2, RenamedSample.Pattern.Context, "adopt");
        unsaid.Error.ShouldContain("EF has recorded no migration in this database, so it has to be said which are in it.");
        unsaid.Error.ShouldContain("→ dotnet safe-migrate adopt --to MIGRATION");
        (await StateAsync(database)).ShouldBe(before);
        (await database.LinesAsync("""SELECT to_regclass('"__EFMigrationsHistory"')::text, to_regnamespace('safe_migrate')::text""")).ShouldBe([" | "]);

        var adopted = await MustAsync(database, 0, RenamedSample.Pattern.Context, "adopt", "--to", "Initial");

        adopted.Output.ShouldContain($"1 migration up to {PhasedSample.Initial} was there; EF had not recorded it.");
        (await StateAsync(database)).ShouldBe(before);
        (await HistoryAsync(database)).ShouldBe([PhasedSample.Initial]);
        (await MustAsync(database, 0, "StoreContext", "apply")).Output.ShouldContain("No migration is pending.");
        await MustAsync(database, 0, RenamedSample.Pattern.Context, "apply");
        (await Catalogue.SchemaAsync(database)).ShouldBe(sample.Gate.Schema);
        (await HistoryAsync(database)).ShouldBe(sample.Gate.Migrations);
    }

    [Theory]
    [InlineData("""ALTER TABLE "Customers" DROP COLUMN "Phone" """, "Initial", "The column Customers.Phone is not in the database, and 20260112093000_Initial has it. Nothing was changed.")]
    [InlineData("""ALTER TABLE "Customers" RENAME COLUMN "Phone" TO phone""", "Initial", "The column Customers.Phone is not in the database, and 20260112093000_Initial has it. Nothing was changed.")]
    [InlineData("""ALTER TABLE "Orders" RENAME TO "OrdersOld" """, "Initial", "The table Orders is not in the database, and 20260112093000_Initial has it. Nothing was changed.")]
    [InlineData("""ALTER TABLE "Customers" ADD COLUMN "FullName" text""", "Initial", "The column Customers.FullName is in the database, and only ")]
    [InlineData("SELECT 1", "RenameIndexed1Expand", "The column Customers.FullName is not in the database, and ")]
    public async Task NotWhenItIsAnotherOne(string drift, string to, string sentence)
    {
        await using var database = await ReadyAsync();
        await database.ExecuteAsync($"{ByHand}; {drift}");
        var before = await StateAsync(database);

        var refused = await MustAsync(database, 3, RenamedSample.Pattern.Context, "adopt", "--to", to);

        refused.Error.ShouldContain(sentence);
        refused.Error.ShouldContain("→ compare the database with the migrations, and name with --to the newest one that is in it");
        (await StateAsync(database)).ShouldBe(before);
        (await database.LinesAsync("""SELECT to_regclass('"__EFMigrationsHistory"')::text, to_regnamespace('safe_migrate')::text""")).ShouldBe([" | "]);
    }

    [Fact]
    public async Task NotByWhoMayNotKeepAJournal()
    {
        await using var database = await ReadyAsync();
        var role = $"poor_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"{ByHand}; CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role}");
        var before = await StateAsync(database);
        var poor = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role };

        var refused = await tool.RunAsync(
            sample.Project, ["adopt", "--to", "Initial", "--context", "StoreContext", "--no-build"], environment: new Dictionary<string, string> { ["PHASES"] = poor.ConnectionString });
        await database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");

        refused.Code.ShouldBe(2, refused.Error);
        refused.Error.ShouldContain($"The journal cannot be made: permission denied for database {database.Name}. Nothing was changed.");
        (await StateAsync(database)).ShouldBe(before);
        (await database.LinesAsync("""SELECT to_regclass('"__EFMigrationsHistory"')::text""")).ShouldBe([""]);
    }

    private async Task<PhasedDatabase> ReadyAsync()
    {
        await sample.ReadyAsync(tool);
        return await sample.CopyAsync();
    }

    private async Task<ShellResult> MustAsync(PhasedDatabase database, int code, string context, string verb, params string[] arguments)
    {
        var ended = await tool.RunAsync(
            sample.Project, [verb, "--context", context, "--no-build", .. arguments], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });
        ended.Code.ShouldBe(code, ended.Output + ended.Error);
        return ended;
    }

    private static Task<IReadOnlyList<string>> HistoryAsync(PhasedDatabase database) => database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");

    /// <summary>Also what any DDL would leave: the catalogue's rows as they were written.</summary>
    private static async Task<IReadOnlyList<string>> StateAsync(PhasedDatabase database) =>
    [
        .. await Catalogue.SchemaAsync(database), .. await Catalogue.DataAsync(database, []),
        .. await database.LinesAsync("""
            SELECT c.relname, c.oid, c.relfilenode, c.xmin, (SELECT max(a.xmin::text::bigint) FROM pg_attribute a WHERE a.attrelid = c.oid)
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '%\_\_EF%' ORDER BY 1
            """),
    ];
}
