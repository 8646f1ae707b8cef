using System.Diagnostics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>What every step of a run works with.</summary>
internal sealed record RunContext(string Id, Session Work, Session Watch, Engine Engine, EngineVersion Version, Journal Journal, UpdateSettings Settings, Action<RunNews> Tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Set while the run has it.</summary>
    public RunLock? Lock { get; init; }

    /// <summary>The team's own commands; null when there are none.</summary>
    public Hooks? Hooks { get; init; }

    /// <summary>Settings and name of both sessions.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        StatementMessage[] statements = [.. Engine.Updates.Begin(Operator.Mark(Id), Version).Select(sql => new StatementMessage(sql))];
        if (statements.Length > 0)
        {
            await Work.RunAsync(statements, transaction: false, cancellation);
            await Watch.RunAsync(statements, transaction: false, cancellation);
        }
    }

    /// <summary>Connects both sessions again and takes the lock again.</summary>
    /// <returns>The migrations EF has recorded by now.</returns>
    /// <exception cref="SafeMigrateException">The server does not come back in time, or another run has taken the lock meanwhile.</exception>
    public async Task<IReadOnlyList<string>> ReconnectAsync(QueryFailure lost, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            try
            {
                await Work.ReopenAsync(cancellation);
                await Watch.ReopenAsync(cancellation);
                await BeginAsync(cancellation);
                if (Lock is null || await Lock.TryAsync(cancellation))
                {
                    return Work.Applied;
                }
                // The server may not have noticed yet that the old session is gone.
                if (clock.Elapsed > Settings.Reconnect)
                {
                    throw new SafeMigrateException(
                        "The connection was lost, and another run has the database now.", "dotnet safe-migrate status   shows which", ExitCode.StoppedSafely);
                }
            }
            catch (QueryFailure failure)
            {
                if (clock.Elapsed > Settings.Reconnect)
                {
                    throw new SafeMigrateException(
                        $"The connection was lost ({lost.Sentence.TrimEnd('.')}), and the server does not come back: {failure.Sentence}",
                        "dotnet safe-migrate apply --resume   when it is back", ExitCode.NeedsPerson, failure.Detail);
                }
            }
        }
    }
}
