namespace EfSafeMigrate.Engines;

/// <summary>How long a statement waits for a lock that somebody holds, and what bounds the wait.</summary>
/// <param name="Setting">The setting's name.</param>
/// <param name="Unset">How long it waits without the setting, as the end of a sentence: <c>without end</c>.</param>
/// <param name="Read">The setting's value as a time; <see cref="Timeout.InfiniteTimeSpan"/> where it switches the bound off, null where it cannot be read.</param>
/// <param name="Statement">The statement that bounds the wait by a few seconds.</param>
internal sealed record LockWaiting(string Setting, string Unset, Func<string, TimeSpan?> Read, string Statement)
{
    /// <summary>Longer than people wait for a page.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    /// <summary>The statement that bounds it by two seconds, for the transaction where the engine can say so.</summary>
    public required string Brief { get; init; }

    /// <summary>Every statement that defines something has the table to itself at its end, however little it locks while it works.</summary>
    public bool EveryDefinition { get; init; }
}

/// <summary>What a session says of itself, or bounds, that is no wait for a lock.</summary>
internal enum SessionLimit { Statement, IdleTransaction, Transaction, ApplicationName }

/// <param name="Setting">The setting's name.</param>
/// <param name="Statement">A statement that sets it.</param>
/// <param name="Since">The first version that has it.</param>
internal sealed record SessionSetting(SessionLimit Limit, string Setting, string Statement, EngineVersion Since = default);

/// <summary>Something certain versions of an engine do wrong.</summary>
/// <param name="What">What happens, as a clause.</param>
/// <param name="Fixed">The first version without it.</param>
internal sealed record Flaw(string What, EngineVersion Fixed, Uri Page);
