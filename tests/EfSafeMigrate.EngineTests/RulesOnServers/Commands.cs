using System.Data.Common;
using Npgsql;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

internal static class Commands
{
    public static void Run(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Null when it passes, else the SQLSTATE.</summary>
    public static string? Try(this NpgsqlConnection connection, string sql)
    {
        try
        {
            connection.Run(sql);
            return null;
        }
        catch (PostgresException exception)
        {
            return exception.SqlState;
        }
    }

    /// <summary>Runs between savepoints, so that a failure leaves the transaction usable; what passes is undone as well.</summary>
    public static string? TryAndUndo(this NpgsqlConnection connection, params IEnumerable<string> statements)
    {
        connection.Run("SAVEPOINT tried");
        var failure = statements.Select(connection.Try).FirstOrDefault(state => state is not null);
        connection.Run("ROLLBACK TO SAVEPOINT tried; RELEASE SAVEPOINT tried");
        return failure;
    }

    public static IReadOnlyList<IReadOnlyList<string?>> Rows(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<IReadOnlyList<string?>> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? null : Convert.ToString(reader.GetValue(at), System.Globalization.CultureInfo.InvariantCulture))]);
        }
        return rows;
    }

    public static string? Value(this DbConnection connection, string sql) => connection.Rows(sql) is [[var value, ..], ..] ? value : null;

    public static bool Holds(this DbConnection connection, string condition) => connection.Value($"SELECT {condition}") is "True" or "1";
}
