using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines;

/// <summary>
/// How an engine writes the rows of a table batch by batch. Values of keys travel as text that the server made of them and can read again;
/// every form takes them as parameters.
/// </summary>
internal sealed record BackfillForms
{
    /// <summary>Names of the tool's own tables, and the statements that make them.</summary>
    public required BackfillTables Tables { get; init; }

    /// <summary>
    /// Columns of a table, none of a view: name, type, type for a conversion from text, <c>yes</c> when it may be NULL, place in the primary key or NULL;
    /// and the type for <see cref="Converted"/> or NULL, where there is one.
    /// </summary>
    public required Func<TableName, Ask> Columns { get; init; }

    /// <summary>One row when rows of the table may be hidden from this session; null where every session sees all rows.</summary>
    public Func<TableName, Ask>? Hides { get; init; }

    /// <summary>What stands for a key where a table has none; null where there is no way to go over it.</summary>
    public IReadOnlyList<KeyColumn>? Place { get; init; }

    /// <summary>Each row of a range by itself, as a key for <see cref="KeyRange.Row"/>, where a place has several rows; null where it is one row.</summary>
    public Func<Walk, KeyRange, Ask>? RowsAt { get; init; }

    /// <summary>Rows change that place when they are written: passes go on until one finds nothing.</summary>
    public bool Moves { get; init; }

    /// <summary>One row: the last key; none when the table is empty.</summary>
    public required Func<Walk, Ask> Last { get; init; }

    /// <summary>One row: the key of the n-th row of a range; none when it has fewer.</summary>
    public required Func<Walk, KeyRange, long, Ask> Nth { get; init; }

    /// <summary>One row: how many rows the table has, exactly. Takes as long as it takes.</summary>
    public required Func<Walk, KeyRange, Ask> Count { get; init; }

    /// <summary>Before every batch, in its transaction: given how many milliseconds it may wait for a row.</summary>
    public required Func<int, IReadOnlyList<string>> Begin { get; init; }

    /// <summary>Before everything else on a worker's connection, each time it is opened.</summary>
    public IReadOnlyList<string> Session { get; init; } = [];

    /// <summary>Keeps the rows of the spec's sources as they are until the batch is committed.</summary>
    public Func<Walk, KeyRange, IReadOnlyList<StatementMessage>> KeepSources { get; init; } = (_, _) => [];

    /// <summary>Writes the rows of a range that still need it.</summary>
    public required Func<Walk, KeyRange, StatementMessage> Write { get; init; }

    /// <summary>The same for a whole batch, failing at once when somebody holds one of them; null where <see cref="Begin"/> lets it wait that shortly.</summary>
    public Func<Walk, KeyRange, StatementMessage>? WriteAtOnce { get; init; }

    /// <summary>The same without those that somebody holds; null where nobody holds single rows, or nobody can be passed by.</summary>
    public Func<Walk, KeyRange, StatementMessage>? WriteFree { get; init; }

    /// <summary>Keys of rows in a range that still need it, in order, so many at most.</summary>
    public required Func<Walk, KeyRange, int, Ask> Left { get; init; }

    /// <summary>
    /// One row about a range: how many rows, how many of them differ from the expression, a digest over keys and values, the digest that it would
    /// be if none differed, and how many rows the spec is about. The digests do not depend on the order; null where <see cref="Hashes"/> is false.
    /// </summary>
    public required Func<Walk, KeyRange, Ask> Compare { get; init; }

    /// <summary>The engine has a hash for digests.</summary>
    public bool Hashes { get; init; } = true;

    /// <summary>One row when the trigger is on the table and fires for everyone; null where there are no triggers to look for.</summary>
    public required Func<TableName, string, Ask> Fires { get; init; }

    /// <summary>By the engine's error code: it failed because of others, and may succeed when tried again.</summary>
    public required Func<string?, bool> OthersInTheWay { get; init; }

    /// <summary>By the engine's error code: a value in a row is at fault, and trying again does not help.</summary>
    public required Func<string?, bool> RowAtFault { get; init; }

    /// <summary>True when equal values of the type may be stored differently, or cannot be compared at all.</summary>
    public required Func<string, bool> HasLooseEquality { get; init; }

    /// <summary>A value as the column would store it, given the SQL and the type: never shortened without a word.</summary>
    public Func<string, string, string> Converted { get; init; } = (sql, _) => sql;

    /// <summary>
    /// A row when the value of one of the first rows is another once it is stored and computed again: both values. Null where nobody asks.
    /// </summary>
    public Func<Walk, Ask>? Unsettled { get; init; }

    /// <summary>How long a batch should take.</summary>
    public TimeSpan Target { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time for others between two batches, where one writer shuts out all others.</summary>
    public TimeSpan Breath { get; init; }
}

/// <summary>The tool's tables about backfills: all columns are text, so that one form of every statement fits all engines.</summary>
/// <param name="Backfill">Quoted.</param>
/// <param name="Part">Quoted.</param>
/// <param name="Row">Quoted.</param>
/// <param name="InsertNew">Turns <c>INSERT INTO t (…) VALUES (…)</c> into one that does nothing when the key is there.</param>
internal sealed record BackfillTables(string Backfill, string Part, string Row, IReadOnlyList<string> Create, Func<string, string> InsertNew)
{
    /// <summary>One row when the tables are there.</summary>
    public required Ask Exists { get; init; }
}

/// <summary>A way over all rows of a table.</summary>
/// <param name="Key">In order.</param>
internal sealed record Walk(BackfillSpec Spec, IReadOnlyList<KeyColumn> Key)
{
    /// <summary>The type of the column that is written, with its length.</summary>
    public required string Type { get; init; }

    /// <summary>What a value becomes when the column stores it, but for what a conversion would cut off; null where nothing is known.</summary>
    public string? Stored { get; init; }

    /// <summary>All columns of the table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows change their places when they are written: passes go on until one finds nothing.</summary>
    public bool Moves { get; init; }
}

/// <param name="Type">As the engine writes it, for a conversion from text.</param>
internal sealed record KeyColumn(string Name, string Type);

/// <summary>The rows behind one key up to and with another; null is the table's beginning, or its end.</summary>
internal sealed record KeyRange(IReadOnlyList<string>? After, IReadOnlyList<string>? UpTo)
{
    public static readonly KeyRange All = new(null, null);

    /// <summary>Only the row with the key that the range goes up to.</summary>
    public bool IsRow { get; init; }

    public static KeyRange Row(IReadOnlyList<string> key) => new(null, key) { IsRow = true };
}
