using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>What is asked of a database before a run. Null where the engine has nothing to ask.</summary>
internal sealed record PreflightForms
{
    /// <summary>The oldest version that runs work on.</summary>
    public required EngineVersion Oldest { get; init; }

    /// <summary>The newest major version that the impacts were measured on; null where newer ones do the same.</summary>
    public int? Newest { get; init; }

    /// <summary>A row for each reason why nothing can be written: the reason as a clause.</summary>
    public Ask? Unwritable { get; init; }

    /// <summary>By the message of a question that tries to write and fails: the database is read-only.</summary>
    public Func<string, bool> IsReadOnly { get; init; } = _ => false;

    public PoolerForms? Pooler { get; init; }

    /// <summary>Given a privilege and what it is needed on: one row when it is lacking, with who could give it or NULL.</summary>
    public Func<Privilege, TableName?, Ask>? Lacking { get; init; }

    /// <summary>EF's own lock; null where it ends with its session.</summary>
    public EfLockForms? EfLock { get; init; }

    /// <summary>
    /// Transactions of others, and the tables each has locked, one row for a pair: name, statement that ends it, application, age in ms,
    /// whether it holds back whoever waits for all older transactions, schema and table or NULL, whether it wrote to the table, and whether
    /// the bare name means this table.
    /// </summary>
    public Ask? Transactions { get; init; }

    /// <summary>Followers: name, lag in ms or NULL, lag in bytes or NULL.</summary>
    public Ask? Followers { get; init; }

    /// <summary>What keeps the log from being cleared away: name, bytes kept, statement that ends it.</summary>
    public Ask? KeptLog { get; init; }

    /// <summary>What reacts to each changed row of a table: kind and name.</summary>
    public Func<TableName, Ask>? Reacting { get; init; }

    /// <summary>Folders that grow, when the server is this machine: what it holds, path. No row when they cannot be known.</summary>
    public Ask? Folders { get; init; }
}

/// <summary>How one finds out that the server's process changes under a connection. Every text answers with one process number.</summary>
/// <param name="Process">The process that answers.</param>
/// <param name="Take">Takes a lock of its own for the session.</param>
/// <param name="Holder">Given the process that took it: who holds it, as any session sees it; no row when nobody does.</param>
/// <param name="Give">Given the process that took it: gives it back.</param>
internal sealed record PoolerForms(Ask Process, Ask Take, Func<string, Ask> Holder, Func<string, Ask> Give);

internal enum Privilege { Own, CreateIn, CreateSchema, References, Trigger, Select, Insert, Update, Delete, Truncate }

/// <summary>EF's own lock, where it is a row that outlives its owner.</summary>
/// <param name="Exists">One row when the table of the lock is there.</param>
/// <param name="Held">One row when it is held: since when, age in seconds.</param>
/// <param name="Clear">Gives it back for whoever held it.</param>
internal sealed record EfLockForms(Ask Exists, Ask Held, string Clear);
