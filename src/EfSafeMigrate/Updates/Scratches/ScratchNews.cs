namespace EfSafeMigrate.Updates.Scratches;

/// <summary>What a person is told while a scratch database is made, filled and dropped.</summary>
internal abstract record ScratchNews;

/// <param name="Where">As a person knows it, without a password.</param>
internal sealed record ScratchMade(string Where) : ScratchNews;

/// <param name="Tables">How many there are.</param>
/// <param name="Copied">As the source has it, with what no migration knows; false when the applied migrations made it.</param>
internal sealed record SchemaIsIn(int Tables, bool Copied) : ScratchNews;

internal sealed record TableFilled(string Table, long Rows) : ScratchNews;

/// <summary>It is handed out.</summary>
internal sealed record ScratchFilled(long Rows, int Tables) : ScratchNews;

/// <param name="Dropped">False for a named one, which is emptied.</param>
internal sealed record ScratchGone(string Where, bool Dropped) : ScratchNews;

/// <summary>What a dead run left was cleared away.</summary>
internal sealed record LeftoverGone(string What) : ScratchNews;

/// <summary>Something is not as in the source, or could not be done.</summary>
internal sealed record ScratchNote(string Sentence) : ScratchNews;
