namespace EfSafeMigrate.Protocol;

/// <summary>Names of the connections a run uses.</summary>
internal static class SessionNames
{
    /// <summary>Samples how the database fares.</summary>
    public const string Pulse = "pulse";

    /// <summary>The context's own connection, on which EF migrates.</summary>
    public const string Work = "work";

    /// <summary>Looks on while the other works.</summary>
    public const string Watch = "watch";

    /// <summary>Writes rows beside the working one.</summary>
    public static string Worker(int number) => System.FormattableString.Invariant($"worker {number}");
}

/// <summary>The ids in EF's history table, oldest first.</summary>
/// <param name="Before">Run before the question, in a transaction with it that is rolled back.</param>
internal sealed record AppliedRequest(IReadOnlyList<string> Before) : Request;

internal sealed record AppliedResult(IReadOnlyList<string> Migrations);

/// <summary>Statements that change something, in one transaction or each by itself.</summary>
internal sealed record BatchRequest(IReadOnlyList<StatementMessage> Statements, bool Transaction, int TimeoutSeconds) : Request;

/// <param name="Parameters">Bound as <c>@p0</c>, <c>@p1</c> …</param>
internal sealed record StatementMessage(string Sql, params IReadOnlyList<string?> Parameters)
{
    /// <summary>The batch is rolled back when the statement changes another number of rows; null when any number is right.</summary>
    public int? ExpectedRows { get; init; }
}

/// <summary>What each statement returned and changed.</summary>
internal sealed record BatchResult(IReadOnlyList<StatementResult> Statements);

/// <param name="Changed">Rows changed; -1 where the statement changes none.</param>
internal sealed record StatementResult(int Changed, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    /// <summary>How long the server took, without the commit.</summary>
    public double Milliseconds { get; init; }
}

/// <summary>Lets EF apply one migration, and tells of each of its commands.</summary>
/// <param name="Commands">The commands EF is expected to run, in order; others are EF's own housekeeping.</param>
internal sealed record MigrateRequest(string Migration, IReadOnlyList<ExpectedCommand> Commands) : Request
{
    /// <summary>Run on the connection when the migration has ended, however it ended.</summary>
    public IReadOnlyList<string> Afterwards { get; init; } = [];

    /// <summary>The migration is undone, down to this one: its id, or EF's word for none. Null to apply it.</summary>
    public string? DownTo { get; init; }

    /// <summary>Asked right before and right after each expected command, on its connection and in its transaction.</summary>
    public string? Observe { get; init; }
}

/// <param name="Sql">The command's text.</param>
/// <param name="Before">Run on the same connection, in the same transaction, right before it.</param>
internal sealed record ExpectedCommand(string Sql, IReadOnlyList<string> Before)
{
    /// <summary>Run on the same connection, in the same transaction, right after it has succeeded.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Runs in its place: what it does is there already.</summary>
    public string? Instead { get; init; }
}

/// <param name="Command">Index into <see cref="MigrateRequest.Commands"/>.</param>
/// <param name="Milliseconds">How long it ran; null when it begins.</param>
internal sealed record CommandProgress(int Command, double? Milliseconds)
{
    public bool Failed { get; init; }

    /// <summary>Rows it changed, as the driver says; null when it begins, -1 where it changes none.</summary>
    public int? Changed { get; init; }

    /// <summary>What <see cref="MigrateRequest.Observe"/> answers; null when nobody asked.</summary>
    public IReadOnlyList<IReadOnlyList<string?>>? Seen { get; init; }
}

/// <param name="Ran">Texts of the commands EF ran, without its housekeeping.</param>
internal sealed record MigrateResult(IReadOnlyList<string> Ran);
