namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The migrations under review.</summary>
/// <param name="Ids">Oldest first.</param>
/// <param name="Why">Why these, as a clause: <c>2 migrations that origin/main does not have</c>.</param>
internal sealed record Choice(IReadOnlyList<string> Ids, string Why);
