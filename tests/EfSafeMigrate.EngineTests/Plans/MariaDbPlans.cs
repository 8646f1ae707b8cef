extern alias MySqlData;

using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Engines.MySql;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A database of its own on the server of SAFE_MIGRATE_MARIADB, on which plans run as EF runs migrations.</summary>
internal sealed partial class MariaDbPlans : IAsyncDisposable
{
    private readonly MariaDbDatabase database = new();

    public static async Task<MariaDbPlans> CreateAsync(string sql = "")
    {
        var plans = new MariaDbPlans();
        await plans.database.InitializeAsync();
        if (sql.Length > 0)
        {
            await plans.RunAsync(sql);
        }
        return plans;
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    public Task<MySqlConnection> OpenAsync() => database.OpenAsync();

    public async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await connection.RunAsync(sql);
    }

    /// <summary>One migration in one direction: command by command, for every definition commits what came before it.</summary>
    public async Task RunAsync(IReadOnlyList<Step> steps)
    {
        await using var connection = await OpenAsync();
        foreach (var step in steps)
        {
            var sql = PlanText.SqlOf(step);
            try
            {
                await connection.RunAsync(sql);
            }
            catch (MySqlException exception)
            {
                throw new InvalidOperationException($"{exception.Number}: {exception.Message}\n{sql}", exception);
            }
        }
    }

    public async Task<string> TextAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "NULL" : Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))));
        }
        return string.Join('\n', lines);
    }

    /// <summary>Everything of the schema that anyone could tell apart, but for the order of columns and of indexes.</summary>
    public async Task<string> SchemaAsync()
    {
        List<string> lines = [];
        await using var connection = await OpenAsync();
        foreach (var table in await connection.ListAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = database() ORDER BY 1"))
        {
            await using var command = new MySqlCommand($"SHOW CREATE TABLE {MySqlQuestions.Quote(table)}", connection);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            lines.AddRange(Counter().Replace(reader.GetString(1), "").Split('\n').Select(line => $"{table}: {line.Trim().TrimEnd(',')}"));
        }
        lines.AddRange((await connection.ListAsync("SELECT CONCAT('trigger ', trigger_name, ' ', action_timing, ' ', event_manipulation, ' ', event_object_table, ' ', action_statement) FROM information_schema.triggers WHERE trigger_schema = database()")).Select(line => line.Contains(" UPDATE ", StringComparison.Ordinal) && line.Split("SET NEW.").Length > 3 ? line[..line.IndexOf(" THEN", StringComparison.Ordinal)] : UntilFilled().Replace(line, " THEN")));
        lines.AddRange(await connection.ListAsync("SELECT CONCAT('routine ', routine_name) FROM information_schema.routines WHERE routine_schema = database()"));
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Behind an undone contract the new column holds until the old one is filled; then both are equal, and it no longer matters.</summary>
    [GeneratedRegex(@" OR NOT \(\(?NOT [^\n]* THEN")]
    private static partial Regex UntilFilled();

    [GeneratedRegex(" AUTO_INCREMENT=\\d+")]
    private static partial Regex Counter();
}
