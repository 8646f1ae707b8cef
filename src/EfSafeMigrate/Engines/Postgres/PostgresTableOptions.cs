using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>The forms of <c>ALTER TABLE</c> that set an option, by the words that open them.</summary>
internal static class PostgresTableOptions
{
    private enum Cost { Quiet, Exclusive, Rewrite }

    /// <summary>The first entry whose words occur in the option decides; what is not listed takes ACCESS EXCLUSIVE, as most forms do.</summary>
    private static readonly (string Words, Cost Cost)[] Options =
    [
        ("CLUSTER ON", Cost.Quiet),
        ("WITHOUT CLUSTER", Cost.Quiet),
        ("CLUSTER", Cost.Rewrite),
        ("REPLICA IDENTITY", Cost.Exclusive),
        ("ACCESS METHOD", Cost.Rewrite),
        ("TABLESPACE", Cost.Rewrite),
        ("LOGGED", Cost.Rewrite),
        ("STATISTICS", Cost.Quiet),
        ("FILLFACTOR", Cost.Quiet),
        ("AUTOVACUUM", Cost.Quiet),
        ("TOAST", Cost.Quiet),
        ("PARALLEL_WORKERS", Cost.Quiet),
        ("N_DISTINCT", Cost.Quiet),
    ];

    public static Impact ImpactOf(SetTableOption change, ServerState state)
    {
        var text = $"{change.Option} {change.Value}";
        if (state.Model.Find(change.Table) is null && state.Model.IndexOwner(change.Table.Name) is not null)
        {
            // An option of an index locks the index alone, and not against readers or writers.
            return Free;
        }
        var cost = Options.Where(option => text.Contains(option.Words, StringComparison.OrdinalIgnoreCase))
            .Select(option => (Cost?)option.Cost).FirstOrDefault();
        var impact = cost switch
        {
            Cost.Quiet => Taking(LockMode.ShareUpdateExclusive, change.Table),
            Cost.Rewrite when !KeepsAccessMethod(text) => PostgresTables.Rewritten(change.Table, state),
            _ => TakingTree(LockMode.AccessExclusive, change.Table, state),
        };
        return change.Option.Contains("INHERIT", StringComparison.OrdinalIgnoreCase) && change.Value is { } parent
            ? impact.With([LockMode.ShareUpdateExclusive.On(new TableName(null, parent))])
            : impact;
    }

    private static bool KeepsAccessMethod(string text) =>
        text.Contains("ACCESS METHOD", StringComparison.OrdinalIgnoreCase) && text.Contains("heap", StringComparison.OrdinalIgnoreCase);
}
