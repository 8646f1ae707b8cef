using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Writes the rows of a range again that do not have their value. It keeps no checkpoint: what is written already is passed over, so it can end
/// anywhere and begin anew.
/// </summary>
internal sealed class BackfillRepair(BackfillContext context, Connection connection, string name, Walk walk)
{
    private const int Rows = 1000;
    private const int WaitMilliseconds = 500;

    /// <summary>Tried to the end, a chunk of nothing but such rows would take for ever.</summary>
    private const int MostAtFault = 50;

    private readonly BackfillForms forms = context.Engine.Backfill;

    /// <returns>Rows that were written. Rows that cannot be written are left as they are.</returns>
    public async Task<long> RunAsync(KeyRange range, CancellationToken cancellation)
    {
        var retry = new BatchRetry(name, walk.Spec.Table, connection, forms, context.Tell);
        long written = 0;
        for (var after = range.After; ;)
        {
            var behind = range with { After = after };
            try
            {
                var (upTo, changed) = await retry.RunAsync(context.Settings.BatchSize ?? Rows, (rows, token) => BatchAsync(behind, rows, token), _ => Task.CompletedTask, cancellation);
                written += changed;
                if (upTo is null)
                {
                    return written;
                }
                after = upTo;
            }
            catch (QueryFailure failure) when (!failure.Lost && forms.RowAtFault(failure.SqlState))
            {
                return written;
            }
        }
    }

    private async Task<(IReadOnlyList<string>? UpTo, long Changed)> BatchAsync(KeyRange behind, int rows, CancellationToken cancellation)
    {
        var nth = forms.Nth(walk, behind, rows);
        var upTo = (await connection.QueryAsync(nth.Sql, nth.Parameters, 0, cancellation)).Rows is [var key] ? key.Select(value => value!).ToArray() : null;
        var (changed, atFault) = (0L, 0);
        await new Halving(connection, forms, walk).RunAsync(
            behind with { UpTo = upTo ?? behind.UpTo },
            async (range, token) => changed += await WriteAsync(range, token),
            (row, _) => ++atFault > MostAtFault ? throw row.Failure : Task.CompletedTask,
            cancellation);
        return (upTo, changed);
    }

    private async Task<long> WriteAsync(KeyRange range, CancellationToken cancellation)
    {
        StatementMessage[] before = [.. BatchTransaction.Before(forms, walk, range, WaitMilliseconds, context.Fence)];
        return Math.Max(0, (await connection.RunAsync([.. before, forms.Write(walk, range)], true, 0, cancellation))[before.Length].Changed);
    }
}
