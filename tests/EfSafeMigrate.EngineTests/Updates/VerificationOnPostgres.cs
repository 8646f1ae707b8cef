using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Updates;
using static EfSafeMigrate.EngineTests.Schema;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>After the steps nothing is left unproved that was not so before, and the smoke queries answer.</summary>
public sealed class VerificationOnPostgres(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Ddl = "CREATE TABLE orders (id bigint PRIMARY KEY, code text);";

    private readonly UpdatePlan plan = Preflighting.Plan(database, database.Engine.Model(Ddl).Set(new AddColumn(Table("orders"), new("extra", "text", true))), FactSheet.Unknown);

    public async Task InitializeAsync()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS orders");
        await database.ExecuteAsync(Ddl);
        await database.ExecuteAsync("INSERT INTO orders VALUES (1, 'same'), (2, 'same')");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task AnInvalidIndexNeedsAPerson()
    {
        var before = await UnprovedAsync();
        await Should.ThrowAsync<Npgsql.PostgresException>(() => database.ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY ux_code ON orders (code)"));
        var after = await UnprovedAsync();

        var failure = Should.Throw<SafeMigrateException>(() => Verification.CheckProved(before, after, plan));

        (failure.Code, failure.Message).ShouldBe((ExitCode.NeedsPerson, "The steps are done, but the index ux_code on orders is not valid."));
        Verification.CheckProved(after, after, plan);
    }

    [Fact]
    public async Task AConstraintThatNobodyValidatesNeedsAPerson()
    {
        var before = await UnprovedAsync();
        await database.ExecuteAsync("ALTER TABLE orders ADD CONSTRAINT ck_code CHECK (code <> 'same') NOT VALID");
        var after = await UnprovedAsync();
        var next = new MigrationChanges("20260102000000_Prove", database.Engine.Model(Ddl), [new ValidateConstraint(Table("orders"), "ck_code")]);

        var failure = Should.Throw<SafeMigrateException>(() => Verification.CheckProved(before, after, plan));

        (failure.Code, failure.Message).ShouldBe((ExitCode.NeedsPerson, "The steps are done, but the constraint ck_code on orders is not valid, and no pending migration validates it."));
        failure.Next.ShouldStartWith("ALTER TABLE orders VALIDATE CONSTRAINT ck_code");
        Verification.CheckProved(before, after, plan with { Later = [next] });
    }

    [Fact]
    public async Task ASmokeQueryThatFailsOrAnswersFalseNeedsAPerson()
    {
        await Verification.SmokeAsync(database.QueryAsync, "orders are there", "SELECT count(*) > 1 FROM orders", CancellationToken.None);
        await Verification.SmokeAsync(database.QueryAsync, "orders are there", "SELECT code FROM orders WHERE id = 7", CancellationToken.None);

        var none = await Should.ThrowAsync<SafeMigrateException>(() => Verification.SmokeAsync(database.QueryAsync, "orders are there", "SELECT count(*) > 5 FROM orders", CancellationToken.None));
        var broken = await Should.ThrowAsync<SafeMigrateException>(() => Verification.SmokeAsync(database.QueryAsync, "orders are there", "SELECT gone FROM orders", CancellationToken.None));

        (none.Code, none.Message).ShouldBe((ExitCode.NeedsPerson, "The steps are done, but the smoke query `orders are there` fails: it answers false."));
        broken.Message.ShouldBe("The steps are done, but the smoke query `orders are there` fails: column \"gone\" does not exist.");
    }

    private Task<IReadOnlyList<Unproved>> UnprovedAsync() => Verification.UnprovedAsync(database.QueryAsync, database.Engine, CancellationToken.None);
}
