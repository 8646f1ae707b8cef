namespace EfSafeMigrate.Engines;

/// <summary>
/// How far a migration has come that cannot be committed as a whole. A mark is written in the transaction of the commands it speaks of: it is
/// there exactly when they are.
/// </summary>
internal sealed record CheckpointForms
{
    /// <summary>A statement that sets the mark.</summary>
    public required Func<Checkpoint, string> Mark { get; init; }

    /// <summary>Removes the mark of a migration, given its id.</summary>
    public required Func<string, string> Forget { get; init; }

    /// <summary>The command that was begun has failed, given the migration's id and the run that began it.</summary>
    public required Func<string, string, string> Settle { get; init; }

    /// <summary>Ids of migrations that have a mark.</summary>
    public required Ask All { get; init; }

    /// <summary>Run, checksum, done and begun of the mark of a migration, given its id; no row when there is none.</summary>
    public required Func<string, Ask> Find { get; init; }

    /// <summary>By the text of one statement: it means something for its own connection only, so it is run again whatever was done before.</summary>
    public required Func<string, bool> OfSession { get; init; }

    /// <summary>By its text: outside a transaction it may be run again, whether or not it was done before.</summary>
    public required Func<string, bool> Repeatable { get; init; }
}

/// <param name="Run">Who wrote it.</param>
/// <param name="Checksum">Of the migration's commands.</param>
/// <param name="Done">So many of its commands are committed.</param>
/// <param name="Begun">A command outside the transaction that was begun; null when it has ended.</param>
internal sealed record Checkpoint(string Migration, string Run, string Checksum, int Done, int? Begun);
