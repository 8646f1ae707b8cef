extern alias MySqlData;

using System.Globalization;
using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests;

internal static class MySqlConnections
{
    public static async Task<int> RunAsync(this MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<string?> AskAsync(this MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The first columns of all rows.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(this MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }
        return rows;
    }

    /// <summary>The server's number of the error; null when the statement succeeds.</summary>
    public static async Task<int?> ErrorAsync(this MySqlConnection connection, string sql)
    {
        try
        {
            await connection.RunAsync(sql);
            return null;
        }
        catch (MySqlException exception)
        {
            return exception.Number;
        }
    }

    /// <summary>This driver knows numbers only. As the agent reports them: by state, where one says something.</summary>
    public static string State(this MySqlException exception) => exception.Number switch
    {
        1969 => "70100",
        _ => exception.Number.ToString(CultureInfo.InvariantCulture),
    };
}
