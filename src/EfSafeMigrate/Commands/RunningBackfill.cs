using System.Text.Json;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Commands;

/// <summary>A backfill that another process runs, to which this one says something.</summary>
internal sealed class RunningBackfill
{
    private const int Seconds = 15;

    private readonly Connection connection;
    private readonly BackfillStore store;
    private readonly BackfillRecord record;
    private readonly Talk talk;

    private RunningBackfill(Connection connection, BackfillStore store, BackfillRecord record, Talk talk) =>
        (this.connection, this.store, this.record, this.talk) = (connection, store, record, talk);

    /// <param name="verb">What was called.</param>
    /// <exception cref="SafeMigrateException">There is none, or it is not clear which.</exception>
    public static async Task<RunningBackfill> FindAsync(LiveProject live, string verb, string? name, CancellationToken cancellation)
    {
        var connection = live.Session.Connection;
        var store = new BackfillStore(connection, live.Engine.Backfill.Tables);
        return new(connection, store, Choose(await store.ReadAsync(cancellation), verb, name, live.Session.Target), live.Talk);
    }

    public static BackfillRecord Choose(IReadOnlyList<BackfillRecord> all, string verb, string? name, string target)
    {
        BackfillRecord[] running = [.. all.Where(each => each.State is BackfillState.Running or BackfillState.Held)];
        BackfillRecord[] meant = name is null ? running : [.. running.Where(each => IsNamed(each, name))];
        return (running, meant) switch
        {
            ([], _) => throw new SafeMigrateException($"No backfill is running on {target}.", "dotnet safe-migrate status   shows what has been"),
            (_, [var one]) => one,
            (_, []) => throw new SafeMigrateException($"No backfill `{name}` is running on {target}.", $"name one of {Names(running)}"),
            _ => throw new SafeMigrateException($"{meant.Length} backfills are running on {target}.", $"dotnet safe-migrate backfill {verb} NAME   with one of {Names(meant)}"),
        };
    }

    /// <summary>What is tuned already stays; a time for batches takes the place of a size.</summary>
    public static string Tuned(BackfillRecord record, BackfillTuning given)
    {
        var before = record.Tuning.Length == 0 ? new() : JsonSerializer.Deserialize(record.Tuning, BackfillJson.Default.BackfillTuning) ?? new();
        return JsonSerializer.Serialize(
            new()
            {
                BatchSize = given.BatchSize ?? (given.TargetMilliseconds is null ? before.BatchSize : null),
                TargetMilliseconds = given.TargetMilliseconds ?? before.TargetMilliseconds,
                PauseMilliseconds = given.PauseMilliseconds ?? before.PauseMilliseconds,
                Workers = given.Workers ?? before.Workers,
            },
            BackfillJson.Default.BackfillTuning);
    }

    public Task WantAsync(BackfillWish wish, CancellationToken cancellation) => WantAsync(wish, null, cancellation);

    public Task TuneAsync(BackfillTuning given, CancellationToken cancellation) => WantAsync(null, Tuned(record, given), cancellation);

    private Task WantAsync(BackfillWish? wish, string? tuning, CancellationToken cancellation) =>
        connection.RunAsync([store.Want(record.Name, wish, tuning)], true, Seconds, cancellation);

    public void Say(string effect, string next)
    {
        talk.Say($"  {record.Name}{(record.Target == record.Name ? "" : $" ({record.Target})")} {effect}.");
        if (BackfillStatus.SilentSince(record, TimeProvider.System.GetUtcNow()) is { } since)
        {
            talk.Say($"  It has not been heard of since {since:yyyy-MM-dd HH:mm:ss} UTC: whoever runs it may be gone.");
        }
        talk.Say($"  → {next}");
    }

    private static bool IsNamed(BackfillRecord record, string name) =>
        record.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || record.Target.Equals(name, StringComparison.OrdinalIgnoreCase) || record.Name.EndsWith($"_{name}", StringComparison.OrdinalIgnoreCase);

    private static string Names(IEnumerable<BackfillRecord> records) => Rules.Say.List([.. records.Select(each => each.Name)]);
}
