extern alias MySqlData;

using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>Who waits for whom, seen on tables that are large enough for a statement to last a while.</summary>
public sealed class MariaDbStopsOthers(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    private const string Schema = """
        CREATE TABLE customers (id int PRIMARY KEY, name varchar(50));
        CREATE TABLE orders (id int AUTO_INCREMENT PRIMARY KEY, customer_id int NOT NULL, qty int, note varchar(200), body text, KEY ix (customer_id));
        CREATE TABLE apart (id int);
        INSERT INTO customers SELECT seq, 'c' FROM seq_1_to_100;
        INSERT INTO orders SELECT seq, 1 + seq MOD 100, seq, repeat('n', 100), 'some words' FROM seq_1_to_100000;
        """;

    private const string WriteOrders = "INSERT INTO orders (customer_id, qty) VALUES (1, 1)";
    private const string WriteCustomers = "UPDATE customers SET name = 'd' WHERE id = 1";
    /// <summary>Nothing to do with the others: who cannot write it either has met the lock that a backup takes of the whole server.</summary>
    private const string WriteApart = "INSERT INTO apart VALUES (1)";
    private const string ReadOrders = "SELECT count(*) FROM (SELECT id FROM orders LIMIT 1) o";

    /// <summary>Copies stop writers from beginning to end; the table that a new key points to as well.</summary>
    [Theory]
    [InlineData("ALTER TABLE orders MODIFY COLUMN qty bigint", "copy to tmp table", true, false)]
    [InlineData("ALTER TABLE orders ADD CONSTRAINT ck CHECK (qty >= 0)", "copy to tmp table", true, false)]
    [InlineData("ALTER TABLE orders ADD COLUMN token char(36) DEFAULT (uuid())", "copy to tmp table", true, false)]
    [InlineData("ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)", "copy to tmp table", true, true)]
    [InlineData("ALTER TABLE orders ENGINE=Aria", "copy to tmp table", true, false)]
    [InlineData("ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4", "copy to tmp table", true, false)]
    [InlineData("CREATE FULLTEXT INDEX ft ON orders (body)", "altering table", true, false)]
    [InlineData("ALTER TABLE orders MODIFY COLUMN qty int NOT NULL", "altering table", false, false)]
    [InlineData("CREATE INDEX ix_note ON orders (note)", "altering table", false, false)]
    public async Task WhileAStatementWorks(string ddl, string phase, bool stopsWriters, bool stopsWritersOfTheOther)
    {
        var seen = new List<(bool Writer, bool WriterOfOther)>();
        for (var time = 0; time < 10 && seen.Count == 0; time++)
        {
            await SeeAsync(ddl, phase, seen);
        }

        seen.ShouldNotBeEmpty("no reader was let past while it worked");
        seen.ShouldAllBe(attempt => attempt.Writer == stopsWriters && attempt.WriterOfOther == stopsWritersOfTheOther);
    }

    /// <summary>
    /// Every statement has the table to itself for a moment at its end, while its phase is still called the same: the
    /// attempts of the writers count where a reader is let past after them.
    /// </summary>
    private async Task SeeAsync(string ddl, string phase, List<(bool Writer, bool WriterOfOther)> seen)
    {
        await database.RenewAsync();
        await database.ExecuteAsync(Schema);
        await using var other = await database.OpenAsync();
        await other.RunAsync("SET lock_wait_timeout = 0, innodb_lock_wait_timeout = 1");
        var (altering, working) = await database.BeginAsync(ddl);
        while (!working.IsCompleted)
        {
            if ((await PhaseAsync(other, altering) is var before && before != phase) || await other.ErrorAsync(WriteApart) is not null)
            {
                continue;
            }
            var attempt = (await other.ErrorAsync(WriteOrders) is not null, await other.ErrorAsync(WriteCustomers) is not null);
            var free = await other.ErrorAsync(WriteApart) is null;
            var readable = await other.ErrorAsync(ReadOrders) is null;
            if (free && readable && await PhaseAsync(other, altering) == phase)
            {
                seen.Add(attempt);
            }
        }
        await working;
    }

    /// <summary>A statement that waits lets nobody past, however little it has to do; and it waits for a day unless it is told otherwise.</summary>
    [Fact]
    public async Task TheQueueBehindAnOpenTransaction()
    {
        await database.RenewAsync();
        await database.ExecuteAsync(Schema.Replace("seq_1_to_100000", "seq_1_to_100", StringComparison.Ordinal));
        await using var reader = await database.OpenAsync();
        await using var other = await database.OpenAsync();
        (await other.AskAsync("SELECT @@lock_wait_timeout")).ShouldBe("86400");
        await other.RunAsync("SET lock_wait_timeout = 0");
        await reader.RunAsync($"START TRANSACTION; {ReadOrders}");
        (await other.ErrorAsync(ReadOrders)).ShouldBeNull();

        var (altering, waiting) = await database.BeginAsync("ALTER TABLE orders ADD COLUMN extra int NULL, ALGORITHM=INSTANT");
        while (await PhaseAsync(other, altering) != "Waiting for table metadata lock")
        {
            waiting.IsCompleted.ShouldBeFalse();
        }
        (await other.ErrorAsync(ReadOrders)).ShouldBe(1205);
        (await other.ErrorAsync(WriteOrders)).ShouldBe(1205);
        await reader.RunAsync("COMMIT");
        await waiting;

        (await other.ErrorAsync(ReadOrders)).ShouldBeNull();
    }

    /// <summary>With a limit it gives up, has done nothing, and frees those behind it.</summary>
    [Theory]
    [InlineData("SET SESSION lock_wait_timeout = 1; ALTER TABLE orders ADD COLUMN extra int NULL")]
    [InlineData("ALTER TABLE orders NOWAIT ADD COLUMN extra int NULL")]
    [InlineData("ALTER TABLE orders WAIT 1 ADD COLUMN extra int NULL")]
    [InlineData("SET STATEMENT lock_wait_timeout = 1 FOR ALTER TABLE orders ADD COLUMN extra int NULL")]
    public async Task ALimitOnTheWait(string ddl)
    {
        await database.RenewAsync();
        await database.ExecuteAsync(Schema.Replace("seq_1_to_100000", "seq_1_to_100", StringComparison.Ordinal));
        await using var reader = await database.OpenAsync();
        await using var altering = await database.OpenAsync();
        await reader.RunAsync($"START TRANSACTION; {ReadOrders}");

        (await altering.ErrorAsync(ddl)).ShouldBe(1205);

        (await reader.ErrorAsync($"COMMIT; SELECT extra FROM orders")).ShouldBe(1054);
    }

    /// <summary>A key makes writers of one table stand in the way of the other's changes.</summary>
    [Fact]
    public async Task AnOpenWriteAcrossAKey()
    {
        await database.RenewAsync();
        await database.ExecuteAsync(Schema.Replace("seq_1_to_100000", "seq_1_to_100", StringComparison.Ordinal)
            + "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)");
        await using var writer = await database.OpenAsync();
        await using var altering = await database.OpenAsync();
        await altering.RunAsync("SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1");

        await writer.RunAsync("START TRANSACTION; INSERT INTO customers VALUES (1000, 'x')");
        (await altering.ErrorAsync("ALTER TABLE orders ADD COLUMN extra int NULL")).ShouldBe(1205, "the child waits for a writer of its parent");
        await writer.RunAsync("ROLLBACK; START TRANSACTION");
        await writer.RunAsync(WriteOrders);
        (await altering.ErrorAsync("ALTER TABLE customers ADD COLUMN extra int NULL")).ShouldBe(1205, "the parent waits for a writer of its child, by the other limit");
    }

    private static Task<string?> PhaseAsync(MySqlConnection other, int thread) =>
        other.AskAsync($"SELECT state FROM information_schema.processlist WHERE id = {thread}");
}
