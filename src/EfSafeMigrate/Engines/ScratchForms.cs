using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines;

/// <summary>How a database of our own is made on an engine, emptied and dropped.</summary>
internal sealed record ScratchForms
{
    private readonly RowForms? rows;

    /// <summary>The keyword of connection strings that names the database, or its file.</summary>
    public required string Database { get; init; }

    /// <summary>The keyword that names the machine; null where a database is a file of this one.</summary>
    public string? Host { get; init; }

    /// <summary>Keywords of every connection to a scratch database: a session that is closed has to be gone.</summary>
    public required IReadOnlyDictionary<string, string> Always { get; init; }

    /// <summary>What is written on the database connected to, such as who has it as a scratch: one row, NULL when nothing is.</summary>
    public required Ask Mark { get; init; }

    /// <summary>Given what to write on it; null for nothing.</summary>
    public required Func<string?, IReadOnlyList<StatementMessage>> SetMark { get; init; }

    /// <summary>The kind of each thing that users have made, tables first: what is lost when the database is emptied.</summary>
    public required Ask Objects { get; init; }

    /// <summary>Tables that users have made, the tool's and EF's own among them: schema, name.</summary>
    public required Ask Tables { get; init; }

    /// <summary>Statements that take out what users have made, each by itself; none when nothing is left.</summary>
    public required Ask Clear { get; init; }

    /// <summary>Statements that make the schema anew, asked of the source: kind (<c>table</c> or another, which goes behind the rows), statement. Null where a program of the server writes them.</summary>
    public Ask? Definitions { get; init; }

    /// <summary>Null where a database is a file.</summary>
    public ServerForms? Server { get; init; }

    /// <summary>Keywords of a connection string that programs are led by.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Settings of a session that empties it.</summary>
    public required IReadOnlyList<string> Begin { get; init; }

    /// <summary>How rows get in; asking an engine whose scratch databases only take backups is a refusal.</summary>
    public RowForms Rows
    {
        get => rows ?? throw new SafeMigrateException("Rows cannot be copied into a scratch database of this engine yet.", "copy them by hand into a database of your own");
        init => rows = value;
    }
}

/// <summary>Databases on a server.</summary>
internal sealed record ServerForms
{
    /// <summary>One row: NULL when the user may create databases, else why not, as a clause.</summary>
    public required Ask MayCreate { get; init; }

    /// <summary>Given a name: the statements that make a database like the one connected to.</summary>
    public required Func<string, Ask> Create { get; init; }

    /// <summary>The same where the other server does not know the locale.</summary>
    public required Func<string, string> CreatePlainly { get; init; }

    /// <summary>Statements that make the roles the source has, without their rights, on a server of our own.</summary>
    public required Ask Roles { get; init; }

    /// <summary>Given a name and a mark.</summary>
    public required Func<string, string, StatementMessage> Mark { get; init; }

    /// <summary>Given the beginning of our names: name, mark or NULL, <c>used</c> when a session is in it, of databases that the user may drop.</summary>
    public required Func<string, Ask> Ours { get; init; }

    /// <summary>Ends whoever is in it, and drops it if it is there.</summary>
    public required Func<string, IReadOnlyList<StatementMessage>> Drop { get; init; }

    /// <summary>What of a statement changes more than its database, in its own words; null when nothing does.</summary>
    public required Func<string, string?> Wide { get; init; }

    /// <summary>Statements that take away the ways from the database connected to into others.</summary>
    public required Ask Ways { get; init; }

    /// <summary>How the session is called on the server.</summary>
    public required Func<string, StatementMessage> Name { get; init; }

    /// <summary>One row when a session of this name is connected to the server.</summary>
    public required Func<string, Ask> Named { get; init; }

    /// <summary>Null where the tool starts no server of its own, and brings no schema by programs.</summary>
    public ToolForms? Tools { get; init; }
}

/// <summary>The server's own programs on this machine that make scratch databases and fill them.</summary>
internal sealed record ToolForms : ProgramForms
{
    /// <summary>The server itself.</summary>
    public required string Server { get; init; }

    public required ToolCall Dump { get; init; }

    /// <summary>A dump without the ways into other databases, and the passwords for them.</summary>
    public required Func<string, string> Alone { get; init; }

    /// <summary>Runs SQL from its standard input.</summary>
    public required ToolCall Run { get; init; }

    /// <summary>Given a dump that is not SQL.</summary>
    public required Func<string, ToolCall> Restore { get; init; }

    /// <summary>The first bytes of a file, or the name of a file in a folder, tell a dump that is not SQL.</summary>
    public required Func<byte[], bool> IsArchive { get; init; }

    /// <summary>What of a dump's line is an instruction to the program that runs it; null for SQL and rows.</summary>
    public required Func<IEnumerable<string>, string?> Instruction { get; init; }

    public required PrivateForms Private { get; init; }
}

/// <param name="Program">Without folder and extension.</param>
internal sealed record ToolCall(string Program, params IReadOnlyList<string> Arguments);

/// <summary>A server of our own in a folder.</summary>
internal sealed record PrivateForms
{
    /// <summary>Users that it may run as where the system's administrator may not, the first that is there.</summary>
    public required IReadOnlyList<string> Users { get; init; }

    /// <summary>Given the folder of its data, and the file with its password or null where the folder keeps others out.</summary>
    public required Func<string, string?, ToolCall> Make { get; init; }

    public required string SettingsFile { get; init; }

    /// <summary>Given the folder for its socket, or null for the loopback address, and the port.</summary>
    public required Func<string?, int, IReadOnlyList<string>> Settings { get; init; }

    /// <summary>Given the folder of its data and the file of its log.</summary>
    public required Func<string, string, ToolCall> Start { get; init; }

    public required Func<string, ToolCall> Stop { get; init; }

    /// <summary>Says in the folder of its data which version it has.</summary>
    public required string VersionFile { get; init; }

    /// <summary>Is in the folder of its data as long as it runs.</summary>
    public required string Running { get; init; }

    /// <summary>The longest folder in which a socket can be.</summary>
    public required int LongestSocket { get; init; }

    /// <summary>Given host or folder, port, password or null, database.</summary>
    public required Func<string, int, string?, string, IReadOnlyDictionary<string, string>> Connection { get; init; }

    /// <summary>The database that is there from the beginning.</summary>
    public required string First { get; init; }
}

/// <summary>How rows get into a scratch database.</summary>
internal sealed record RowForms
{
    /// <summary>Settings of every session that reads or writes rows.</summary>
    public required IReadOnlyList<string> Begin { get; init; }

    /// <summary>Tables with rows of the users: schema, name, <c>large</c> when a look at every row is to be spared. The tool's own are not among them.</summary>
    public required Ask Tables { get; init; }

    /// <summary>Schema, table, column, type, <c>nullable</c>, <c>default</c>, <c>identity</c>, <c>computed</c>, kind of type, length, precision, scale.</summary>
    public required Ask Columns { get; init; }

    /// <summary>Schema, table, name, column, schema, table and column of the parent, <c>proved</c>: a row for each column.</summary>
    public required Ask ForeignKeys { get; init; }

    /// <summary>Unique keys: schema, table, name, column, <c>primary</c>: a row for each column.</summary>
    public required Ask Keys { get; init; }

    /// <summary>Schema, table, the constraint or the table's definition as SQL.</summary>
    public required Ask Checks { get; init; }

    /// <summary>Schema and name of a type, label, in order.</summary>
    public Ask? Labels { get; init; }

    /// <summary>By the kind of a column's type: which values it takes; null for a type nobody makes values of.</summary>
    public required Func<string, SeedType?> SeedTypeOf { get; init; }

    /// <summary>Values of some columns as text, of so many rows; without columns, a row for each.</summary>
    public required Func<TableName, IReadOnlyList<string>, int, Ask> ValuesOf { get; init; }

    /// <summary>Asked of the scratch before rows go in: what takes away foreign keys and triggers, what brings it back.</summary>
    public Ask? Loosen { get; init; }

    /// <summary>Asked of the source: statements that bring the scratch's sequences to where the source's are.</summary>
    public Ask? Sequences { get; init; }

    /// <summary>Run when the rows are in.</summary>
    public required IReadOnlyList<string> Afterwards { get; init; }

    /// <summary>The most rows of one statement.</summary>
    public required int RowsPerStatement { get; init; }

    public required int ParametersPerStatement { get; init; }

    /// <summary>Adds rows, given as text; a row whose key is there already is left out.</summary>
    public required Func<RowTarget, IReadOnlyList<IReadOnlyList<string?>>, StatementMessage> Insert { get; init; }

    /// <summary>Null where the files of both databases are opened together, as <see cref="Attach"/> says.</summary>
    public CarryForms? Carry { get; init; }

    /// <summary>Null where rows travel through the tool.</summary>
    public AttachForms? Attach { get; init; }
}

/// <param name="Columns">Name and type.</param>
internal sealed record RowTarget(TableName Table, IReadOnlyList<(string Name, string Type)> Columns);

/// <summary>Rows that travel from server to server through the tool.</summary>
internal sealed record CarryForms
{
    /// <summary>Begins to read what a query finds, and keeps the place between messages; given a name.</summary>
    public required Func<string, string, string> Open { get; init; }

    public required Func<string, int, string> Fetch { get; init; }

    public required Func<string, string> Close { get; init; }

    /// <summary>A share of a table's rows as text, given percent, a number that makes it repeatable, and whether it is large.</summary>
    public required Func<RowTarget, double, int, bool, string> Sample { get; init; }

    /// <summary>Distinct values of a foreign key, as text, that no parent has.</summary>
    public required Func<KeyLink, string> Missing { get; init; }

    /// <summary>Rows as text by the values of some columns.</summary>
    public required Func<RowTarget, IReadOnlyList<(string Name, string Type)>, IReadOnlyList<IReadOnlyList<string?>>, Ask> ByKey { get; init; }

    /// <summary>Takes out rows whose parent is not there.</summary>
    public required Func<KeyLink, string> DeleteOrphans { get; init; }
}

/// <summary>Both databases on one connection.</summary>
internal sealed record AttachForms
{
    /// <summary>Given the file. Nothing is written into it.</summary>
    public required Func<string, StatementMessage> Open { get; init; }

    public required string Close { get; init; }

    /// <summary>The same connection, to read only: keywords of its string.</summary>
    public required IReadOnlyDictionary<string, string> ReadOnly { get; init; }

    /// <summary>Copies a share of a table's rows, given percent.</summary>
    public required Func<RowTarget, double, string> Sample { get; init; }

    /// <summary>Copies the parents that a foreign key misses.</summary>
    public required Func<KeyLink, RowTarget, string> Parents { get; init; }
}

/// <summary>A foreign key and the types of its parent's columns.</summary>
internal sealed record KeyLink(TableName Child, IReadOnlyList<string> Columns, TableName Parent, IReadOnlyList<string> ParentColumns);
