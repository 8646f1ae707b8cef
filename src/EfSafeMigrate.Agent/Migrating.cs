using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EfSafeMigrate.Agent;

/// <summary>
/// EF applies one migration on the context's open connection; EF's own diagnostics tell of each command before and after it runs, whatever
/// the version. What belongs to a command (a lock timeout) is set on its connection and in its transaction right before.
/// </summary>
internal sealed class Migrating(DbContext context, Action<CommandProgress> tell)
    : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private readonly List<string> ran = [];
    private readonly Stopwatch clock = new();
    private IReadOnlyList<ExpectedCommand> expected = [];
    private string target = "";
    private string? observe;
    private bool down;
    private int next;
    private int? running;

    public async Task<MigrateResult> RunAsync(MigrateRequest request, CancellationToken cancellation)
    {
        (expected, target, observe, down) = (request.Commands, request.Migration, request.Observe, request.DownTo is not null);
        var connection = context.Database.GetDbConnection();
        // The tool watches and cancels; a limit of the driver would stop a long build halfway.
        context.Database.SetCommandTimeout(0);
        using var listening = DiagnosticListener.AllListeners.Subscribe(this);
        await using var interruption = Interruption.On(connection, cancellation);
        try
        {
            await context.GetService<IMigrator>().MigrateAsync(request.DownTo ?? request.Migration, cancellation);
        }
        finally
        {
            Dispose();
            await AfterwardsAsync(connection, request.Afterwards);
        }
        return new MigrateResult(ran);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is MigrationEventData about)
        {
            Check(value.Key, IdOf(about.Migration));
            return;
        }
        if (value.Value is ConnectionEventData opening && opening.Connection == context.Database.GetDbConnection() && value.Key == RelationalEventId.ConnectionOpening.Name)
        {
            // A retrying strategy of the application would go on in a session that has neither the lock nor the settings of the run.
            throw new AgentException(new Failure(FailureCode.ConnectionLost, "The connection was cut."));
        }
        if (value.Value is not CommandEventData data || data.Context != context)
        {
            return;
        }
        if (value.Key == RelationalEventId.CommandExecuting.Name)
        {
            Begin(data.Command);
        }
        else if (value.Key == RelationalEventId.CommandExecuted.Name)
        {
            End(failed: false, data.Command, (data as CommandExecutedEventData)?.Result as int?);
        }
        else if (value.Key == RelationalEventId.CommandError.Name || value.Key == "Microsoft.EntityFrameworkCore.Database.Command.CommandCanceled")
        {
            End(failed: true, data.Command);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        subscriptions.ForEach(subscription => subscription.Dispose());
        subscriptions.Clear();
    }

    /// <summary>EF reads its history after it was asked: when others applied a later migration meanwhile, it would undo that.</summary>
    private void Check(string happens, string? migration)
    {
        var (meant, other) = down ? (RelationalEventId.MigrationReverting.Name, RelationalEventId.MigrationApplying.Name) : (RelationalEventId.MigrationApplying.Name, RelationalEventId.MigrationReverting.Name);
        if (happens == other || (happens == meant && migration != target))
        {
            throw new AgentException(new Failure(FailureCode.Overtaken, $"Somebody else changed what is applied: EF was about to touch {migration} instead of {target}."));
        }
    }

    private static string? IdOf(Migration migration) => migration.GetType().GetCustomAttribute<MigrationAttribute>()?.Id;

    private void Begin(DbCommand command)
    {
        if (next >= expected.Count || command.CommandText != expected[next].Sql)
        {
            return;
        }
        running = next;
        tell(new CommandProgress(next, null) { Seen = Observe(command) });
        foreach (var sql in expected[next].Before)
        {
            Execute(command.Connection!, command.Transaction, sql);
        }
        if (expected[next].Instead is { } instead)
        {
#pragma warning disable CA2100 // The tool's own text.
            command.CommandText = instead;
#pragma warning restore CA2100
        }
        clock.Restart();
    }

    private void End(bool failed, DbCommand ended, int? changed = null)
    {
        if (running is not { } command)
        {
            return;
        }
        running = null;
        var took = clock.Elapsed.TotalMilliseconds;
        if (!failed)
        {
            ran.Add(expected[command].Sql);
            next++;
            foreach (var sql in expected[command].After)
            {
                Execute(ended.Connection!, ended.Transaction, sql);
            }
        }
        tell(new CommandProgress(command, took) { Failed = failed, Changed = changed, Seen = failed ? null : Observe(ended) });
    }

    private IReadOnlyList<IReadOnlyList<string?>>? Observe(DbCommand beside)
    {
        if (observe is null)
        {
            return null;
        }
        using var command = beside.Connection!.CreateCommand();
        command.Transaction = beside.Transaction;
#pragma warning disable CA2100 // The tool's own text.
        command.CommandText = observe;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        List<IReadOnlyList<string?>> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? null : Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))]);
        }
        return rows;
    }

    private static async Task AfterwardsAsync(DbConnection connection, IReadOnlyList<string> statements)
    {
        foreach (var sql in statements)
        {
            try
            {
                await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tool's own text.
                command.CommandText = sql;
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException)
            {
                // The connection is gone; its settings went with it.
            }
        }
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The tool's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
