using System.Data;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>One connection, as a run has it: every question goes to the same process of the server.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : IAsyncDisposable
{
    public int Process => connection.ProcessID;

    public static async Task<PostgresSession> OpenAsync(PostgresDatabase database, string application = "test", string? role = null)
    {
        var text = new NpgsqlConnectionStringBuilder(database.Source.ConnectionString) { ApplicationName = application, Pooling = false };
        if (role is not null)
        {
            (text.Username, text.Password) = (role, role);
        }
        var connection = new NpgsqlConnection(text.ConnectionString);
        await connection.OpenAsync();
        return new PostgresSession(connection);
    }

    public async Task<PostgresSession> DoAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return this;
    }

    public async Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellation);
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = timeoutSeconds };
        command.Parameters.AddRange(parameters.Select((value, index) => new NpgsqlParameter($"p{index}", (object?)value ?? DBNull.Value)).ToArray());
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            List<IReadOnlyList<string?>> rows = [];
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? null : reader.GetValue(at).ToString())]);
            }
            return new QueryResult([], rows);
        }
        catch (PostgresException exception)
        {
            throw new QueryFailure(exception.Message, exception.SqlState);
        }
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();
}
