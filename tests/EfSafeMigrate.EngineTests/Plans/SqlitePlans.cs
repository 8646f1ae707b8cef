using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A file of its own, on which plans run as EF runs migrations: a transaction, which ends where a command suppresses it and begins anew behind that.</summary>
internal sealed class SqlitePlans : IAsyncDisposable
{
    private readonly SqliteDatabase file = new();

    public static async Task<SqlitePlans> CreateAsync(DatabaseModel schema, string rows = "")
    {
        var plans = new SqlitePlans();
        await plans.file.InitializeAsync();
        await plans.RunAsync(SqliteEf.Created(schema));
        await plans.RunAsync(rows);
        return plans;
    }

    public ValueTask DisposeAsync() => new(file.DisposeAsync());

    public Task RunAsync(string sql) => sql.Length == 0 ? Task.CompletedTask : file.ExecuteAsync(sql);

    /// <summary>Forth with the schema it leads to, back with the one it came from.</summary>
    public Task RunAsync(IReadOnlyList<Step> steps, DatabaseModel model) => RunAsync(SqliteEf.Commands(steps, model));

    private async Task RunAsync(IReadOnlyList<MigrationCommand> commands)
    {
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();
        SqliteTransaction? transaction = null;
        foreach (var command in commands)
        {
            if (command.TransactionSuppressed)
            {
                await EndAsync(transaction);
                transaction = null;
            }
            else
            {
                transaction ??= (SqliteTransaction)await connection.BeginTransactionAsync();
            }
            await using var sent = new SqliteCommand(command.CommandText, connection, transaction);
            try
            {
                await sent.ExecuteNonQueryAsync();
            }
            catch (SqliteException exception)
            {
                throw new InvalidOperationException($"{exception.Message}\n{command.CommandText}", exception);
            }
        }
        await EndAsync(transaction);
    }

    private static Task EndAsync(SqliteTransaction? transaction) => transaction?.CommitAsync() ?? Task.CompletedTask;

    public async Task<string> TextAsync(string sql)
    {
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "NULL" : Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))));
        }
        return string.Join('\n', lines);
    }

    /// <summary>Everything of the schema that anyone could tell apart, but for the order of columns.</summary>
    public Task<string> SchemaAsync() => TextAsync("""
        SELECT line FROM (
            SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk || ' ' || COALESCE(replace(replace(c.dflt_value, '(', ''), ')', ''), '') AS line
                FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
            UNION ALL SELECT 'key ' || m.name || ' ' || f."from" || ' ' || f."table" || ' ' || f."to" || ' ' || f.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
            UNION ALL SELECT 'unique ' || m.name || ' ' || i.origin || ' ' || (SELECT group_concat(name) FROM pragma_index_info(i.name)) FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin <> 'c'
            UNION ALL SELECT 'check ' || name || ' ' || substr(sql, instr(sql, ' CHECK ')) FROM sqlite_master WHERE type = 'table' AND instr(sql, ' CHECK ') > 0
            UNION ALL SELECT type || ' ' || name || ' ' || sql FROM sqlite_master WHERE type IN ('index', 'trigger', 'view') AND sql IS NOT NULL
        ) WHERE line NOT LIKE '%sqlite\_sequence%' ESCAPE '\' ORDER BY line
        """);

    /// <summary>The schemas between the plan's migrations, the first before all of them.</summary>
    public static IReadOnlyList<DatabaseModel> Models(PlanCase planCase) =>
        [planCase.Before, .. planCase.Stages(planCase.Propose().Migrations.Select(migration => migration.Edits)).Stages.Select(stage => stage.Model)];
}
