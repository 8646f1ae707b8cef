using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines;

/// <summary>How a database of an engine is written into files, and how one tells that it came back whole.</summary>
internal sealed record BackupForms
{
    /// <summary>What identifies the database wherever it is copied to: user, fingerprint.</summary>
    public required Ask Identity { get; init; }

    /// <summary>The users' whole schema, as <see cref="SchemaForms.Lines"/>.</summary>
    public required Func<TableName?, Ask> Definitions { get; init; }

    /// <summary>What a row of <see cref="Definitions"/> says.</summary>
    public Func<IReadOnlyList<string?>, IEnumerable<SchemaLine>> Read { get; init; } = row => [new(row[0]!, row[1], row[2]!, row[3] ?? "")];

    /// <summary>Settings of every session that reads rows: the same row is the same text in each of them.</summary>
    public required IReadOnlyList<string> Begin { get; init; }

    /// <summary>Settings besides, of a session that reads rows while programs of ours are at work on the tables.</summary>
    public IReadOnlyList<string> Patience { get; init; } = [];

    /// <summary>Statements after which the session sees the database as it is now, until <see cref="Release"/>.</summary>
    public required IReadOnlyList<string> Hold { get; init; }

    public required string Release { get; init; }

    /// <summary>Keeps everybody from writing for the moment in which the holding session and the programs begin; on a session of its own. Empty where they share a snapshot.</summary>
    public IReadOnlyList<string> Freeze { get; init; } = [];

    public string Thaw { get; init; } = "";

    /// <summary>The name under which programs see what the holding session sees; null where the session itself copies.</summary>
    public Ask? Snapshot { get; init; }

    /// <summary>Every column of every table that has rows of its own, EF's history and the tool's tables among them: schema, table, column, or NULL for a table without any, and its type where <see cref="Digest"/> asks for it.</summary>
    public required Ask Tables { get; init; }

    /// <summary>One row: how many rows a table has, and a digest of them that does not depend on their order; NULL is not the empty text, and values that change places between rows are another digest. Null where the server has no function for that.</summary>
    public Func<TableName, IReadOnlyList<DigestedColumn>, Ask>? Digest { get; init; }

    /// <summary>The rows of a table, each as one text; digested by whoever reads them.</summary>
    public Func<TableName, IReadOnlyList<string>, string>? Lines { get; init; }

    /// <summary>What else has values: name, how many, digest. Null where there is nothing else.</summary>
    public Ask? Others { get; init; }

    /// <summary>How far sequences have got, which no transaction holds: name, value.</summary>
    public Ask? Counters { get; init; }

    /// <summary>What of the database is kept beside its rows and tables: name, value.</summary>
    public Ask? Settings { get; init; }

    /// <summary>The statement that gives a restored database a setting; null for one that is not known.</summary>
    public Func<string, string, string?> Set { get; init; } = (_, _) => null;

    /// <summary>A definition without what a server writes otherwise when it reads it from a dump.</summary>
    public Func<string, string> Normal { get; init; } = definition => definition;

    /// <summary>False for what no backup brings back, and nobody misses.</summary>
    public Func<SchemaLine, bool> Kept { get; init; } = _ => true;

    /// <summary>How the engine says that a disk is full, where it does not repeat the system's own words.</summary>
    public IReadOnlyList<string> FullDisk { get; init; } = [];

    /// <summary>One row: the bytes that a backup takes at most.</summary>
    public required Ask Size { get; init; }

    /// <summary>The programs that write and read backups; null where the provider copies the file.</summary>
    public BackupPrograms? Programs { get; init; }

    /// <summary>Run on a copied file, so that it is one file and stays as it is.</summary>
    public IReadOnlyList<string> Settle { get; init; } = [];

    /// <summary>Programs that write SQL; null where there are <see cref="Programs"/> or none.</summary>
    public StreamPrograms? Streams { get; init; }

    /// <summary>Databases of our own that take backups only; null where the engine has its own.</summary>
    public ScratchForms? Scratch { get; init; }

    /// <summary>Why none of it has been tried on a server, as a sentence; null where it has.</summary>
    public string? Untried { get; init; }

    /// <summary>Keywords of the connection string to a copied file that is only read.</summary>
    public IReadOnlyDictionary<string, string> ReadOnly { get; init; } = new Dictionary<string, string>();
}

/// <param name="Type">As the engine calls it; null where its values are digested as the server writes them.</param>
internal sealed record DigestedColumn(string Name, string? Type);

/// <summary>The programs of an engine that write a database into files and read it back.</summary>
internal sealed record BackupPrograms
{
    public required ProgramForms Forms { get; init; }

    /// <summary>The keyword of connection strings by which a session says who it is.</summary>
    public required string SessionKeyword { get; init; }

    /// <summary>Ends sessions of this name.</summary>
    public required Func<string, StatementMessage> End { get; init; }

    public required Func<DumpCall, ToolCall> Dump { get; init; }

    /// <summary>Into a database that is empty; it ends at the first statement that the server refuses.</summary>
    public required Func<RestoreCall, ToolCall> Restore { get; init; }

    /// <summary>How the programs are installed where they are missing or too old, given the server's major version.</summary>
    public required Func<int, string> Install { get; init; }
}

/// <param name="Path">Of the dump, which is not there yet.</param>
/// <param name="Snapshot">What the dump is to show.</param>
internal sealed record DumpCall(string Path, int Jobs, string? Snapshot);

/// <param name="Path">Of the dump.</param>
internal sealed record RestoreCall(string Path, int Jobs, RestoreManner Manner)
{
    public RestorePart Part { get; init; }
}

internal enum RestorePart
{
    Whole,

    /// <summary>Tables and their rows.</summary>
    Rows,

    /// <summary>What stands on rows that are there: indexes, constraints, triggers.</summary>
    Rest,
}

internal enum RestoreManner
{
    /// <summary>Everything belongs to whom it belonged to, with the rights that others have on it.</summary>
    AsItWas,

    /// <summary>Everything belongs to whoever restores.</summary>
    WithoutOwners,

    /// <summary>Into a scratch database: nothing of it works by itself or reaches others.</summary>
    Scratch,
}

/// <summary>The programs of an engine that write a database as SQL to their standard output, and read it from their standard input.</summary>
internal sealed record StreamPrograms
{
    public required ProgramForms Forms { get; init; }

    /// <summary>The files of a dump, in the order in which they are restored.</summary>
    public required IReadOnlyList<StreamPart> Parts { get; init; }

    /// <summary>Given what a connection string says by keyword.</summary>
    public required Func<IReadOnlyDictionary<string, string>, ToolCall> Run { get; init; }

    /// <summary>The first part of its output that comes out of the snapshot.</summary>
    public required string Begun { get; init; }

    /// <summary>A line of a dump as it is restored, when not as it was.</summary>
    public required Func<string, RestoreManner, string> Line { get; init; }

    /// <summary>Lines that hold rows, which are restored as they are.</summary>
    public required string Rows { get; init; }

    /// <summary>How the programs are installed where they are missing or too old, given the server's major version.</summary>
    public required Func<int, string> Install { get; init; }
}

/// <param name="File">Its name.</param>
/// <param name="Dump">Given what a connection string says by keyword.</param>
internal sealed record StreamPart(string File, Func<IReadOnlyDictionary<string, string>, ToolCall> Dump);
