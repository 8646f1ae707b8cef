using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Looks into a database file.</summary>
internal static class SqliteFile
{
    /// <summary>Schema and rows, without the tables of EF and the tool.</summary>
    public static List<string> Contents(string file)
    {
        var contents = Lines(file, "SELECT type || ' ' || sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name");
        foreach (var table in Lines(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' ORDER BY 1"))
        {
            contents.AddRange(Lines(file, $"SELECT * FROM \"{table}\" ORDER BY rowid"));
        }
        return contents;
    }

    public static List<string> Lines(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 2;
        using var reader = command.ExecuteReader();
        List<string> lines = [];
        while (reader.Read())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(at => Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))));
        }
        return lines;
    }

    public static void Execute(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
