using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Sql;

/// <summary>How a dialect writes tokens and names, as data for the one tokenizer and the one reader.</summary>
internal sealed partial record SqlDialect(string Id)
{
    public static readonly SqlDialect Postgres = new("postgresql")
    {
        DollarQuotes = true,
        ClientCommands = true,
        HarmlessCommands = PostgresNames.HarmlessCommands,
        NeedsTerminators = true,
        EscapeStrings = true,
        NestedComments = true,
        FoldsNames = true,
        NamesConstraints = true,
        DropsFirst = true,
        TypeAliases = PostgresNames.TypeAliases,
        Serials = PostgresNames.Serials,
        HarmlessFunctions = PostgresNames.HarmlessFunctions,
    };

    public static readonly SqlDialect Sqlite = new("sqlite")
    {
        BracketNames = true,
        BacktickNames = true,
        TriggerBodies = true,
        FreeTypes = true,
        RowIds = true,
        CopiesTables = true,
        NeedsTerminators = true,
    };

    public static readonly SqlDialect MySql = new("mysql")
    {
        BacktickNames = true,
        Backslashes = true,
        TextInDoubleQuotes = true,
        HashComments = true,
        ExecutableComments = true,
        ClientDelimiters = true,
        TriggerBodies = true,
        WholeColumns = true,
        NeedsTerminators = true,
        TypeAliases = MySqlNames.TypeAliases,
        HarmlessFunctions = MySqlNames.HarmlessFunctions,
    };

    public static readonly SqlDialect MariaDb = MySql with { Id = "mariadb" };

    public static readonly SqlDialect SqlServer = new("sqlserver")
    {
        NestedComments = true,
        BracketNames = true,
        Batches = true,
        TypeAliases = TSqlNames.TypeAliases,
    };

    private static readonly SqlDialect[] All = [Postgres, Sqlite, MySql, MariaDb, SqlServer];

    /// <param name="id">An engine's id.</param>
    public static SqlDialect Of(string id) => All.Single(dialect => dialect.Id == id);

    /// <summary><c>$tag$ … $tag$</c>.</summary>
    public bool DollarQuotes { get; init; }

    /// <summary><c>E'…\'…'</c>.</summary>
    public bool EscapeStrings { get; init; }
    public bool NestedComments { get; init; }
    public bool BracketNames { get; init; }
    public bool BacktickNames { get; init; }

    /// <summary><c>'…\'…'</c> in every string.</summary>
    public bool Backslashes { get; init; }

    /// <summary><c>"…"</c> is a string.</summary>
    public bool TextInDoubleQuotes { get; init; }

    /// <summary><c># …</c> is a comment, and <c>--</c> begins one only in front of white space.</summary>
    public bool HashComments { get; init; }

    /// <summary>What stands in <c>/*! … */</c> is run.</summary>
    public bool ExecutableComments { get; init; }

    /// <summary><c>DELIMITER //</c>: the client ends a statement at whatever was agreed on.</summary>
    public bool ClientDelimiters { get; init; }

    /// <summary><c>GO</c> on a line of its own ends a batch, statements need no semicolon, <c>@name</c> and <c>#name</c> are names, and <c>]]</c> is a bracket in one.</summary>
    public bool Batches { get; init; }

    /// <summary>A line that begins with <c>\</c> is for the client.</summary>
    public bool ClientCommands { get; init; }

    /// <summary>What the client does without the server, or with the connection alone.</summary>
    public FrozenSet<string> HarmlessCommands { get; init; } = FrozenSet<string>.Empty;

    /// <summary>EF alters a table by copying it.</summary>
    public bool CopiesTables { get; init; }

    /// <summary>Two statements need a semicolon between them.</summary>
    public bool NeedsTerminators { get; init; }

    /// <summary>A column is altered by restating all of it: <c>MODIFY</c>, <c>CHANGE</c>; keys and options are actions of <c>ALTER TABLE</c>.</summary>
    public bool WholeColumns { get; init; }

    /// <summary><c>CREATE TRIGGER … BEGIN …; END</c> holds statements of its own.</summary>
    public bool TriggerBodies { get; init; }

    /// <summary>Unquoted names become lower case; otherwise names are compared without case.</summary>
    public bool FoldsNames { get; init; }

    /// <summary>The engine names unnamed constraints <c>table_column_key</c> and so on.</summary>
    public bool NamesConstraints { get; init; }

    /// <summary>One <c>ALTER TABLE</c> carries out its drops before everything else.</summary>
    public bool DropsFirst { get; init; }

    /// <summary>A column type is any words at all, or none.</summary>
    public bool FreeTypes { get; init; }

    /// <summary><c>INTEGER PRIMARY KEY</c> is the row's number and filled by itself.</summary>
    public bool RowIds { get; init; }

    public FrozenDictionary<string, string> TypeAliases { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Pseudo-types with the type they stand for.</summary>
    public FrozenDictionary<string, string> Serials { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Functions a <c>SELECT</c> may call without changing the schema or rows of a table; null when none can.</summary>
    public FrozenSet<string>? HarmlessFunctions { get; init; }

    /// <summary>Two names of one thing.</summary>
    public bool Same(string left, string right) => left.Equals(right, FoldsNames ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>One spelling per type, for comparing.</summary>
    public string Canonical(string type)
    {
        var parts = Parts().Match(type);
        var name = parts.Groups["name"].Value.TrimEnd() + parts.Groups["more"].Value;
        var arguments = parts.Groups["arguments"].Value.Replace(" ", "", StringComparison.Ordinal);
        return (TypeAliases.GetValueOrDefault(name, name) + arguments + parts.Groups["array"].Value).ToUpperInvariant();
    }

    [GeneratedRegex(@"^(?<name>[^(\[]*)(?<arguments>\([^)]*\))?(?<more>[^\[]*)(?<array>.*)$", RegexOptions.Singleline)]
    private static partial Regex Parts();
}
