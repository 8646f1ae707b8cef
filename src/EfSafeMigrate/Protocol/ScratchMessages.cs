namespace EfSafeMigrate.Protocol;

/// <summary>A connection string as the provider reads it: where it leads, and the same to another database. Connects to nothing.</summary>
/// <param name="ConnectionString">Null for the project's own.</param>
/// <param name="Set">Keywords that get another value.</param>
/// <param name="Get">Keywords whose values are wanted.</param>
internal sealed record ConnectionTextRequest(string? ConnectionString, IReadOnlyDictionary<string, string> Set, IReadOnlyList<string> Get) : Request;

/// <param name="Text">Whole, with its password where the application gives one as text.</param>
/// <param name="Values">By keyword; keywords the provider does not know are left out, as are those without a value.</param>
/// <param name="History">EF's history table.</param>
internal sealed record ConnectionTextResult(string Text, IReadOnlyDictionary<string, string> Values, Changes.TableName History);

/// <summary>Closes the connection <see cref="Request.Session"/>; the others stay.</summary>
internal sealed record DisconnectRequest : Request;

internal sealed record DisconnectResult;

/// <summary>What the application reads the columns of its tables as.</summary>
internal sealed record ColumnMeaningsRequest : Request;

internal sealed record ColumnMeaningsResult(IReadOnlyList<ColumnMeaning> Columns);

/// <param name="Type">The full name of the property's type, without <c>Nullable</c>; of what it is converted to where a converter stands between.</param>
internal sealed record ColumnMeaning(Changes.TableName Table, string Column, string Type)
{
    /// <summary>The only values that the application can read: discriminators, names or numbers of an enum. Null for any.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }
}
