using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;
using Microsoft.Data.Sqlite;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>A case applied to a file in WAL mode as EF does it, with another connection that reads and writes meanwhile.</summary>
internal sealed record SqliteStory
{
    public const int Rows = 2_000;
    private const int Busy = 5;
    private const string Beside = "SELECT sql FROM sqlite_master WHERE name = 'customers'";

    /// <summary>The message when it failed, else null.</summary>
    public string? Failure { get; private set; }

    /// <summary>As many rows as the table has were written.</summary>
    public bool Copies { get; private set; }

    /// <summary>What it did to another table was there to stay before its last command ran.</summary>
    public bool StaysHalfApplied { get; private set; }

    /// <summary>Another connection's write found the file locked.</summary>
    public bool StopsWriters { get; private set; }

    public long RowsLeft { get; private set; } = Rows;

    public bool StopsReaders { get; private set; }

    /// <summary>The definitions of what the file has only afterwards.</summary>
    public string Added { get; private set; } = "";

    /// <summary>Names that the file had before and has no more.</summary>
    public IReadOnlyList<string> Gone { get; private set; } = [];

    public IReadOnlyList<string> LostTriggers { get; private set; } = [];

    /// <summary>What the running release's queries end with.</summary>
    public IReadOnlyList<string> OldRelease { get; private set; } = [];

    /// <param name="prepare">Rows to plant or to take away first.</param>
    public static SqliteStory Of(RuleCase @case, string prepare = "")
    {
        SQLitePCL.Batteries_V2.Init();
        var folder = Directory.CreateTempSubdirectory("safe-migrate-rules-").FullName;
        try
        {
            using var migration = Open(folder);
            migration.Run($"PRAGMA journal_mode = WAL; {Shop.SchemaOn(RuleCase.Sqlite)} {Shop.FillOn(RuleCase.Sqlite, Rows)} {@case.Setup};{prepare}");
            using var release = Open(folder);
            var story = new SqliteStory();
            story.Apply(migration, release, @case);
            story.Finish(release);
            return story;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Apply(SqliteConnection migration, SqliteConnection release, RuleCase @case)
    {
        var commands = @case.Operations.Count > 0
            ? EfStatements.Commands(@case.Operations, After(RuleCaseRun.Set(@case).Migrations[0]), RuleCase.Sqlite).Select(command => (Sql: command.CommandText, command.TransactionSuppressed))
            : @case.Sql.Select(sql => (Sql: sql, TransactionSuppressed: !@case.InTransaction));
        const string End = "SELECT 1";
        var triggers = Triggers(migration);
        var definitions = Definitions(migration);
        var beside = release.Value(Beside);
        var open = false;
        foreach (var (sql, suppressed) in commands.Append((End, true)))
        {
            if (open && suppressed)
            {
                Look(release);
                migration.Run("COMMIT");
                open = false;
                StaysHalfApplied |= sql != End && release.Value(Beside) != beside;
            }
            if (!open && !suppressed)
            {
                migration.Run("BEGIN IMMEDIATE");
                open = true;
            }
            try
            {
                var before = Changed(migration);
                migration.Run(sql);
                Copies |= Changed(migration) - before >= Rows;
            }
            catch (SqliteException exception)
            {
                Failure = exception.Message;
                return;
            }
        }
        LostTriggers = [.. triggers.Except(Triggers(migration))];
        var now = Definitions(migration);
        Added = string.Join('\n', now.Except(definitions).Select(each => each.Sql));
        Gone = [.. definitions.Select(each => each.Name).Except(now.Select(each => each.Name))];
    }

    private void Look(SqliteConnection release)
    {
        StopsReaders |= Tried(release, "SELECT count(*) FROM orders") == Busy;
        StopsWriters |= Tried(release, "INSERT INTO customers (name) VALUES ('late')") == Busy;
    }

    private void Finish(SqliteConnection release)
    {
        if (Failure is not null)
        {
            return;
        }
        RowsLeft = release.Value("SELECT count(*) FROM sqlite_master WHERE name = 'orders'") == "1" ? long.Parse(release.Value("SELECT count(*) FROM orders")!, System.Globalization.CultureInfo.InvariantCulture) : Rows;
        OldRelease =
        [
            .. new[] { "SELECT id, customer_id, qty, total, note, code, number, status FROM orders LIMIT 1", "INSERT INTO orders (customer_id, qty, note) VALUES (1, 1, 'n')", "SELECT id, email, name FROM customers LIMIT 1" }
                .Select(sql => Message(release, sql)).OfType<string>(),
        ];
    }

    private static DatabaseModel After(MigrationChanges migration) => migration.Changes.Aggregate(migration.Source, Evolution.After);

    private static long Changed(SqliteConnection connection) => (long)Convert.ToDouble(connection.Value("SELECT total_changes()"), System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Triggers(SqliteConnection connection) =>
        connection.Rows("SELECT name FROM sqlite_master WHERE type = 'trigger'").Select(row => row[0]!).ToList();

    private static IReadOnlyList<(string Name, string? Sql)> Definitions(SqliteConnection connection) =>
        [.. connection.Rows("SELECT name, sql FROM sqlite_master").Select(row => (row[0]!, row[1]))];

    private static int Tried(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // The provider tries again until its time is over; so it is from the beginning.
        (command.CommandText, command.CommandTimeout) = (sql, -1);
        try
        {
            command.ExecuteNonQuery();
            return 0;
        }
        catch (SqliteException exception)
        {
            return exception.SqliteErrorCode;
        }
    }

    private static string? Message(SqliteConnection connection, string sql)
    {
        try
        {
            connection.Run(sql);
            return null;
        }
        catch (SqliteException exception)
        {
            return exception.Message;
        }
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "test.db")};Pooling=False;Default Timeout=1");
        connection.Open();
        connection.Run("PRAGMA busy_timeout = 0; PRAGMA foreign_keys = 1");
        return connection;
    }
}
