namespace EfSafeMigrate.EndToEndTests.Backups;

/// <summary>A database of its own on the server of SAFE_MIGRATE_MARIADB_FOR_BACKUPS, or of SAFE_MIGRATE_MARIADB: a backup holds every writer of its server for a moment.</summary>
internal sealed class MariaDb(string purpose)
{
    private static readonly string Server = Environment.GetEnvironmentVariable("SAFE_MIGRATE_MARIADB_FOR_BACKUPS") ?? Environment.GetEnvironmentVariable("SAFE_MIGRATE_MARIADB")
        ?? throw new InvalidOperationException("SAFE_MIGRATE_MARIADB is not set: run tests/run, or set it to the connection string of a user who may create databases.");

    private static readonly Dictionary<string, string> At = Server
        .Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0].Trim().ToLowerInvariant(), part => part[1].Trim());

    public string Name { get; } = $"{purpose}_{Guid.NewGuid():N}";

    public string ConnectionString => $"{Server};Database={Name}";

    public Task CreateAsync() => RunAsync("", $"CREATE DATABASE {Name}");

    /// <summary>In whatever order the server comes by tables that refer to each other.</summary>
    public Task DropAsync() => RunAsync("", $"SET foreign_key_checks = 0; DROP DATABASE {Name}");

    public Task<string> AskAsync(string sql) => RunAsync(Name, sql);

    private static async Task<string> RunAsync(string database, string sql)
    {
        var asked = await Shell.RunAsync("/", "mariadb",
            ["--host", At["server"], "--port", At.GetValueOrDefault("port", "3306"), "--user", At.GetValueOrDefault("user id", "root"), "--skip-ssl", "--batch", "--skip-column-names", "--execute", sql, database],
            environment: At.TryGetValue("password", out var password) ? new Dictionary<string, string> { ["MYSQL_PWD"] = password } : null);
        asked.Code.ShouldBe(0, asked.Error);
        return asked.Output;
    }
}
