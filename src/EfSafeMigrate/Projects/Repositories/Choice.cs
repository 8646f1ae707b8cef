namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The migrations under review.</summary>
/// <param name="Ids">Oldest first.</param>
/// <param name="Why">Why these, as a clause: <c>2 migrations that origin/main does not have</c>.</param>
internal sealed record Choice(IReadOnlyList<string> Ids, string Why)
{
    /// <summary>What git does not tell and why, as a clause.</summary>
    public string? Note { get; init; }

    /// <summary>What is reviewed and why.</summary>
    /// <param name="pending">The model has changes that no migration holds; null where nobody looked.</param>
    public string Said(bool? pending) =>
        $"{Why}{pending switch { true => ", and pending model changes", false => "; the model has no pending changes", null => "" }}{(Note is null ? "" : $" ({Note})")}";
}
