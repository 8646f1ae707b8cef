using System.Globalization;
using EfSafeMigrate.Engines.Postgres;
using Npgsql.Replication;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>A session in the way of a step is ended only when nothing of anybody is lost by it.</summary>
public sealed class WhoMayBeEnded(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly string role = $"app_{Guid.NewGuid():N}";

    public async Task InitializeAsync() => await database.ExecuteAsync($"""
        CREATE ROLE {role} LOGIN REPLICATION PASSWORD '{role}';
        DROP TABLE IF EXISTS orders, other;
        CREATE TABLE orders (id bigint PRIMARY KEY);
        CREATE TABLE other (id bigint PRIMARY KEY);
        GRANT ALL ON orders, other TO {role};
        """);

    public async Task DisposeAsync() => await database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");

    [Fact]
    public Task AReaderIsEnded() => Verdict("SELECT * FROM orders", null);

    [Fact]
    public Task ASuperuserIsNot() => Verdict("SELECT * FROM orders", "it belongs to a superuser", superuser: true);

    [Fact]
    public Task OneThatHasWrittenRowsIsNot() => Verdict("SELECT * FROM orders; INSERT INTO other VALUES (1)", "it has written rows");

    [Fact]
    public Task OneThatLockedATableOnPurposeIsNot() => Verdict("SELECT * FROM orders; LOCK TABLE other IN SHARE MODE; SELECT 1", "it has locked a table on purpose");

    [Fact]
    public Task OneWhoseLockIsAsWeakAsAReadersIsNot() => Verdict("LOCK TABLE orders IN ACCESS SHARE MODE", "it has locked a table on purpose");

    [Fact]
    public Task ABackupIsNot() => Verdict("SELECT * FROM orders", "it is a run or a backup", application: "pg_dump");

    [Fact]
    public Task AnotherRunIsNot() => Verdict("SELECT * FROM orders", "it is a run or a backup", application: "safe-migrate abc");

    [Fact]
    public async Task OneThatIsNotInTheWayIsNotSpokenOf()
    {
        await using var ours = await PostgresSession.OpenAsync(database);
        await using var theirs = await PostgresSession.OpenAsync(database, "app", role);
        (await VerdictsAsync(ours.Process, theirs.Process)).ShouldBeEmpty();
        await theirs.DoAsync("SELECT 1");
    }

    /// <summary>A sender of the log is in nobody's way as long as it sends; one that is asked for a table's rows before that is.</summary>
    [Fact]
    public async Task AReplicationSessionIsNot()
    {
        await using var sender = new LogicalReplicationConnection(new Npgsql.NpgsqlConnectionStringBuilder(database.Source.ConnectionString) { Username = role, Password = role }.ConnectionString);
        await sender.Open();
        var process = (await database.QueryAsync("SELECT pid::text FROM pg_stat_activity WHERE backend_type = 'walsender' AND usename = @p0", [role], 5, CancellationToken.None)).Rows[0][0]!;
        await using var ours = await PostgresSession.OpenAsync(database);

        // The order of the reasons is the order of their weight: only a session in the way is judged at all.
        var sql = PostgresUpdates.Value.End!(ours.Process, int.Parse(process, CultureInfo.InvariantCulture)).Sql.Replace("other.pid = ANY (pg_blocking_pids(CAST(@p0 AS int)))", "@p0 IS NOT NULL", StringComparison.Ordinal);
        var verdict = await database.QueryAsync(sql, [ours.Process.ToString(CultureInfo.InvariantCulture), process], 5, CancellationToken.None);

        verdict.Rows[0][0].ShouldBe("it serves replication or the server itself");
    }

    private async Task Verdict(string statements, string? why, bool superuser = false, string application = "app")
    {
        await using var theirs = await PostgresSession.OpenAsync(database, application, superuser ? null : role);
        await theirs.DoAsync("BEGIN");
        foreach (var statement in statements.Split(';'))
        {
            await theirs.DoAsync(statement);
        }
        await using var ours = await PostgresSession.OpenAsync(database);
        var altering = ours.DoAsync("ALTER TABLE orders ADD COLUMN extra text");
        await WaitingAsync(ours.Process, theirs.Process);

        var verdict = await EndAsync(ours.Process, theirs.Process);

        verdict.ShouldBe(why);
        if (why is null)
        {
            await altering;
            await Should.ThrowAsync<Npgsql.NpgsqlException>(() => theirs.DoAsync("SELECT 1"));
        }
        else
        {
            await theirs.DoAsync("ROLLBACK");
            await altering;
        }
    }

    private async Task<string?> EndAsync(int ours, int theirs) => (await VerdictsAsync(ours, theirs)).ShouldHaveSingleItem();

    private async Task<IReadOnlyList<string?>> VerdictsAsync(int ours, int theirs)
    {
        var end = PostgresUpdates.Value.End!(ours, theirs);
        return [.. (await database.QueryAsync(end.Sql, end.Parameters, 5, CancellationToken.None)).Rows.Select(row => row[0])];
    }

    private async Task WaitingAsync(int ours, int theirs)
    {
        for (var waits = false; !waits; await Task.Delay(20))
        {
            waits = (await database.QueryAsync("SELECT 1 WHERE CAST(@p1 AS int) = ANY (pg_blocking_pids(CAST(@p0 AS int)))",
                [ours.ToString(CultureInfo.InvariantCulture), theirs.ToString(CultureInfo.InvariantCulture)], 5, CancellationToken.None)).Rows.Count > 0;
        }
    }
}
