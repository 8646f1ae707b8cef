namespace EfSafeMigrate.Updates.Preflight;

/// <summary>Locks, timeouts and the watching belong to one process of the server; a pooler that changes it between statements takes them all away.</summary>
internal sealed class PoolerCheck : PreflightCheck
{
    private const string Next = "connect to the server itself, past the pooler";

    public override string Title => "one connection of the tool is one session of the server";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        if (context.Forms.Pooler is not { } pooler)
        {
            return [];
        }
        var told = context.Backend?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var first = await PreflightContext.ValueAsync(context.Work, pooler.Process, cancellation);
        if (told is not null && told != first)
        {
            return [Objection.Refuse($"A pooler stands before the server: the driver was told process {told}, and process {first} answers. The run could not watch its own locks.", Next)];
        }
        // Two in a row and then both in turn: neither a pooler that gives the last connection back nor one that goes round looks stable.
        List<string?> own = [first, await PreflightContext.ValueAsync(context.Work, pooler.Process, cancellation)];
        List<string?> other = [await PreflightContext.ValueAsync(context.Watch, pooler.Process, cancellation)];
        var taken = await PreflightContext.ValueAsync(context.Work, pooler.Take, cancellation);
        var holder = await PreflightContext.ValueAsync(context.Watch, pooler.Holder(taken!), cancellation);
        other.Add(await PreflightContext.ValueAsync(context.Watch, pooler.Process, cancellation));
        own.AddRange([taken, holder, await PreflightContext.ValueAsync(context.Work, pooler.Give(taken!), cancellation)]);
        return own.Distinct().Count() == 1 && !other.Contains(first)
            ? []
            : [Objection.Refuse("A pooler stands before the server and changes the process behind a connection: the lock of the run would be lost between two statements.", Next)];
    }
}
