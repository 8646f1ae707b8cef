using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>How an engine is asked about itself and its tables; no question reads a table's rows.</summary>
internal sealed record Catalogue
{
    public const string Version = "server_version";
    public const string TimeZone = "TimeZone";
    public const string Edition = "edition";
    public const string DatabaseBytes = "database_bytes";

    /// <summary>Rows of name and value; <see cref="Version"/> is among the names.</summary>
    public required Ask Settings { get; init; }

    /// <summary>Settings on which it depends what a change does; a migration may set them too.</summary>
    public IReadOnlyList<string> Deciding { get; init; } = [];

    /// <summary>
    /// One row: estimated rows, bytes, bytes of the indexes, number of partitions or NULL.
    /// Each question is asked when the one before it has no answer.
    /// </summary>
    public required Func<TableName, IReadOnlyList<Ask>> Sizes { get; init; }
}
