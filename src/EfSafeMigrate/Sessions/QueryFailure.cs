namespace EfSafeMigrate.Sessions;

/// <summary>The database refused a query; the connection goes on.</summary>
#pragma warning disable CA1064 // Every caller of a query catches it.
internal sealed class QueryFailure(string message, string? sqlState) : Exception(message)
{
    public string? SqlState { get; } = sqlState;

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
