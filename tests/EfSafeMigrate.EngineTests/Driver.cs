using System.Data;
using System.Data.Common;
using EfSafeMigrate.Agent;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.EngineTests;

/// <summary>One physical connection, used as the agent uses the one of an application.</summary>
internal sealed class Driver(Func<Task<DbConnection>> open, Func<DbException, string?> code, Func<Exception, bool> isLoss) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private DbConnection? connection;

    public Connection Connection => new(QueryAsync, RunAsync, async (_, _) => await OpenAsync())
    {
        CopyAsync = (destination, cancellation) => InTurnAsync(async () =>
        {
            await using var there = (DbConnection)Activator.CreateInstance(connection!.GetType())!;
            there.ConnectionString = destination;
            await FileCopy.RunAsync(connection, there, cancellation);
            return true;
        }),
        LinesAsync = (sql, seconds, cancellation) => InTurnAsync(async () =>
        {
            await using var command = Command(null, new StatementMessage(sql), seconds);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await LineDigest.ReadAsync(reader, cancellation);
        }),
    };

    public async Task OpenAsync()
    {
        await CloseAsync();
        connection = await open();
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever watched beside a run has gone, and may have asked one thing more.
        await turn.WaitAsync(TimeSpan.FromSeconds(10));
        await CloseAsync();
        turn.Dispose();
    }

    private async Task CloseAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
        connection = null;
    }

    private Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation) => InTurnAsync(async () =>
    {
        await using var interruption = Interruption.On(connection!, cancellation);
        await using var transaction = await connection!.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellation);
        await using var command = Command(transaction, new StatementMessage(sql, parameters), timeoutSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return TestDatabase.Result(reader);
    });

    private Task<IReadOnlyList<StatementResult>> RunAsync(IReadOnlyList<StatementMessage> statements, bool together, int timeoutSeconds, CancellationToken cancellation) => InTurnAsync(async () =>
    {
        await using var interruption = Interruption.On(connection!, cancellation);
        await using var transaction = together ? await connection!.BeginTransactionAsync(cancellation) : null;
        List<StatementResult> results = [];
        foreach (var statement in statements)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await using var command = Command(transaction, statement, timeoutSeconds);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = TestDatabase.Result(reader).Rows;
            await reader.CloseAsync();
            if (statement.ExpectedRows is { } expected && reader.RecordsAffected != expected)
            {
                throw new QueryFailure($"{reader.RecordsAffected} rows where {expected} were expected", null) { Unexpected = true };
            }
            results.Add(new StatementResult(reader.RecordsAffected, rows) { Milliseconds = clock.Elapsed.TotalMilliseconds });
        }
        await (transaction?.CommitAsync(CancellationToken.None) ?? Task.CompletedTask);
        return (IReadOnlyList<StatementResult>)results;
    });

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        await turn.WaitAsync();
        try
        {
            // Some drivers keep their thread until the server answers.
            return await Task.Run(work);
        }
        catch (Exception exception) when (isLoss(exception) || connection is not { State: ConnectionState.Open })
        {
            throw new QueryFailure(exception.Message, null) { Lost = true };
        }
        catch (DbException exception)
        {
            throw new QueryFailure(exception.Message, code(exception));
        }
        finally
        {
            turn.Release();
        }
    }

    private DbCommand Command(DbTransaction? transaction, StatementMessage statement, int timeoutSeconds)
    {
        var command = connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement.Sql;
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
}
