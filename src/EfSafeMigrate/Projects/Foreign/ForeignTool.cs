using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Another tool that keeps migrations: how its files are known, and how its SQL is come by.</summary>
/// <param name="Id">What <c>--tool</c> calls it.</param>
/// <param name="Marks">Files that only it has; one is enough.</param>
internal sealed record ForeignTool(string Id, string Name, IReadOnlyList<Mark> Marks)
{
    /// <summary>The migrations it keeps as SQL, in the order in which it runs them; null where it keeps code.</summary>
    public Func<SourceTree, IReadOnlyList<ForeignMigration>>? Read { get; init; }

    /// <summary>The words by which its settings name the database: a dialect, a provider, the scheme of a URL.</summary>
    public Func<SourceTree, IReadOnlyList<string>> Databases { get; init; } = _ => [];

    /// <summary>What it keeps in place of SQL, for example <c>Python code</c>.</summary>
    public string? Code { get; init; }

    /// <summary>How a person comes by the SQL of its code; <c>ENGINE</c> stands for the engine.</summary>
    public string? Prints { get; init; }

    public bool KeepsSql => Read is not null;
}

/// <param name="Path">Matches the path of a file from the folder, with forward slashes.</param>
/// <param name="Holding">What stands in the file; null where its name is enough.</param>
internal sealed record Mark(Regex Path, string? Holding = null);

/// <summary>A tool whose files stand in a folder.</summary>
/// <param name="File">One of those that tell.</param>
internal sealed record FoundTool(ForeignTool Tool, string File);

/// <param name="Id">As its tool names it.</param>
/// <param name="File">From the folder, with forward slashes.</param>
/// <param name="Sql">Its statements, each on the line of the file on which it stands.</param>
internal sealed record ForeignMigration(string Id, string File, string Sql, Carried Carried)
{
    /// <summary>The line on which it begins.</summary>
    public int Line { get; init; } = 1;

    /// <summary>The databases it is for, in the tool's words; empty for every one.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];
}

/// <summary>What its tool does with a migration's statements.</summary>
internal enum Carried
{
    /// <summary>One transaction around all of them.</summary>
    InTransaction,

    /// <summary>One text, in one go: whether that is a transaction is the engine's affair.</summary>
    AsBatch,

    /// <summary>Each by itself.</summary>
    OneByOne,
}
