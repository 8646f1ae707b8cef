using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>Looks at a value that a person gives before anything is written.</summary>
internal sealed class ValueCheck(Connection connection, Engine engine)
{
    private const int Seconds = 15;

    private readonly BackfillForms forms = engine.Backfill;

    /// <exception cref="SafeMigrateException">The server cannot compute the value, or it is another one each time.</exception>
    public async Task RunAsync(Walk walk, CancellationToken cancellation)
    {
        var spec = walk.Spec;
        try
        {
            var none = forms.Left(walk, KeyRange.All, 0);
            await connection.QueryAsync(none.Sql, none.Parameters, Seconds, cancellation);
        }
        catch (QueryFailure failure) when (forms.OthersInTheWay(failure.SqlState))
        {
            throw new SafeMigrateException(
                $"Others hold {spec.Table}: {failure.Sentence.TrimEnd('.')}. Nothing was written.", "find out who has locked the table, and run it again", ExitCode.StoppedSafely, failure.Detail);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            throw new SafeMigrateException(
                $"The value of {spec.Table}.{spec.Column} cannot be computed: {failure.Sentence.TrimEnd('.')}. Nothing was written.",
                "correct --value or --where; names are as the database has them, in double quotes where they have capitals", detail: failure.Detail);
        }
        // A row may be written twice: when others held it, after a crash, at the next call. Its value is the same only if it does not matter how often.
        if (!spec.NullsOnly && forms.Unsettled is { } unsettled && await AskAsync(unsettled(walk), cancellation) is { Rows: [[var first, var second], ..] })
        {
            throw new SafeMigrateException(
                $"The value of {spec.Table}.{spec.Column} is another each time it is computed: {first ?? "NULL"}, then {second ?? "NULL"}. Nothing was written.",
                "--nulls-only   writes each row once; or give a value that does not change with the column itself, nor by chance");
        }
    }

    private async Task<QueryResult?> AskAsync(Ask ask, CancellationToken cancellation)
    {
        try
        {
            return await connection.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            // A row for which there is no value is found and named when it is its turn.
            return null;
        }
    }
}
