using EfSafeMigrate.Updates.Verifications;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>What other hands have done to a schema since the last applied migration.</summary>
/// <param name="Migration">The newest that is applied; null where none is.</param>
/// <param name="Found">Each change once.</param>
internal sealed record Drift(string? Migration, IReadOnlyList<Difference> Found)
{
    /// <summary>How many tables of the model were compared.</summary>
    public int Tables { get; init; }

    /// <summary>How many lines of the whole schema were compared with what they were; null where nothing was kept, or it is not of use.</summary>
    public int? Lines { get; init; }

    /// <summary>Tables that the model does not know: they are no drift.</summary>
    public IReadOnlyList<ApartTable> Apart { get; init; } = [];

    /// <summary>What contracts will take away: it is no drift.</summary>
    public IReadOnlyList<HeldPlan> Held { get; init; } = [];

    /// <summary>What was not compared, and why; a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <param name="Context">The context of the project that it belongs to; null where nobody knows.</param>
internal sealed record ApartTable(string Name, string? Context = null);

/// <summary>A plan whose last phases are not applied.</summary>
/// <param name="Since">When its last applied phase was; null when it was applied by other means.</param>
/// <param name="Written">Its contract is a migration already.</param>
internal sealed record HeldPlan(string Name, DateTimeOffset? Since, bool Written);
