using System.Globalization;
using EfSafeMigrate.EndToEndTests.Phases;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>The server of the tests as a reader has his own: variables say where it is.</summary>
internal sealed class TutorialServer(PhasedDatabase database)
{
    private readonly NpgsqlConnectionStringBuilder connection = new(database.ConnectionString);

    public Dictionary<string, string> Variables => new()
    {
        ["PGHOST"] = connection.Host!,
        ["PGPORT"] = Port,
        ["PGUSER"] = connection.Username!,
        ["PGDATABASE"] = database.Name,
        ["PGPASSWORD"] = connection.Password ?? "",
        ["SHOP"] = $"Host={connection.Host};Port={Port};Username={connection.Username};Database={database.Name}",
    };

    private string Port => connection.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is printed of it, as it is of a server on the reader's own machine.</summary>
    public string Elsewhere(string text) => text
        .Replace(database.Name, "shop", StringComparison.Ordinal)
        .Replace($"{connection.Host}:{Port}", "localhost:5432", StringComparison.Ordinal)
        .Replace($"PostgreSQL {connection.Host}", "PostgreSQL localhost", StringComparison.Ordinal)
        // A lock may be over before anybody has looked.
        .Replace("releases work\n", "releases work · longest lock about 5 ms\n", StringComparison.Ordinal);
}
