namespace EfSafeMigrate.Engines;

/// <summary>What a test of migrations is made of that runs on the engine, in the user's project and without this tool.</summary>
internal sealed record TestForms
{
    /// <summary>The call by which options are given the provider, by the provider's name, as C# in which <c>connection</c> and <c>Server</c> are known; open at its end.</summary>
    public required IReadOnlyDictionary<string, string> Uses { get; init; }

    /// <summary>There is a server that somebody has to name; otherwise a file is enough.</summary>
    public bool NeedsServer { get; init; } = true;

    /// <summary>A connection as somebody would give it.</summary>
    public string Example { get; init; } = "";

    /// <summary>
    /// The whole schema, a line for each thing, whose first word tells its kind: <c>table</c>, <c>column</c>, <c>key</c> and <c>index</c> are those that a model
    /// decides; a default stands by itself as <c>default</c>, a view as <c>view NAME:</c>.
    /// </summary>
    public required string Catalogue { get; init; }

    /// <summary>A value that is true.</summary>
    public string True { get; init; } = "1";

    /// <summary>A byte, given its two digits.</summary>
    public Func<string, string> Byte { get; init; } = digits => $"X'{digits}'";

    /// <summary>Types whose values the server makes itself.</summary>
    public IReadOnlyList<string> Made { get; init; } = [];

    /// <summary>The statement, given the table, the columns and the rows as SQL, and whether the table numbers its rows.</summary>
    public Func<string, string, string, bool, string> Insert { get; init; } = (table, columns, rows, _) => $"INSERT INTO {table} ({columns}) VALUES\n{rows};";
}
