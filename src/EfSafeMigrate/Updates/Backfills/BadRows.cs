using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using Humanizer;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>
/// Finds the rows for which a batch failed. It goes from the batch's beginning to its end, and the halves without such rows are written by that;
/// so the cursor stands right before the row at which it stops.
/// </summary>
internal sealed class BadRows(BackfillContext context, Connection connection, BackfillStore store, string name, Walk walk)
{
    /// <summary>More than so many are no exceptions.</summary>
    public const int Most = 1000;

    /// <summary>So many at the beginning of a batch, with none between them that can be written, are not either.</summary>
    public const int AtOnce = 50;

    private const int WaitMilliseconds = 500;

    private readonly BackfillForms forms = context.Engine.Backfill;
    private int found;

    /// <summary>Kept when others come between: a batch that is tried again begins behind the rows that were set aside.</summary>
    private int atOnce;

    /// <param name="write">
    /// Writes a range and moves the cursor to its end, in one transaction; where <see cref="KeyRange.IsRow"/> is set the cursor stays where it is.
    /// </param>
    /// <param name="setAside">Runs the statement, and moves the cursor over the row, in one transaction.</param>
    /// <exception cref="SafeMigrateException">A row cannot be written, and that is not allowed; or too many of them.</exception>
    public async Task RunAsync(
        KeyRange range, Func<KeyRange, CancellationToken, Task> write, Func<StatementMessage, KeyRange, CancellationToken, Task> setAside, CancellationToken cancellation)
    {
        await new Halving(connection, forms, walk).RunAsync(
            range,
            async (half, token) =>
            {
                await write(half, token);
                atOnce = int.MinValue;
            },
            async (row, token) =>
            {
                if (context.Settings.OnRowError == OnRowError.Stop)
                {
                    throw Stopped(row);
                }
                found++;
                if (found > Most || ++atOnce > AtOnce)
                {
                    throw TooMany(row, found > Most ? Most : AtOnce);
                }
                await setAside(store.SetAside(name, row.Key, row.Failure.Sentence), row.Range, token);
                context.Tell(new RowSetAside(name, row.Key, row.Failure.Sentence));
            },
            cancellation);
        atOnce = 0;
    }

    /// <summary>Tries the rows again that were set aside: those that can be written now are taken off the list.</summary>
    /// <returns>How many are left on it.</returns>
    public async Task<int> TryAgainAsync(CancellationToken cancellation)
    {
        var retry = new BatchRetry(name, walk.Spec.Table, connection, forms, context.Tell);
        var rows = await store.SetAsideAsync(name, cancellation);
        var left = 0;
        foreach (var (key, _) in rows)
        {
            left += await retry.RunAsync(1, (_, token) => WriteAsync(key, token), _ => Task.CompletedTask, cancellation) ? 0 : 1;
        }
        found = left;
        return left;
    }

    private async Task<bool> WriteAsync(IReadOnlyList<string> key, CancellationToken cancellation)
    {
        var row = KeyRange.Row(key);
        try
        {
            await connection.RunAsync(
                [.. BatchTransaction.Before(forms, walk, row, WaitMilliseconds, context.Fence), forms.Write(walk, row), store.TakeBack(name, key)], true, 0, cancellation);
            return true;
        }
        catch (QueryFailure failure) when (!failure.Lost && forms.RowAtFault(failure.SqlState))
        {
            return false;
        }
    }

    private SafeMigrateException Stopped(RowAtFault row) => new(
        $"{walk.Spec.Table}.{walk.Spec.Column} cannot be written in the row {Named(row.Key)}: {row.Failure.Sentence.TrimEnd('.')}. All rows before it are written.",
        "correct the row and run it again: it goes on at that row; --on-row-error skip-and-list   leaves such rows out and lists them",
        ExitCode.NeedsPerson,
        row.Failure.Detail);

    private SafeMigrateException TooMany(RowAtFault row, int most) => new(
        most == Most
            ? $"More than {"row".ToQuantity(Most, "N0")} of {walk.Spec.Table} cannot get their value in {walk.Spec.Column}; the next is {Named(row.Key)}: {row.Failure.Sentence.TrimEnd('.')}."
            : $"None of the first {most} rows of a batch of {walk.Spec.Table} can get a value in {walk.Spec.Column}; the next is {Named(row.Key)}: {row.Failure.Sentence.TrimEnd('.')}.",
        "correct the expression, or the rows, and run it again",
        ExitCode.NeedsPerson,
        row.Failure.Detail);

    /// <summary><c>Id = 7</c>, or the place of a row without a key.</summary>
    private string Named(IReadOnlyList<string> key) => string.Join(", ", walk.Key.Zip(key, (column, value) => $"{column.Name} = {value}"));
}
