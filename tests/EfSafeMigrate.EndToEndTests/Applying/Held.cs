using EfSafeMigrate.EndToEndTests.Phases;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Another session that keeps what its statement took, until it is disposed.</summary>
internal sealed class Held : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private Held(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<Held> OpenAsync(PhasedDatabase database, string sql, string name = "reports")
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = name }.ConnectionString);
        await connection.OpenAsync();
        var held = new Held(connection);
        await held.ExecuteAsync(sql);
        return held;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
