using System.Text.Json.Serialization;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.Updates;

/// <summary>What the journal holds: one closed set of events, from which the state of every run is told.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RunStarted), "run-started")]
[JsonDerivedType(typeof(StepStarted), "step-started")]
[JsonDerivedType(typeof(StepEnded), "step-ended")]
[JsonDerivedType(typeof(StepUndone), "step-undone")]
[JsonDerivedType(typeof(StepFailed), "step-failed")]
[JsonDerivedType(typeof(BackfillEnded), "backfill-ended")]
[JsonDerivedType(typeof(RunEnded), RunEnded.Kind)]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Overridden), "overridden")]
[JsonDerivedType(typeof(RehearsalPassed), "rehearsal-passed")]
[JsonDerivedType(typeof(BackedUp), "backed-up")]
[JsonDerivedType(typeof(BackupProven), "backup-proven")]
[JsonDerivedType(typeof(BackupRestored), "backup-restored")]
[JsonDerivedType(typeof(NothingToLose), "nothing-to-lose")]
[JsonDerivedType(typeof(LeftOut), "left-out")]
[JsonDerivedType(typeof(OldWritesSeen), "old-writes-seen")]
[JsonDerivedType(typeof(ReadersAttested), "readers-attested")]
[JsonDerivedType(typeof(MarkedProtected), "marked-protected")]
[JsonDerivedType(typeof(Adopted), "adopted")]
[JsonDerivedType(typeof(SchemaKept), "schema-kept")]
[JsonDerivedType(typeof(StepDecided), "step-decided")]
[JsonDerivedType(typeof(JournalRepaired), JournalRepaired.Kind)]
internal abstract record RunEvent
{
    public DateTimeOffset At { get; init; }

    /// <summary>Who did it: <c>user@host</c>.</summary>
    public string By { get; init; } = "";
}

/// <param name="PlanHash">The plan that was approved to run.</param>
/// <param name="Migrations">Ids, in order.</param>
internal sealed record RunStarted(string PlanHash, IReadOnlyList<string> Migrations) : RunEvent
{
    public required string Host { get; init; }
    public required int Process { get; init; }
    public required string ToolVersion { get; init; }
    public string? Commit { get; init; }

    /// <summary>The provider and its version, on which the commands of a migration depend.</summary>
    public string? Provider { get; init; }
    public string? Environment { get; init; }

    /// <summary>The database's user.</summary>
    public required string User { get; init; }

    /// <summary>The migrations are undone down to this one, or to EF's word for nothing; null where they are applied.</summary>
    public string? DownTo { get; init; }

    /// <summary>Why they are undone.</summary>
    public string? Reason { get; init; }
}

internal sealed record StepStarted(string Migration) : RunEvent
{
    /// <summary>Of the migration's commands: what is closed by another run has it from here.</summary>
    public string? Checksum { get; init; }
}

/// <param name="Checksum">Of the migration's commands.</param>
internal record StepEnded(string Migration, string Checksum) : RunEvent
{
    public double Seconds { get; init; }

    /// <summary>The longest that others could not write to, or not use, a table.</summary>
    public LockTime? LongestHold { get; init; }

    /// <summary>The longest that one other session waited behind the step.</summary>
    public double LongestWaitMilliseconds { get; init; }

    /// <summary>Sessions that were ended because they were in the way.</summary>
    public IReadOnlyList<EndedSession>? EndedSessions { get; init; }

    /// <summary>Commands whose effect was there before the step.</summary>
    public int Recognised { get; init; }

    /// <summary>EF had recorded it although nobody was told: the connection was cut after the commit.</summary>
    public bool FoundDone { get; init; }
}

/// <summary>The migration is undone.</summary>
/// <param name="Checksum">Of the commands that undid it.</param>
internal sealed record StepUndone(string Migration, string Checksum) : StepEnded(Migration, Checksum);

internal sealed record LockTime(string Table, string Mode, double Milliseconds);

/// <summary>A session of somebody else that the run ended.</summary>
internal sealed record EndedSession(int Process, string Application, double OpenSeconds);

internal sealed record StepFailed(string Migration, string Message, string? SqlState) : RunEvent
{
    public LockTime? LongestHold { get; init; }
    public double LongestWaitMilliseconds { get; init; }
    public IReadOnlyList<EndedSession>? EndedSessions { get; init; }
}

/// <summary>Rows were written in batches, and looked at.</summary>
/// <param name="Walked">Rows that were looked at while writing.</param>
/// <param name="Changed">Rows that were written.</param>
internal sealed record BackfillEnded(string Migration, string Table, string Column, long Walked, long Changed) : RunEvent
{
    public double Seconds { get; init; }

    public bool Proven { get; init; }

    /// <summary>Rows that could not be written and were left out, as it was wished.</summary>
    public int SetAside { get; init; }

    /// <summary>What the look at the rows has shown.</summary>
    public required string Sentence { get; init; }
}

/// <param name="Outcome">One of <see cref="RunOutcome"/>.</param>
internal sealed record RunEnded(RunOutcome Outcome, string? Message) : RunEvent
{
    public const string Kind = "run-ended";
}

[JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))]
internal enum RunOutcome
{
    Done,

    /// <summary>Stopped between two steps, nothing half-done.</summary>
    Stopped,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>The run never said how it ended; the next one says so for it.</summary>
    Interrupted,
}

/// <param name="Expires">When the approval ends.</param>
/// <param name="Destructive">Also of what destroys data.</param>
internal sealed record Approved(string PlanHash, DateTimeOffset Expires, bool Destructive, string? Reason) : RunEvent
{
    /// <summary>Of the database it is for.</summary>
    public string Fingerprint { get; init; } = "";

    public IReadOnlyList<ApprovedMigration> Migrations { get; init; } = [];

    /// <summary>Who approved.</summary>
    public Person? Approver { get; init; }

    /// <summary>Who wrote the migrations; empty when that was not known.</summary>
    public IReadOnlyList<Person> Authors { get; init; } = [];
}

/// <param name="Checksum">Of the migration's commands.</param>
internal sealed record ApprovedMigration(string Id, string Checksum);

/// <summary>A safeguard that somebody set aside.</summary>
internal sealed record Overridden(string Safeguard, string Reason) : RunEvent;

/// <summary>How far the counters of old-shape writes stood.</summary>
internal sealed record OldWritesSeen(string Plan, IReadOnlyDictionary<string, long> Counters) : RunEvent
{
    /// <summary>When, by the server's clock; null where it has none of its own.</summary>
    public DateTimeOffset? Clock { get; init; }
}

/// <summary>A person says that no release reads the old shape any more.</summary>
internal sealed record ReadersAttested(string Plan, string Reason) : RunEvent;

/// <summary>This database is protected, whatever name or environment it is reached by.</summary>
internal sealed record MarkedProtected(string Reason) : RunEvent;

/// <summary>Migrations that were in the database before the tool was.</summary>
internal sealed record Adopted(IReadOnlyList<string> Migrations) : RunEvent;

/// <summary>The schema as it was when a run ended or a database was adopted, so that what other hands change later can be told.</summary>
/// <param name="Schema">Digest of all its lines.</param>
/// <param name="History">Digest of what EF had recorded.</param>
/// <param name="Lines">Compressed: what is new and what is gone since the entry before; null where that is too much to keep.</param>
internal sealed record SchemaKept(string Schema, string History, string? Lines) : RunEvent
{
    /// <summary>It does not go on from the entry before: all lines are new.</summary>
    public bool Whole { get; init; }
}

/// <summary>A person has looked whether the command at which a migration was interrupted took effect.</summary>
internal sealed record StepDecided(string Migration, int Command, bool Done, string Reason) : RunEvent;

/// <summary>A person knows that entries before this one were changed, and the journal goes on from here.</summary>
/// <param name="Broken">Number of the first entry that is not what was written.</param>
/// <param name="OldHash">The hash of the last entry as it was found.</param>
internal sealed record JournalRepaired(string Reason, long Broken, string? OldHash) : RunEvent
{
    public const string Kind = "journal-repaired";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunEvent))]
internal sealed partial class RunEventJson : JsonSerializerContext;
