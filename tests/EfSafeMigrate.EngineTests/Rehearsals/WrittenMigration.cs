namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>A migration as its commands, in both directions.</summary>
internal sealed record WrittenMigration(string Name, IReadOnlyList<string> Up, IReadOnlyList<string> Down)
{
    /// <summary>Its commands commit by themselves.</summary>
    public bool Suppressed { get; init; }

    public WrittenMigration(string name, string up, string down) : this(name, [up], down.Length == 0 ? [] : [down])
    {
    }
}
