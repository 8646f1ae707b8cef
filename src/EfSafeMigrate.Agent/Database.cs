using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Agent.Proofs;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace EfSafeMigrate.Agent;

/// <summary>One connection of the user's provider, so that tokens, data sources and interceptors work.</summary>
internal sealed class Database(DbContext context) : IAsyncDisposable
{
    private const int BeforeSeconds = 15;

    public async Task<ConnectResult> ConnectAsync(ConnectRequest request, CancellationToken cancellation)
    {
        await context.Database.CloseConnectionAsync();
        try
        {
            if (request.ConnectionString is { } text)
            {
                context.Database.SetConnectionString(new ConnectionText(context).Named(text));
            }
            if (IsMultiplexed(context.Database.GetConnectionString() ?? ""))
            {
                throw new AgentException(new Failure(FailureCode.Multiplexed, "The connection string asks for multiplexing."));
            }
        }
        catch (Exception exception) when (IsUnread(request, exception))
        {
            throw Unread(exception);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(request.TimeoutSeconds));
        try
        {
            if (request.MustExist && !await context.GetService<IRelationalDatabaseCreator>().ExistsAsync(limit.Token))
            {
                throw new AgentException(new Failure(FailureCode.NoDatabase, context.Database.GetDbConnection().DataSource));
            }
            await context.Database.OpenConnectionAsync(limit.Token);
            var connection = context.Database.GetDbConnection();
            return new ConnectResult(connection.ServerVersion, connection.DataSource, connection.Database)
            {
                Backend = connection.GetType().GetProperty("ProcessID")?.GetValue(connection) as int?,
                Driver = $"{connection.GetType().Assembly.GetName().Name} {Application.VersionOf(connection.GetType().Assembly)}",
            };
        }
        catch (Exception exception) when (exception is not AgentException && !cancellation.IsCancellationRequested)
        {
            if (IsUnread(request, exception))
            {
                // Some drivers read it only now.
                throw Unread(exception);
            }
            var reason = limit.IsCancellationRequested ? $"no answer within {request.TimeoutSeconds} s" : exception.GetBaseException().Message;
            throw new AgentException(new Failure(FailureCode.Database, reason) { SqlState = (exception as DbException)?.SqlState }, exception);
        }
    }

    /// <summary>Reads in a transaction that is always rolled back: a query of the tool never changes anything.</summary>
    public async Task<QueryResult> QueryAsync(QueryRequest request, CancellationToken cancellation)
    {
        var connection = Alive();
        // The weakest level: it is the one at which no provider takes a lock that writers wait for (SQLite's default begins as a writer).
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellation);
        await using var interruption = Interruption.On(connection, cancellation);
        await using var command = Command(connection, transaction, new StatementMessage(request.Sql, request.Parameters), request.TimeoutSeconds);
        List<IReadOnlyList<string?>> rows = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
            await ReadAsync(reader, rows, cancellation);
            await reader.CloseAsync();
            await transaction.RollbackAsync(CancellationToken.None);
            return new QueryResult(columns, rows);
        }
    }

    /// <summary>All or none when in a transaction; without one, each statement commits by itself.</summary>
    public async Task<BatchResult> BatchAsync(BatchRequest request, CancellationToken cancellation)
    {
        var connection = Alive();
        await using var transaction = request.Transaction ? await connection.BeginTransactionAsync(cancellation) : null;
        await using var interruption = Interruption.On(connection, cancellation);
        List<StatementResult> results = [];
        foreach (var statement in request.Statements)
        {
            var clock = Stopwatch.StartNew();
            await using var command = Command(connection, transaction, statement, request.TimeoutSeconds);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            List<IReadOnlyList<string?>> rows = [];
            await ReadAsync(reader, rows, cancellation);
            await reader.CloseAsync();
            if (statement.ExpectedRows is { } expected && reader.RecordsAffected != expected)
            {
                // Not committed: disposing the transaction rolls it back.
                throw new AgentException(new Failure(FailureCode.Unexpectedly, $"{reader.RecordsAffected} rows where {expected} were expected"));
            }
            results.Add(new StatementResult(reader.RecordsAffected, rows) { Milliseconds = clock.Elapsed.TotalMilliseconds });
        }
        if (transaction is not null)
        {
            // Past this point a cancellation would leave it open whether it was committed.
            await transaction.CommitAsync(CancellationToken.None);
        }
        return new BatchResult(results);
    }

    /// <summary>Without a transaction of its own: the session may hold one.</summary>
    public async Task<CopyResult> CopyAsync(CopyRequest request, CancellationToken cancellation)
    {
        var source = Alive();
        await using var destination = (DbConnection)Activator.CreateInstance(source.GetType())!;
        destination.ConnectionString = request.Destination;
        await FileCopy.RunAsync(source, destination, cancellation);
        return new CopyResult();
    }

    /// <summary>Without a transaction of its own: the session may hold one.</summary>
    public async Task<LinesResult> LinesAsync(LinesRequest request, CancellationToken cancellation)
    {
        var connection = Alive();
        await using var interruption = Interruption.On(connection, cancellation);
        await using var command = Command(connection, null, new StatementMessage(request.Sql), request.TimeoutSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await LineDigest.ReadAsync(reader, cancellation);
    }

    /// <summary>Releases write and read rows on it, and nothing of that stays.</summary>
    public async Task<ProofResult> ProveAsync(ProofRequest request, ReleaseModels models, CancellationToken cancellation)
    {
        var connection = Alive();
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var interruption = Interruption.On(connection, cancellation);
        foreach (var sql in request.Before)
        {
            await using var command = Command(connection, transaction, new StatementMessage(sql), BeforeSeconds);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        return await new Trial(context, transaction, models, request).RunAsync(cancellation);
    }

    public async ValueTask DisposeAsync() => await context.Database.CloseConnectionAsync();

    /// <summary>Once cut, a connection is closed, and EF would open another: without the settings and the locks of this one.</summary>
    private DbConnection Alive() => context.Database.GetDbConnection() is { State: not (ConnectionState.Closed or ConnectionState.Broken) } connection
        ? connection
        : throw new AgentException(new Failure(FailureCode.ConnectionLost, "The connection was cut."));

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, StatementMessage statement, int timeoutSeconds)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The tool's own text; identifiers are quoted by Engine.Quote, values are parameters.
        command.CommandText = statement.Sql;
#pragma warning restore CA2100
        command.CommandTimeout = timeoutSeconds;
        foreach (var (value, index) in statement.Parameters.Select((value, index) => (value, index)))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{index}";
            parameter.Value = (object?)value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static async Task ReadAsync(DbDataReader reader, List<IReadOnlyList<string?>> rows, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => Text(reader.GetValue(index)))]);
        }
    }

    public async Task<IReadOnlyList<string>> AppliedAsync(AppliedRequest request, CancellationToken cancellation)
    {
        var connection = Alive();
        var history = context.GetService<IHistoryRepository>();
        await using var transaction = request.Before.Count > 0 ? await context.Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellation) : null;
        await using var interruption = Interruption.On(connection, cancellation);
        foreach (var sql in request.Before)
        {
            await using var command = Command(connection, transaction?.GetDbTransaction(), new StatementMessage(sql), BeforeSeconds);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        return await history.ExistsAsync(cancellation)
            ? [.. (await history.GetAppliedMigrationsAsync(cancellation)).Select(row => row.MigrationId)]
            : [];
    }

    private static bool IsUnread(ConnectRequest request, Exception exception) => request.ConnectionString is not null && exception is ArgumentException or FormatException or KeyNotFoundException;

    /// <summary>What the driver says of a string that it cannot read may repeat it, with its password: only a keyword is passed on.</summary>
    private static AgentException Unread(Exception exception) =>
        new(new Failure(FailureCode.ConnectionString, exception is ArgumentException { ParamName: { Length: < 40 } name } && name.All(c => char.IsAsciiLetter(c) || c == ' ') ? name : ""));

    /// <summary>The driver sends each statement over another connection: a setting or a lock of one would belong to another.</summary>
    private static bool IsMultiplexed(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.TryGetValue("Multiplexing", out var value)
        && bool.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out var multiplexed) && multiplexed;

    private static string? Text(object value) => value switch
    {
        DBNull => null,
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        Array array => string.Join(',', array.Cast<object?>().Select(item => Text(item ?? DBNull.Value))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
