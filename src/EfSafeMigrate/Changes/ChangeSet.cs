namespace EfSafeMigrate.Changes;

/// <summary>The migrations under review, oldest first; pending model changes stand last.</summary>
internal sealed record ChangeSet(IReadOnlyList<MigrationChanges> Migrations);

/// <param name="Id">The migration's id, or <see cref="Origin.PendingModel"/>.</param>
/// <param name="Source">The schema before the migration.</param>
internal sealed record MigrationChanges(string Id, DatabaseModel Source, IReadOnlyList<Change> Changes)
{
    /// <summary>The provider's commands, in order.</summary>
    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>The phase it says it is; null for an ordinary migration.</summary>
    public PhaseMark? Phase { get; init; }

    /// <summary>The backfills in it, by the operation that carries each.</summary>
    public IReadOnlyDictionary<int, BackfillSpec> Backfills { get; init; } = new Dictionary<int, BackfillSpec>();

    /// <summary>EF's statement that records the migration, when it was asked for.</summary>
    public string? History { get; init; }

    /// <summary>A text that is run as it stands: no tool sets timeouts for it or opens it a session of its own.</summary>
    public bool IsScript { get; init; }

    /// <summary>What the text has set for its session before this migration begins.</summary>
    public IReadOnlyList<SetSetting> Session { get; init; } = [];

    /// <summary>A later part of the text ends the transaction that this one leaves open.</summary>
    public bool IsEndedLater { get; init; }

    /// <summary>Why <c>Down</c> does not undo it, as a clause; null where it does, or nobody looked.</summary>
    public string? NoWayBack { get; init; }

    /// <summary>What it leads back to, the id of a migration or EF's word for nothing, where these changes undo it; null where they are its own.</summary>
    public string? DownTo { get; init; }

    /// <summary>What a person accepts of all of it, and comments that stand above no operation of it.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>A script that somebody wrote, and no migration of EF's in it.</summary>
    public bool IsByHand => IsScript && History is null;

    /// <summary>A class that EF never runs.</summary>
    public bool IsIgnored => Changes is [IgnoredMigration];

    /// <summary>What is wrong with waivers in the settings, and no migration.</summary>
    public bool IsOfSettings => Changes is [UnusedWaiver or ExpiredWaiver, ..];

    /// <summary>Its files are spoken of, and nothing that it does.</summary>
    public bool IsRemark => Changes.Count > 0 && Changes.All(change => change is IgnoredMigration or HistoryChange);

    public bool IsPendingModel => Id == Origin.PendingModel;

    /// <summary>The id without its timestamp, as a person says it.</summary>
    public string Name => IsPendingModel || IsByHand ? Id : NameOf(Id);

    public static string NameOf(string id) => id.IndexOf('_', StringComparison.Ordinal) is > 0 and var at ? id[(at + 1)..] : id;

    /// <summary>Inside a sentence: <c>TidyOrders</c>, or <c>the model changes</c>.</summary>
    public string Spoken => IsPendingModel ? "the model changes" : Name;

    /// <summary>Inside a sentence, where only the id tells it from another.</summary>
    public string SpokenId => IsPendingModel ? Spoken : Id;
}

/// <param name="Operations">Indices of the operations the command serves; several where a provider merges them.</param>
internal sealed record Command(string Sql, bool Suppressed, IReadOnlyList<int> Operations);
