using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>Takes out of a database what users have made, and leaves the database.</summary>
internal static class Emptying
{
    /// <exception cref="QueryFailure">Something does not go away.</exception>
    public static async Task RunAsync(ScratchForms forms, Link link, CancellationToken cancellation)
    {
        await link.RunAsync(forms.Begin, cancellation);
        for (string? last = null; await link.OneAsync(forms.Clear, cancellation) is { } sql; last = sql)
        {
            if (sql == last)
            {
                throw new QueryFailure($"`{sql}` does not take it away.", null);
            }
            await link.RunAsync([sql], cancellation);
        }
    }
}
