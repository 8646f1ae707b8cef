namespace EfSafeMigrate.Engines.MySql;

/// <summary>In what the programs of the two engines differ.</summary>
internal sealed record MySqlBackupTraits
{
    /// <summary>The program that dumps, and the client.</summary>
    public required string Dump { get; init; }
    public required string Client { get; init; }

    /// <summary>Names the folder of the programs.</summary>
    public required string Variable { get; init; }
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>Of the server, the same for every name that leads to it.</summary>
    public required string Server { get; init; }

    /// <summary>By the provider's word for how a connection is encrypted.</summary>
    public required Func<string, IReadOnlyList<string>> Encryption { get; init; }

    /// <summary>Arguments of the program that dumps.</summary>
    public IReadOnlyList<string> More { get; init; } = [];
    public required string Package { get; init; }
    public string? Untried { get; init; }
}
