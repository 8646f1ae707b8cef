namespace EfSafeMigrate.Projects.Repositories;

/// <summary>What the call says of git.</summary>
/// <param name="Base">The revision of <c>--base</c>; null to find the base branch.</param>
/// <param name="Staged">The index is reviewed, in place of the folder.</param>
internal sealed record HistoryRequest(string? Base, bool Staged)
{
    /// <summary>Somebody wants git's answer: without one the review ends.</summary>
    public bool Needs => Base is not null || Staged;

    public string Option => Staged ? "--staged" : "--base";
}
