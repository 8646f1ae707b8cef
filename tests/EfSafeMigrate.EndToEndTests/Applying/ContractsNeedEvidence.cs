#pragma warning disable CA1416 // The tests run on Linux.
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A contract takes the old column away: not while a release still uses it, and never while a row would lose its value.</summary>
[Collection(nameof(RenamedSample))]
public sealed class ContractsNeedEvidence(InstalledTool tool, RenamedSample sample)
{
    private const string Contract = "RenameIndexed4Contract";

    private static readonly string[] Readers = ["--attest-readers", "the reports were changed in May"];

    [Fact]
    public async Task QuietForAsLongAsItIsAskedFor()
    {
        await using var database = await ReadyAsync();
        var first = await MustAsync(database, 0);
        first.Error.ShouldContain($"{Contract}: Nobody has looked before at how often the old shape is used.");
        var before = await StateAsync(database);

        var early = await MustAsync(database, 3, ["--until", "contract", .. Readers]);
        early.Error.ShouldContain($"{Contract} waits: The old shape was not used since ");
        early.Error.ShouldContain("The quiet period is 10 min. Nothing was changed.");
        early.Error.ShouldMatch(@"→ dotnet safe-migrate apply --until contract   after \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC");
        (await StateAsync(database)).ShouldBe(before);

        await database.ExecuteAsync("""UPDATE "Customers" SET "Name" = 'An old release wrote' WHERE "Id" IN (3, 4)""");
        before = await StateAsync(database);
        var written = await MustAsync(database, 3, "--until", "contract", "--quiet-period", "2s");
        written.Error.ShouldContain($"{Contract} waits: The old shape was used between ");
        written.Error.ShouldContain("(2 writes counted by ");
        (await StateAsync(database)).ShouldBe(before);

        // The new release's own writes do not count.
        await database.ExecuteAsync("""UPDATE "Customers" SET "FullName" = 'A new release wrote' WHERE "Id" = 5""");
        var waited = 0;
        ShellResult ended;
        for (ended = written; ended.Code == 3 && waited < 10; waited++)
        {
            ended.Error.ShouldContain("(2 writes counted by ");
            ended = await ApplyAsync(database, "--until", "contract", "--quiet-period", "2s");
        }
        ended.Code.ShouldBe(0, ended.Error);
        (await database.LinesAsync("""SELECT "FullName" FROM "Customers" WHERE "Id" BETWEEN 3 AND 5 ORDER BY "Id" """))
            .ShouldBe(["An old release wrote", "An old release wrote", "A new release wrote"]);
        (await ColumnsAsync(database)).ShouldNotContain("Name");
        (await OfKindAsync(database, "readers-attested", "reason")).ShouldBe([Readers[1]]);
        (await OfKindAsync(database, "overridden", "safeguard")).ShouldNotContain(safeguard => safeguard.Contains("gate", StringComparison.Ordinal));
    }

    /// <summary>What is known at the start is not found out behind a backup and a rehearsal; what changes meanwhile still counts.</summary>
    [Fact]
    public async Task AskedBeforeAnythingIsDumped()
    {
        await using var database = await ReadyAsync();
        await MustAsync(database, 0);
        var folder = Directory.CreateTempSubdirectory("safe-migrate-dumps-").FullName;
        var dumps = Path.Combine(folder, "dumps");
        var programs = await CountedAsync(folder);
        string[] until = ["apply", "--until", "contract", "--backup-dir", Path.Combine(folder, "backups"), .. Readers];
        var before = await StateAsync(database);

        var early = await WrappedAsync(database, programs, until);

        (early.Code, File.Exists(dumps)).ShouldBe((3, false), early.Output + early.Error);
        early.Error.ShouldContain($"{Contract} waits: ");
        (await StateAsync(database)).ShouldBe(before);
        (await OfKindAsync(database, "readers-attested", "reason")).ShouldBe([Readers[1]]);

        var wrapped = WrappedAsync(database, programs, [.. until, "--quiet-period", "0s"]);
        while (!File.Exists(dumps) && !wrapped.IsCompleted)
        {
            await Task.Delay(50);
        }
        await database.ExecuteAsync("""UPDATE "Customers" SET "Name" = 'An old release wrote' WHERE "Id" = 9""");
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "");
        var meanwhile = await wrapped;

        meanwhile.Code.ShouldBe(3, meanwhile.Output + meanwhile.Error);
        meanwhile.Error.ShouldContain("(1 write counted by ");
        (await File.ReadAllLinesAsync(dumps)).Length.ShouldBe(1);
        (await ColumnsAsync(database)).ShouldContain("Name");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task NobodyKnowsWhoReads()
    {
        await using var database = await ReadyAsync();
        await MustAsync(database, 0);
        var before = await StateAsync(database);

        var unseen = await MustAsync(database, 3, "--until", "contract", "--quiet-period", "0s");

        unseen.Error.ShouldContain($"{Contract}: the server does not count statements (pg_stat_statements), so nobody knows whether the old shape is still read. Nothing was changed.");
        unseen.Error.ShouldContain("→ --attest-readers \"why nobody reads it any more\"");
        (await MustAsync(database, 2, "--until", "contract", "--attest-readers", " ")).Error.ShouldContain("--attest-readers needs a reason.");
        (await StateAsync(database)).ShouldBe(before);
        await MustAsync(database, 0, ["--until", "contract", "--quiet-period", "0s", .. Readers]);
    }

    [Fact]
    public async Task NoFlagSetsRowsAsideThatWouldLoseTheirValue()
    {
        await using var database = await ReadyAsync();
        await MustAsync(database, 0);
        await database.ExecuteAsync("""
            ALTER TABLE "Customers" DISABLE TRIGGER USER;
            UPDATE "Customers" SET "Name" = 'Past the trigger' WHERE "Id" <= 2;
            ALTER TABLE "Customers" ENABLE TRIGGER USER;
            """);
        var before = await StateAsync(database);
        string[] forced = ["--until", "contract", "--force-contract", "--reason", "the old release was stopped at nine"];

        var refused = await MustAsync(database, 3, [.. forced, "--quiet-period", "0s", .. Readers]);

        refused.Error.ShouldContain($"{Contract} would lose data: 2 rows of Customers have another value in FullName than the old shape says. Nothing was changed.");
        (await StateAsync(database)).ShouldBe(before);

        await database.ExecuteAsync("""UPDATE "Customers" SET "FullName" = "Name" WHERE "Id" <= 2""");
        before = await StateAsync(database);
        (await MustAsync(database, 2, "--until", "contract", "--force-contract")).Error.ShouldContain("--force-contract needs a reason.");
        (await MustAsync(database, 2, "--until", "contract", "--force-contract", "--reason", " ")).Error.ShouldContain("--force-contract needs a reason.");
        (await StateAsync(database)).ShouldBe(before);
        await MustAsync(database, 0, forced);
        (await OfKindAsync(database, "overridden", "safeguard")).ShouldContain($"contract gate of {Contract}");
        (await OfKindAsync(database, "overridden", "reason")).ShouldContain("the old release was stopped at nine");
        (await database.LinesAsync("""SELECT count(*) FROM "Customers" WHERE "FullName" = 'Past the trigger' """)).ShouldBe(["2"]);
    }

    [Fact]
    public async Task NotInOneRunWithItsExpansion()
    {
        await using var database = await ReadyAsync();
        var before = await StateAsync(database);

        var refused = await MustAsync(database, 3, ["--until", "contract", "--quiet-period", "0s", "--force-contract", "--reason", "all at once", .. Readers]);

        refused.Error.ShouldContain($"{Contract} cannot follow RenameIndexed1Expand in one run: between them the old release has to go. Nothing was changed.");
        refused.Error.ShouldContain("→ dotnet safe-migrate apply   then deploy");
        (await StateAsync(database)).ShouldBe(before);
    }

    /// <summary>Where the server counts statements, nobody has to be asked who reads.</summary>
    [Fact]
    public async Task AReaderIsSeenByTheServer()
    {
        await sample.ReadyAsync(tool);
        await using var server = await OwnServer.StartAsync(options: "-c shared_preload_libraries=pg_stat_statements");
        await using var database = new PhasedDatabase("read", server.ConnectionString);
        await database.CreateAsync();
        await sample.FillAsync(database, 100);
        await database.ExecuteAsync("CREATE SCHEMA seen; CREATE EXTENSION pg_stat_statements SCHEMA seen");
        // The extension's schema has to be on the path of whoever migrates.
        await database.ExecuteAsync($"ALTER DATABASE {database.Name} SET search_path = public, seen");
        await MustAsync(database, 0);
        await database.ExecuteAsync("""SELECT c."Id", c."Name" FROM "Customers" AS c WHERE c."Id" = 7""");
        var read = await MustAsync(database, 3, "--until", "contract", "--quiet-period", "2s");

        read.Error.ShouldContain($"{Contract} waits: The old shape was used between ");
        read.Error.ShouldContain("(1 statement on Customers.Name)");
        (await ColumnsAsync(database)).ShouldContain("Name");
        ShellResult ended;
        var waited = 0;
        for (ended = read; ended.Code == 3 && waited < 10; waited++)
        {
            ended = await ApplyAsync(database, "--until", "contract", "--quiet-period", "2s");
        }
        ended.Code.ShouldBe(0, ended.Error);
        (await ColumnsAsync(database)).ShouldNotContain("Name");
        (await OfKindAsync(database, "readers-attested", "reason")).ShouldBeEmpty();
    }

    private Task<ShellResult> WrappedAsync(PhasedDatabase database, string programs, string[] arguments) => tool.RunAsItIsAsync(
        sample.Project, [.. arguments, "--context", RenamedSample.Pattern.Context, "--no-build", "--accept-data-loss", Contract],
        environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString, ["SAFE_MIGRATE_PGBIN"] = programs });

    /// <summary>The server's programs, of which the one that dumps writes a line each time, and waits until it may go.</summary>
    private static async Task<string> CountedAsync(string folder)
    {
        var counted = Directory.CreateDirectory(Path.Combine(folder, "programs")).FullName;
        var dump = Path.Combine(counted, "pg_dump");
        File.CreateSymbolicLink(Path.Combine(counted, "pg_restore"), Path.Combine(OwnServer.Programs, "pg_restore"));
        await File.WriteAllTextAsync(dump, $$"""
            #!/bin/sh
            [ "$1" = --version ] || { echo dump >> {{folder}}/dumps; while [ ! -e {{folder}}/go ]; do sleep 0.1; done; }
            exec {{OwnServer.Programs}}/pg_dump "$@"

            """);
        File.SetUnixFileMode(dump, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return counted;
    }

    private async Task<PhasedDatabase> ReadyAsync()
    {
        await sample.ReadyAsync(tool);
        return await sample.CopyAsync();
    }

    private Task<ShellResult> ApplyAsync(PhasedDatabase database, params string[] arguments) => tool.RunAsync(
        sample.Project, ["apply", "--context", RenamedSample.Pattern.Context, "--no-build", "--accept-data-loss", Contract, .. arguments],
        environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString });

    private async Task<ShellResult> MustAsync(PhasedDatabase database, int code, params string[] arguments)
    {
        var ended = await ApplyAsync(database, arguments);
        ended.Code.ShouldBe(code, ended.Output + ended.Error);
        return ended;
    }

    private static async Task<IReadOnlyList<string>> StateAsync(PhasedDatabase database) =>
        [.. await Catalogue.SchemaAsync(database), .. await Catalogue.DataAsync(database, []), .. await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""")];

    private static Task<IReadOnlyList<string>> ColumnsAsync(PhasedDatabase database) =>
        database.LinesAsync("""SELECT attname FROM pg_attribute WHERE attrelid = '"Customers"'::regclass AND attnum > 0 AND NOT attisdropped""");

    private static Task<IReadOnlyList<string>> OfKindAsync(PhasedDatabase database, string kind, string value) =>
        database.LinesAsync($"SELECT entry::json ->> '{value}' FROM safe_migrate.journal WHERE kind = '{kind}' ORDER BY number");
}
