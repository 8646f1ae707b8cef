using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>Migrations as files for the engine's own command-line client, which knows neither EF nor this tool.</summary>
internal sealed record ScriptForms
{
    /// <summary>The program that runs a file.</summary>
    public required string Client { get; init; }

    /// <summary>How a person calls it, given the file's name.</summary>
    public required Func<string, string> Call { get; init; }

    /// <summary>The whole text of a file.</summary>
    public required Func<ScriptFile, string> Text { get; init; }

    /// <summary>By the text of one statement: it means something for its own connection only, so it is run again whatever was done before.</summary>
    public required Func<string, bool> OfSession { get; init; }

    /// <summary>By its text: outside a transaction a command may be run again, whether or not it was done before.</summary>
    public required Func<string, bool> Repeatable { get; init; }

    /// <summary>No such client has run one of these files yet.</summary>
    public bool Untried { get; init; }
}

/// <summary>What runs in one go: everything up to a contract, or one contract.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Head">For whoever reads it before it runs, a line each.</param>
internal sealed record ScriptFile(string Name, IReadOnlyList<string> Head, HistoryTable History, IReadOnlyList<ScriptMigration> Migrations)
{
    /// <summary>Ids of migrations that have to be applied already, oldest first.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>All that the project has.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>What a contract asks of the database first; null for every other file.</summary>
    public ScriptEvidence? Evidence { get; init; }
}

/// <summary>EF's record of migrations, as SQL.</summary>
/// <param name="Name">Of the table, unquoted.</param>
/// <param name="Table">Quoted.</param>
/// <param name="Id">The column with the ids, quoted.</param>
/// <param name="Create">Makes the table when it is not there.</param>
internal sealed record HistoryTable(TableName Name, string Table, string Id, string Create)
{
    /// <summary>True for a migration that is applied, as a condition.</summary>
    public string Holds(string literal) => $"EXISTS (SELECT 1 FROM {Table} WHERE {Id} = {literal})";
}

/// <param name="Checksum">Of its commands, as runs of this tool record it.</param>
/// <param name="Commands">In order; the last one is EF's record.</param>
internal sealed record ScriptMigration(string Id, string Phase, string Checksum, IReadOnlyList<ScriptCommand> Commands)
{
    public string Name => MigrationChanges.NameOf(Id);

    /// <summary>Something in it runs outside a transaction: it is committed in parts.</summary>
    public bool InParts => Commands.Any(command => command.Suppressed);

    /// <summary>Neighbours that are committed together, each with the number of commands before it.</summary>
    public IReadOnlyList<(int From, IReadOnlyList<ScriptCommand> Commands)> Parts
    {
        get
        {
            List<(int From, IReadOnlyList<ScriptCommand> Commands)> parts = [];
            for (var from = 0; from < Commands.Count;)
            {
                var length = Commands[from].Suppressed ? 1 : Commands.Skip(from).TakeWhile(command => !command.Suppressed).Count();
                parts.Add((from, [.. Commands.Skip(from).Take(length)]));
                from += length;
            }
            return parts;
        }
    }
}

/// <param name="Sql">Ends with its terminator.</param>
/// <param name="Suppressed">Runs outside a transaction.</param>
internal sealed record ScriptCommand(string Sql, bool Suppressed, Waiting Waiting)
{
    /// <summary>The same, statement by statement.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [Sql];

    /// <summary>EF's own record of the migration.</summary>
    public bool IsHistory { get; init; }

    /// <summary>It means something for its own connection only.</summary>
    public bool OfSession { get; init; }

    /// <summary>Run again after a stop, it does no harm.</summary>
    public bool Repeats { get; init; }

    /// <summary>How to find out whether a stopped run has done it already.</summary>
    public Leftover? Leftover { get; init; }
}

/// <summary>Why a contract may run.</summary>
/// <param name="Unfilled">Rows that would lose their value: table, column and a query with a row for each, or none.</param>
/// <param name="Counters">Sequences that advance when the old release writes.</param>
/// <param name="QuietPeriod">How long they must have stood still.</param>
internal sealed record ScriptEvidence(
    IReadOnlyList<(TableName Table, string Column, string Query)> Unfilled, IReadOnlyList<TableName> Counters, TimeSpan QuietPeriod);
