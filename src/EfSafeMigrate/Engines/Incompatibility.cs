namespace EfSafeMigrate.Engines;

/// <summary>What versions of the parts do with each other that somebody who plans has to know.</summary>
/// <param name="Sentence">As Markdown.</param>
/// <param name="Source">A page, or where it was seen.</param>
internal sealed record Incompatibility(Part Part, string Sentence, string Source)
{
    /// <summary>The first major version of the part that it is about.</summary>
    public int From { get; init; }

    /// <summary>The first one that it is not about any more; null for none.</summary>
    public int? Before { get; init; }

    /// <summary>The first major version of EF Core that it is about, where the part is another.</summary>
    public int EfFrom { get; init; }

    public bool Concerns(int version, int ef) => version >= From && (Before is null || version < Before) && ef >= EfFrom;
}

internal enum Part { EfCore, Provider, Driver, Server }
