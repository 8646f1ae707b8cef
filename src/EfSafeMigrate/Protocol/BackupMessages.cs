namespace EfSafeMigrate.Protocol;

/// <summary>Copies the whole database of the session into another of the same provider, where databases are files: as the session's transaction sees it, and all or nothing.</summary>
/// <param name="Destination">Its connection string.</param>
internal sealed record CopyRequest(string Destination) : Request;

internal sealed record CopyResult;

/// <summary>Asks for one digest over the lines that a query finds, whatever their order; the lines themselves stay where they are.</summary>
/// <param name="Sql">Has one column of text.</param>
internal sealed record LinesRequest(string Sql, int TimeoutSeconds) : Request;

/// <param name="Digest">32 hex digits: the sum of the first 16 bytes of each line's SHA-256.</param>
internal sealed record LinesResult(long Lines, string Digest);
