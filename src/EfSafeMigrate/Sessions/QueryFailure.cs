namespace EfSafeMigrate.Sessions;

/// <summary>The database refused a query; the connection goes on.</summary>
#pragma warning disable CA1064 // Every caller of a query catches it.
internal sealed class QueryFailure(string message, string? sqlState) : Exception(message)
{
    public string? SqlState { get; } = sqlState;

    /// <summary>The connection is gone, and what ran last may have succeeded.</summary>
    public bool Lost { get; init; }

    /// <summary>Somebody else changed what is applied; nothing was done.</summary>
    public bool Overtaken { get; init; }

    /// <summary>A statement changed another number of rows than was said.</summary>
    public bool Unexpected { get; init; }

    /// <summary>The exception with its stack, for <c>--verbose</c> only.</summary>
    public string? Detail { get; init; }

    /// <summary>The message as one line, without the code that drivers put before it.</summary>
    public string Sentence
    {
        get
        {
            var line = Message.Split('\n')[0].Trim();
            return SqlState is { } code && line.StartsWith($"{code}: ", StringComparison.Ordinal) ? line[(code.Length + 2)..] : line;
        }
    }
}
