using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>The statements of one batch, up to what it writes down.</summary>
internal static class BatchTransaction
{
    /// <param name="milliseconds">So long it may wait for a row.</param>
    /// <param name="fence">Fails when another run has taken over; null where none can.</param>
    public static IEnumerable<StatementMessage> Before(BackfillForms forms, Walk walk, KeyRange range, int milliseconds, string? fence) =>
    [
        .. forms.Begin(milliseconds).Select(sql => new StatementMessage(sql)),
        .. fence is null ? Array.Empty<StatementMessage>() : [new(fence)],
        .. forms.KeepSources(walk, range),
    ];
}
