using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.EngineTests.Updates;

/// <summary>How the server treats the sessions of a run.</summary>
public sealed class SessionsOfRuns(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    /// <summary>A client whose network is gone says no goodbye; unasked, the server would keep its locks for two hours.</summary>
    [Theory]
    [InlineData("tcp_keepalives_idle", 10)]
    [InlineData("tcp_keepalives_interval", 5)]
    [InlineData("tcp_keepalives_count", 3)]
    public async Task TheServerAsksWhetherTheClientIsThere(string setting, int expected)
    {
        await using var session = await PostgresSession.OpenAsync(database);
        foreach (var statement in PostgresUpdates.Value.Begin("safe-migrate 0123456789ab", new EngineVersion(int.Parse((await session.QueryAsync("SHOW server_version_num", [], 5, CancellationToken.None)).Rows[0][0]!, CultureInfo.InvariantCulture) / 10000, 0)))
        {
            await session.DoAsync(statement);
        }
        (await session.QueryAsync($"SHOW {setting}", [], 5, CancellationToken.None)).Rows[0][0].ShouldBe($"{expected}");
    }
}
