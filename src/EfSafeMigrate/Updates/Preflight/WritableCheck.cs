using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Preflight;

internal sealed class WritableCheck : PreflightCheck
{
    public override string Title => "the database accepts changes";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        try
        {
            return [.. (await context.AskAsync(context.Forms.Unwritable, cancellation)).Select(row => Refuse(context, row[0]!))];
        }
        catch (QueryFailure failure) when (context.Forms.IsReadOnly(failure.Message))
        {
            return [Refuse(context, "it was opened for reading, or its file may not be written")];
        }
    }

    private static Objection Refuse(PreflightContext context, string why) =>
        Objection.Refuse($"{context.Plan.Target.Database} cannot be changed: {why}.", "connect to the database that takes writes, as a user that may write");
}
