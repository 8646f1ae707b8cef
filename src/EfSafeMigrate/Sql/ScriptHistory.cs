using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>EF's record of applied migrations, as its scripts keep it: where one migration ends and the next begins.</summary>
internal sealed partial class ScriptHistory
{
    private string table = "__EFMigrationsHistory";

    /// <summary>The migration that the statement passed last would record.</summary>
    public string? Migration { get; private set; }

    /// <summary>True when the script asks the history what is applied.</summary>
    public bool IsAsked { get; private set; }

    public void Pass(string statement)
    {
        if (Asked().IsMatch(statement))
        {
            IsAsked = true;
        }
        if (Added().Match(statement) is { Success: true } added)
        {
            (table, Migration) = (added.Groups["table"].Value, added.Groups["id"].Value);
        }
        else if (Removed().Match(statement) is { Success: true } removed)
        {
            (table, Migration) = (removed.Groups["table"].Value, $"{removed.Groups["id"].Value} (taken back)");
        }
    }

    public bool Is(TableName name) => name.Name == table;

    /// <summary>True for the change that ends a migration.</summary>
    public bool Records(Change change) => Migration is not null && change switch
    {
        InsertRows or DeleteRows => Is(change.Target!),
        OpaqueSql { Joined: true, Sql: var sql } => Added().IsMatch(sql) || Removed().IsMatch(sql),
        _ => false,
    };

    [GeneratedRegex("""INSERT\s+INTO\s+(?:[\["`]?\w+[\]"`]?\.)?[\["`]?(?<table>\w+)[\]"`]?\s*\(\s*[\["`]?Migration_?Id\b[^)]*\)\s*VALUES\s*\(\s*N?'(?<id>[^']+)'\s*,\s*N?'[^']*'\s*\)""", RegexOptions.IgnoreCase)]
    private static partial Regex Added();

    [GeneratedRegex("""DELETE\s+FROM\s+(?:[\["`]?\w+[\]"`]?\.)?[\["`]?(?<table>\w+)[\]"`]?\s+WHERE\s+[\["`]?Migration_?Id[\]"`]?\s*=\s*N?'(?<id>[^']+)'""", RegexOptions.IgnoreCase)]
    private static partial Regex Removed();

    [GeneratedRegex("""EXISTS\s*\(\s*SELECT\s+(?:1|\*)\s+FROM\s+\S+\s+WHERE\s+[\["`]?Migration_?Id\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Asked();
}
