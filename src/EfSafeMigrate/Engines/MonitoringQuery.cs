namespace EfSafeMigrate.Engines;

/// <summary>What somebody who watches a run asks the server, with the server's own client.</summary>
/// <param name="About">One line.</param>
internal sealed record MonitoringQuery(string About, string Sql)
{
    /// <summary>Asks a table that only a backfill of the tool makes.</summary>
    public bool IsOfBackfills { get; init; }
}
