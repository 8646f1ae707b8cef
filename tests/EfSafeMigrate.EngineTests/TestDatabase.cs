using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.EngineTests;

/// <summary>A database of its own for each test class, on a real engine.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    internal abstract Engine Engine { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    public abstract Task ExecuteAsync(string sql);

    /// <summary>What <see cref="Sessions.Query"/> promises, over the engine's own driver.</summary>
    internal abstract Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation);

    /// <summary>A connection of its own, as a run has it.</summary>
    internal abstract Task<Driver> OpenDriverAsync();

    /// <summary>Leads to it.</summary>
    internal virtual string ConnectionText => throw new NotSupportedException("No scratch databases are made there.");

    /// <summary>A connection to any database of the engine, not open yet.</summary>
    internal virtual Driver DriverTo(string connectionString) => throw new NotSupportedException("No scratch databases are made there.");

    internal Task<FactSheet> ReadAsync(ChangeSet changes) => FactReader.ReadAsync(QueryAsync, Engine, changes, CancellationToken.None);

    internal async Task<IReadOnlyList<Probe>> ProbeAsync(ChangeSet changes, TimeSpan? limit = null) =>
        await new Prober(QueryAsync, Engine, limit ?? TimeSpan.FromSeconds(15)).AskAsync(changes, await ReadAsync(changes), CancellationToken.None);

    internal static QueryResult Result(System.Data.Common.DbDataReader reader)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        List<IReadOnlyList<string?>> rows = [];
        while (reader.Read())
        {
            rows.Add([.. columns.Select((_, index) => reader.IsDBNull(index) ? null : Convert.ToString(reader.GetValue(index), System.Globalization.CultureInfo.InvariantCulture))]);
        }
        return new QueryResult(columns, rows);
    }
}
