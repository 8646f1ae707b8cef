using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

/// <summary>A rule's verdict on a change.</summary>
/// <param name="Message">What happens, to which table, who is blocked: facts, present tense.</param>
/// <param name="Evidence">What the claim rests on, as a clause without a full stop.</param>
internal sealed record Finding(Severity Severity, string Message, string Evidence, Cure Cure)
{
    public string Rule { get; init; } = "";
    public Category Category { get; init; }
    public Origin Origin { get; init; } = Origin.None;

    /// <summary>Of a rule that speaks on request: no exit code comes of it.</summary>
    public bool IsAdvice { get; init; }

    /// <summary>What the rule itself says, where the settings say otherwise.</summary>
    public Severity? Was { get; init; }

    /// <summary>A person accepts it, and says why; it stays visible, and no exit code comes of it.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>It fails the review at every threshold until a person accepts it.</summary>
    public bool NeedsWaiver { get; init; }

    public bool Counts => !IsAdvice && Waiver is null;
    public TableName? Table { get; init; }
    public string? Column { get; init; }

    /// <summary>The lock on the changed table, in the engine's words; null when none is taken.</summary>
    public string? Lock { get; init; }
    public Blocks Blocks { get; init; }
    public Estimate? Estimate { get; init; }

    /// <summary>What the live data said, when the rule asked.</summary>
    public Probe? Answer { get; init; }
}
