using EfSafeMigrate.EndToEndTests.Phases;
using Npgsql;
using Xunit.Abstractions;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>One operator fills and constrains, another already wants the contract, and the old release writes all the while.</summary>
[Collection(nameof(RenamedSample))]
public sealed class ContractTooEarly(InstalledTool tool, RenamedSample sample, ITestOutputHelper output)
{
    private const string Contract = "RenameIndexed4Contract";

    private static readonly string[] Moments = ["plan", "2Backfill", "3Constrain1", "3Constrain2", "3Constrain3"];

    private static readonly string[] Impatient = ["--until", "contract", "--accept-data-loss", Contract, "--attest-readers", "the second operator says so"];

    [Fact]
    public async Task TheSecondIsHeldBack()
    {
        await sample.ReadyAsync(tool);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var time = 0; time < (RenamedSample.Full ? 20 : 1); time++)
        {
            await using var database = await sample.CopyAsync();
            using var writing = new CancellationTokenSource();
            var writer = WriteAsync(database, writing.Token);
            await using var first = sample.Apply(tool, database);
            var moment = Moments[random.Next(Moments.Length)];
            _ = await (moment == "plan" ? first.LineAsync("plan") : first.LineAsync("command-began", moment));
            // With a waiting second run the first ends meanwhile, without one it does not.
            await using var second = sample.Apply(tool, database, null, [.. Impatient, "--lock-wait", time % 2 == 0 ? "0" : "300"]);
            var (one, two) = (await first.EndAsync(), await second.EndAsync());
            await writing.CancelAsync();
            var written = await writer;
            var said = $"seed {seed}, time {time}, at {moment}\n{one}\n{two}";

            one.Code.ShouldBe(0, said);
            two.Code.ShouldBe(3, said);
            two.Error.ShouldMatch($"Another run is at work on this database: .*, process |Another run has changed what is applied since|{Contract} cannot follow RenameIndexed|{Contract} waits: ", said);
            two.Error.ShouldContain("Nothing was changed", Case.Sensitive, said);
            (await Catalogue.SchemaAsync(database)).ShouldBe(sample.Gate.Schema, said);
            (await database.LinesAsync("""SELECT count(*) FILTER (WHERE "FullName" = "Name"), count(*) FILTER (WHERE "FullName" IS DISTINCT FROM "Name") FROM "Customers" WHERE "Code" = 'written' """))
                .ShouldBe([$"{written} | 0"], said);
            await AppliedOnceAsync(database, sample.Gate.Migrations, said);

            await using var third = sample.Apply(tool, database, null, [.. Impatient, "--quiet-period", "0s"]);
            var ended = await third.EndAsync();
            for (var look = 0; ended.Code == 3 && ended.Error.Contains($"{Contract} waits: ", StringComparison.Ordinal) && look < 2; look++)
            {
                await using var next = sample.Apply(tool, database, null, [.. Impatient, "--quiet-period", "0s"]);
                ended = await next.EndAsync();
            }
            ended.Code.ShouldBe(0, $"{said}\n{ended}");
            (await database.LinesAsync("""SELECT count(*) FROM "Customers" WHERE "Code" = 'written' AND "FullName" LIKE 'Written %' """)).ShouldBe([$"{written}"], said);
            output.WriteLine($"time {time}: at {moment}, {written} rows written meanwhile, second run: {two.Error.Trim().Split('\n')[^2].Trim()}");
        }
    }

    private static async Task AppliedOnceAsync(PhasedDatabase database, IReadOnlyList<string> migrations, string said)
    {
        (await database.LinesAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""")).ShouldBe(migrations, said);
        (await database.LinesAsync("SELECT entry::json ->> 'migration' FROM safe_migrate.journal WHERE kind = 'step-ended' ORDER BY 1")).ShouldBe([.. migrations.Skip(1)], said);
    }

    /// <summary>The old release, which knows only the old name.</summary>
    private static async Task<int> WriteAsync(PhasedDatabase database, CancellationToken until)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        for (var written = 0; ; written++)
        {
            if (until.IsCancellationRequested)
            {
                return written;
            }
            await using var command = new NpgsqlCommand("""INSERT INTO "Customers" ("Name", "Code", "Balance") VALUES ('Written ' || $1, 'written', 0)""", connection);
            command.Parameters.Add(new() { Value = written });
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
