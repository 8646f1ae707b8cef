using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Settings;

/// <summary>What a team has decided once, in <c>.config/safe-migrate.json</c>.</summary>
internal sealed record SafeMigrateSettings
{
    /// <summary>The file it was read from; null when there is none and everything is as it is by default.</summary>
    public string? File { get; init; }

    /// <summary>Id of the engine, for a provider that serves several; null when the server or the context's options tell.</summary>
    public string? Engine { get; init; }

    /// <summary>Which databases take more than a yes.</summary>
    public ProtectedTargets Protected { get; init; } = new();

    public ApprovalSettings Approval { get; init; } = new();

    /// <summary>Commands by the event that starts them.</summary>
    public IReadOnlyDictionary<string, string> Hooks { get; init; } = new Dictionary<string, string>();

    /// <summary>A hook that lasts longer is ended.</summary>
    public TimeSpan HookTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The command that is told of every event; null when nobody is.</summary>
    public string? Notify { get; init; }

    /// <summary>Queries sampled before, during and after a run, by name.</summary>
    public IReadOnlyDictionary<string, string> Watch { get; init; } = new Dictionary<string, string>();

    /// <summary>Queries asked after a run, by name: each has to answer, and its first value is not to be false.</summary>
    public IReadOnlyDictionary<string, string> Verify { get; init; } = new Dictionary<string, string>();

    /// <summary>The longest a step may hold a lock that stops others, or let one of them wait; null for no limit.</summary>
    public double? LockBudgetMilliseconds { get; init; }

    /// <summary>A run does not start on a schema that other hands have changed, also where nothing is protected.</summary>
    public bool RefusesDrift { get; init; }

    /// <summary>How long the old shape must not have been written before it is taken away.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Backups before runs.</summary>
    public BackupTerms Backup { get; init; } = new();

    /// <summary>How rows are written in batches.</summary>
    public BackfillTerms Backfill { get; init; } = new();

    /// <summary>Who is told of a run, and how they are reached.</summary>
    public IReadOnlyDictionary<string, string> Contacts { get; init; } = new Dictionary<string, string>();

    public RollbackTerms Rollback { get; init; } = new();

    /// <summary>Makes version and changelog when everything is applied; null when nothing does.</summary>
    public string? ReleaseCommand { get; init; }

    /// <summary>Findings that are accepted until further notice.</summary>
    public IReadOnlyList<StandingWaiver> Waivers { get; init; } = [];

    /// <summary>How grave findings of a rule are, by its id; null for a rule that is turned off.</summary>
    public IReadOnlyDictionary<string, Severity?> Severities { get; init; } = new Dictionary<string, Severity?>();

    /// <summary>How names are to be written.</summary>
    public NamingAgreement Naming { get; init; } = NamingAgreement.None;

    /// <summary>Version of the servers that the migrations are for; a server that is asked knows better.</summary>
    public EngineVersion? ServerVersion { get; init; }

    /// <summary>Their edition, where the engine has several.</summary>
    public string? Edition { get; init; }

    /// <summary>From which severity on a review fails: careful, dangerous or never; null where nobody said.</summary>
    public string? FailOn { get; init; }

    /// <summary>What has to be there beside migrations.</summary>
    public GateTerms Gates { get; init; } = new();

    /// <summary>Whole path of the project, or of its folder, that the tests of migrations go into; null to look for it.</summary>
    public string? TestProject { get; init; }

    /// <summary>What they say of findings, on the day the clock shows.</summary>
    public Policy PolicyAt(TimeProvider clock) => new()
    {
        Severities = Severities,
        Waivers = Waivers,
        Naming = Naming,
        Today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
    };
}

/// <summary>A target is protected when any one of these names it. Patterns know <c>*</c> and <c>?</c>.</summary>
internal sealed record ProtectedTargets
{
    public IReadOnlyList<string> Environments { get; init; } = ["production"];

    /// <summary>Of the host, or of host and port.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    public IReadOnlyList<string> Databases { get; init; } = [];

    public BackupNeed Backup { get; init; }

    public RehearsalNeed Rehearsal { get; init; }
}

internal sealed record ApprovalSettings
{
    /// <summary>How long an approval holds.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Whoever wrote a migration does not approve it.</summary>
    public bool ApproverIsNotAuthor { get; init; }

    /// <summary>Who may sign an approval file: name and public key as PEM.</summary>
    public IReadOnlyDictionary<string, string> Approvers { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a team says of going back.</summary>
internal sealed record RollbackTerms
{
    /// <summary>Feature flags that turn the new behaviour off.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];
}
