using Npgsql;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>The same database by another user, who may read all of it.</summary>
internal sealed class Roles(PostgresDatabase database, string role, Originals original) : IAsyncDisposable
{
    public Originals Original { get; } = original;

    public string Role { get; } = role;

    public static async Task<Roles> MakeAsync(PostgresDatabase database, Originals like, string rights, bool mayRead = true, params string[] commands)
    {
        var role = $"role_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'p w''d' {rights}{(mayRead ? $"; GRANT pg_read_all_data TO {role}" : "")}");
        return new(database, role, new(database, new NpgsqlConnectionStringBuilder(database.ConnectionText) { Username = role, Password = "p w'd" }.ConnectionString) { History = like.History, Commands = commands });
    }

    public async ValueTask DisposeAsync() => await database.ExecuteAsync($"DROP OWNED BY {Role}; DROP ROLE {Role}");
}
