namespace EfSafeMigrate.Updates.Scratches;

internal enum ScratchPlace
{
    /// <summary>The same server when the user may create databases there, else a private server from local binaries; a file where databases are files.</summary>
    Auto,

    /// <summary>The same server or none.</summary>
    Server,

    /// <summary>A database that somebody names: empty or emptied, never dropped.</summary>
    Named,
}

/// <summary>Where a scratch database is, and what is in it.</summary>
internal sealed record ScratchChoice(ScratchPlace Place, Filling Filling)
{
    /// <summary>The named database.</summary>
    public string? Connection { get; init; }

    /// <summary>Machines, other than this one and the source's server, that rows may be copied to.</summary>
    public IReadOnlyList<string> AllowCopyTo { get; init; } = [];

    /// <summary>Why it must not be on the source's server, as a clause: what is tried there would reach the source. Null when it may.</summary>
    public string? NotOnServer { get; init; }

    /// <summary>Makes what is random the same each time.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>What a scratch database holds.</summary>
internal abstract record Filling
{
    /// <summary>Rows of the source are in it.</summary>
    public virtual bool Copies => false;
}

internal sealed record NoRows : Filling;

/// <param name="Percent">Of each table's rows; what they reference comes with them.</param>
internal sealed record Sample(double Percent) : Filling
{
    public override bool Copies => true;
}

/// <param name="Path">A dump, or a database file where databases are files.</param>
internal sealed record Dump(string Path) : Filling
{
    public override bool Copies => true;
}

/// <param name="BringAsync">Brings a backup in, given the way to the database.</param>
internal sealed record Restored(Func<Protocol.ConnectionTextResult, CancellationToken, Task> BringAsync) : Filling
{
    public override bool Copies => true;
}

/// <param name="Count">Made up, in each table.</param>
internal sealed record MadeUpRows(int Count) : Filling;
