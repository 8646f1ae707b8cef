namespace EfSafeMigrate.Updates;

/// <summary>What came of the consent: the plan may run.</summary>
/// <param name="Events">For the journal to keep.</param>
internal sealed record Agreement(IReadOnlyList<RunEvent> Events)
{
    /// <summary>All of the plan may destroy data.</summary>
    public bool Destructive { get; init; }

    /// <summary>Ids of migrations that may destroy data.</summary>
    public IReadOnlyList<string> Losses { get; init; } = [];

    /// <summary>The approval that protects the target; null where nothing is protected.</summary>
    public string? Approval { get; init; }

    /// <summary>Whether the migration may take away rows of which it says nothing.</summary>
    public bool AcceptsLossIn(PlannedUpdate migration) => Destructive || Losses.Contains(migration.Id);

    /// <summary>What the next command needs when the loss is meant.</summary>
    public string HowToAcceptLossIn(PlannedUpdate migration) =>
        Approval is { } hash ? $"--approve-destructive {Digest.Spoken(hash)} --reason \"…\"" : $"--accept-data-loss {migration.Name}";
}
