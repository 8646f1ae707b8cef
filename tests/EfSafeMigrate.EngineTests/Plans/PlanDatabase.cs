using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using Npgsql;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A database of its own on the server of SAFE_MIGRATE_POSTGRES, on which plans run as EF runs migrations.</summary>
internal sealed class PlanDatabase : IAsyncDisposable
{
    private readonly string name = $"safe_migrate_{Guid.NewGuid():N}";
    private readonly string server = Environment.GetEnvironmentVariable("SAFE_MIGRATE_POSTGRES")
        ?? throw new InvalidOperationException("SAFE_MIGRATE_POSTGRES is not set: run tests/run, or set it to the connection string of a superuser.");

    private PlanDatabase()
    {
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Database = name });
    }

    public NpgsqlDataSource Source { get; }

    public static async Task<PlanDatabase> CreateAsync(string sql = "")
    {
        var database = new PlanDatabase();
        await database.OnServerAsync($"CREATE DATABASE {database.name}");
        // Before 13 the function comes with an extension.
        await database.RunAsync("""
            DO $$ BEGIN
                IF to_regproc('gen_random_uuid') IS NULL THEN
                    CREATE FUNCTION gen_random_uuid() RETURNS uuid LANGUAGE sql VOLATILE AS 'SELECT md5(random()::text)::uuid';
                END IF;
            END $$
            """);
        if (sql.Length > 0)
        {
            await database.RunAsync(sql);
        }
        return database;
    }

    /// <summary>The plan is the one for the server's version, whichever the approved text is for.</summary>
    public static async Task<PlanCase> OfServerAsync(PlanCase planCase)
    {
        await using var database = await CreateAsync();
        var number = int.Parse(await database.TextAsync("SHOW server_version_num"), CultureInfo.InvariantCulture);
        return planCase with { Version = new(number / 10000, number % 10000) };
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        // WITH (FORCE) came with 13.
        await OnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await OnServerAsync($"DROP DATABASE {name}");
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One migration in one direction: in a transaction, or command by command where one of them suppresses it.</summary>
    public async Task RunAsync(IReadOnlyList<Step> steps)
    {
        await using var connection = await Source.OpenConnectionAsync();
        var suppressed = steps.Any(step => step is Fill or SqlStep { Suppressed: true });
        await using var transaction = suppressed ? null : await connection.BeginTransactionAsync();
        foreach (var step in steps)
        {
            await using var command = new NpgsqlCommand(PlanText.SqlOf(step), connection, transaction) { CommandTimeout = 300 };
            await command.ExecuteNonQueryAsync();
        }
        if (transaction is not null)
        {
            await transaction.CommitAsync();
        }
    }

    public async Task<string> TextAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "NULL" : Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))));
        }
        return string.Join('\n', lines);
    }

    /// <summary>Waits until the query answers this.</summary>
    public async Task WaitAsync(string sql, string answer)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await TextAsync(sql) != answer)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Everything of the schema that anyone could tell apart, but for the order of columns and the name of a NOT NULL, which no model knows.</summary>
    public Task<string> SchemaAsync() => TextAsync(
        """
        SELECT line FROM (
            SELECT format('column %s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)) AS line
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT format('constraint %s %s %s', conrelid::regclass, CASE WHEN contype <> 'n' THEN conname END, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('index %s valid %s', pg_get_indexdef(indexrelid), indisvalid) FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT format('function %s', pg_get_functiondef(oid)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('view %s %s %s', relname, reloptions, pg_get_viewdef(oid)) FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('sequence %s %s', sequencename, data_type) FROM pg_sequences WHERE schemaname = 'public'
        ) AS schema ORDER BY line COLLATE "C"
        """);

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
