using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines;

/// <summary>How an engine is worked on while migrations run. Statements are the engine's; when they run is decided in Updates.</summary>
internal sealed record UpdateForms
{
    /// <summary>Statements that begin a session of a run. The mark is what others see of it.</summary>
    public required Func<string, EngineVersion, IReadOnlyList<string>> Begin { get; init; }

    public required RunLockForms Lock { get; init; }

    public required JournalForms Journal { get; init; }

    public required CheckpointForms Checkpoints { get; init; }

    /// <summary>
    /// Ends what a run that is dead left at work on the server, given its mark: only sessions that come from where this one comes from.
    /// Null where a statement ends with its process.
    /// </summary>
    public Func<string, StatementMessage>? EndOrphans { get; init; }

    /// <summary>
    /// Takes away the row by which EF keeps others out, given when a dead run of ours began its step: EF waits for ever for a row that
    /// nobody removes. Null where EF's lock ends with the connection.
    /// </summary>
    public Func<DateTimeOffset, StatementMessage>? ClearHistoryLock { get; init; }

    /// <summary>What goes right before a command, by how it waits for locks, and whether it runs in the migration's transaction.</summary>
    public required Func<Waiting, bool, IReadOnlyList<string>> Before { get; init; }

    /// <summary>Takes back what <see cref="Before"/> left on the session.</summary>
    public IReadOnlyList<string> Afterwards { get; init; } = [];

    /// <summary>Until the transaction ends, constraints that would wait for its end are checked with each statement.</summary>
    public IReadOnlyList<string> ChecksAtOnce { get; init; } = [];

    /// <summary>A statement that does nothing, in place of one whose effect is there.</summary>
    public required string Nothing { get; init; }

    /// <summary>By the engine's error code: it failed because of others, and may succeed when tried again.</summary>
    public required Func<string?, bool> OthersInTheWay { get; init; }

    /// <summary>
    /// What a session holds and who waits, given its process: rows of kind (<c>present</c> as long as there is such a process, <c>holds</c>, <c>blocks</c>, <c>blocked-by</c>), table or process,
    /// lock mode or application, age in ms, and for <c>blocks</c> the table that is waited for, for <c>blocked-by</c> the statement. Null where only one connection writes.
    /// </summary>
    public Func<int, Ask>? Locks { get; init; }

    /// <summary>
    /// What the engine says of how others fare: rows of name, kind, value. Kinds are <c>now</c>, <c>total</c> (a counter that only grows) and
    /// <c>rollbacks</c> (one that counts the tool's own reads too). Null where it says nothing.
    /// </summary>
    public Ask? Vitals { get; init; }

    /// <summary>User, and what identifies the database wherever it is copied to: user, fingerprint.</summary>
    public required Ask Identity { get; init; }

    /// <summary>Finds rows that a migration takes away without saying so; null where the engine does not count them.</summary>
    public KeptRowsForms? KeptRows { get; init; }

    /// <summary>Indexes and constraints that are not valid: kind (<c>index</c>, <c>constraint</c>), name, table, statement that proves it.</summary>
    public Ask? Unproved { get; init; }

    /// <summary>Given our process and one that is in its way: ends the other session if that harms nobody. One row: NULL when it was ended, else why not.</summary>
    public Func<int, int, StatementMessage>? End { get; init; }

    /// <summary>What is asked before a run.</summary>
    public required PreflightForms Preflight { get; init; }

    /// <summary>Every column of the users' tables: schema (null for the connection's own), table, column.</summary>
    public required Ask Columns { get; init; }

    /// <summary>How far a sequence has advanced: one row, none when it is not there. Null where old-shape writes are not counted.</summary>
    public Func<Changes.TableName, Ask>? Counter { get; init; }

    /// <summary>How often statements that name a table, and a column when one is given, were run: one row, none when the server does not keep count.</summary>
    public Func<Changes.TableName, string?, Ask>? Statements { get; init; }

    /// <summary>The server's own time, so that those who look from several machines mean the same; null where there is one machine.</summary>
    public Ask? Clock { get; init; }

    /// <summary>What a suppressed statement left behind when it was stopped: null when the engine leaves nothing.</summary>
    public Func<Changes.Change, Leftover?>? LeftBy { get; init; }
}

/// <summary>How a statement waits for its lock.</summary>
internal enum Waiting
{
    /// <summary>Nobody queues behind it: it may wait for as long as it takes.</summary>
    Patient,

    /// <summary>Everybody queues behind it: it gives up soon and is tried again.</summary>
    Brief,
}

/// <summary>How to find what a stopped statement left, and how to clear it away.</summary>
/// <param name="State">One row: <c>done</c> when the statement's effect is there whole, <c>broken</c> when a useless rest is; none when nothing is.</param>
/// <param name="Clear">Removes the rest.</param>
internal sealed record Leftover(Ask State, string Clear);

/// <summary>One run at a time. The lock belongs to the working session and ends with it.</summary>
internal sealed record RunLockForms
{
    /// <summary>Statements that make the lock possible.</summary>
    public IReadOnlyList<string> Create { get; init; } = [];

    /// <summary>Given the owner: one row when the lock was taken, none when another has it. Never waits.</summary>
    public required Func<LockOwner, StatementMessage> Take { get; init; }

    public required Func<LockOwner, StatementMessage> Release { get; init; }

    /// <summary>Told every few seconds by the owner; null when the server knows by itself that the owner lives.</summary>
    public Func<LockOwner, StatementMessage>? Beat { get; init; }

    /// <summary>After so long without a sign of life another may take the lock; null when the server knows by itself.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>
    /// Within a transaction: says that the owner lives, and fails when another has taken the lock meanwhile. Null where the lock ends with its
    /// session: whoever lost it has no session to go on with.
    /// </summary>
    public Func<LockOwner, string>? Keep { get; init; }

    /// <summary>The holder, if any: run, host, pid, since, age of its last sign of life in seconds.</summary>
    public required Ask Holder { get; init; }
}

/// <param name="Run">The run's id.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="Process">Its process there.</param>
internal sealed record LockOwner(string Run, string Host, int Process);

/// <summary>The journal's table.</summary>
internal sealed record JournalForms
{
    /// <summary>One row when the journal is there.</summary>
    public required Ask Exists { get; init; }

    /// <summary>Statements that make it, once.</summary>
    public required IReadOnlyList<string> Create { get; init; }

    /// <summary>Adds number, run, kind, entry, hash; changes no row when the number is taken.</summary>
    public required string Append { get; init; }

    /// <summary>Says beside the chain where it ends, in the same transaction and with the same parameters: the last entry cannot be cut off unseen.</summary>
    public required string Head { get; init; }

    /// <summary>Number, run, kind, entry, hash, in order, and with each of them number and hash of the head. One statement: no other entry comes between.</summary>
    public required Ask Read { get; init; }
}
