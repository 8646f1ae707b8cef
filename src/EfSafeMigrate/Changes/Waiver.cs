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

    /// <summary>For everything in the file or text it stands in, wherever it stands there.</summary>
    public bool OfFile { get; init; }

    /// <summary>The last day it holds, for one of the settings; null for ever.</summary>
    public DateOnly? Expires { get; init; }

    public WaiverHome Home { get; init; }

    /// <summary>Where to find it; the change it stands at, when it does not say.</summary>
    public Origin PlaceOf(Origin change) => File is null ? change : change with { File = File, Line = Line, Column = null };
}

/// <summary>Where a waiver is written.</summary>
internal enum WaiverHome { Sql, Code, Settings }
