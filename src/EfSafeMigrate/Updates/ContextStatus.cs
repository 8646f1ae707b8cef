using EfSafeMigrate.Updates.Drifts;

namespace EfSafeMigrate.Updates;

/// <summary>How it stands with one context of a project.</summary>
/// <param name="Context">Its name, without the namespace.</param>
internal sealed record ContextStatus(string Context)
{
    /// <summary>Its database; null where that could not be asked.</summary>
    public string? Target { get; init; }

    /// <summary>Null where its database could not be asked.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Why not.</summary>
    public SafeMigrateException? Failure { get; init; }

    /// <summary>Plans in whose middle the database is.</summary>
    public IReadOnlyList<HeldPlan> Held { get; init; } = [];

    /// <summary>What other contexts have in the same history is known, and nobody else's.</summary>
    public ContextStatus Beside(IEnumerable<string> others) => Status is null ? this : this with { Status = Status with { Elsewhere = [.. Status.Elsewhere.Except(others)] } };
}
