namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The migrations under review.</summary>
/// <param name="Ids">Oldest first.</param>
/// <param name="Why">Why these, as a clause: <c>2 migrations that origin/main does not have</c>.</param>
internal sealed record Choice(IReadOnlyList<string> Ids, string Why)
{
    /// <summary>What git does not tell and why, as a clause.</summary>
    public string? Note { get; init; }

    public static Choice Staged(IReadOnlyList<string> ids) => new(ids, ids.Count == 0 ? "no migration is staged" : $"{"migration".ToQuantity(ids.Count)} staged");

    /// <summary>Those that the base branch does not have.</summary>
    /// <param name="accepted">The baseline holds some more.</param>
    public static Choice Added(IReadOnlyList<string> ids, string @base, bool accepted = false) =>
        new(ids, $"{(ids.Count == 0 ? "no migration" : "migration".ToQuantity(ids.Count))} that {@base} does not have{(accepted ? ", without what the baseline accepts" : "")}");

    /// <summary>Nothing is new on the base branch itself.</summary>
    public static Choice Newest(IReadOnlyList<string> ids, string @base) => new([.. ids.TakeLast(1)], $"{Unknown}, as this is {@base}");

    /// <summary>Git does not tell what is new.</summary>
    public static Choice Newest(IReadOnlyList<string> ids) => new([.. ids.TakeLast(1)], Unknown);

    private const string Unknown = "the newest migration";

    /// <summary>What is reviewed and why.</summary>
    /// <param name="pending">The model has changes that no migration holds; null where nobody looked.</param>
    public string Said(bool? pending) =>
        $"{Why}{pending switch { true => ", and pending model changes", false => "; the model has no pending changes", null => "" }}{(Note is null ? "" : $" ({Note})")}";
}
