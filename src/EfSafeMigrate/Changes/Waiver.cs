namespace EfSafeMigrate.Changes;

/// <summary>A person accepts what one rule says of a change, and says why.</summary>
/// <param name="Rule">The rule's id; empty when the comment does not name one.</param>
/// <param name="Reason">Null when none is given.</param>
/// <param name="Text">The comment, without its marks.</param>
internal sealed record Waiver(string Rule, string? Reason, string Text)
{
    /// <summary>Where it stands in the text it was read from.</summary>
    public int Offset { get; init; }
    public string? File { get; init; }
    public int? Line { get; init; }

    /// <summary>No statement stands beneath it.</summary>
    public bool Stray { get; init; }
}
