using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>Finds the way over a table: its key as the server has it, or the places of its rows.</summary>
internal static class BackfillWalk
{
    private const int Seconds = 15;

    /// <exception cref="SafeMigrateException">There is no such table or column, no way over its rows, or not all of them are to be seen.</exception>
    public static async Task<Walk> FindAsync(Connection connection, Engine engine, BackfillSpec spec, CancellationToken cancellation)
    {
        var ask = engine.Backfill.Columns(spec.Table);
        var columns = (await connection.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows.Select(row => new Found(row[0]!, row[1]!, row[2]!, row[3] == "yes", row.Count > 5 ? row[5] : null)).ToArray();
        if (columns.Length == 0)
        {
            throw new SafeMigrateException($"There is no table {spec.Table} in the database; a view is none.", "apply the migrations before it, or name the table as the database does");
        }
        var target = columns.FirstOrDefault(column => column.Name == spec.Column)
            ?? throw new SafeMigrateException($"{spec.Table} has no column {spec.Column}.", "apply the migration that adds it first");
        var key = spec.Key.Select(name => columns.FirstOrDefault(column => column.Name == name)
            ?? throw new SafeMigrateException($"{spec.Table} has no column {name}, by which the backfill goes.", "name columns of a key that the table has")).ToArray();
        if (key.FirstOrDefault(column => column.Nullable) is { } nullable)
        {
            throw new SafeMigrateException(
                $"The backfill of {spec.Table}.{spec.Column} cannot go by {nullable.Name}: it may be NULL, and such rows would be passed over.", "go by the primary key, or make the column NOT NULL");
        }
        if (key.Any(column => column.Name == target.Name))
        {
            // A row that was written would come up again further on.
            throw new SafeMigrateException($"{spec.Table}.{spec.Column} belongs to the key by which a backfill goes, and cannot be written by one.", "change keys in a migration of their own");
        }
        foreach (var table in new[] { spec.Table }.Concat((spec.Sources ?? []).Select(source => source.Table)))
        {
            await SeesAllAsync(connection, engine, table, cancellation);
        }
        var walk = new Walk(spec, [.. key.Select(column => new KeyColumn(column.Name, column.Bare))]) { Type = target.Type, Stored = target.Stored, Columns = [.. columns.Select(column => column.Name)] };
        return key.Length > 0 ? walk
            : engine.Backfill.Place is { } place ? walk with { Key = place, Moves = engine.Backfill.Moves }
            : throw new SafeMigrateException($"{spec.Table} has no key to go by, and {engine.Name} shows no place of a row.", "give the table a primary key first");
    }

    /// <summary>The columns of the primary key, in order; none where there is no such key, or its columns may be NULL.</summary>
    public static async Task<IReadOnlyList<string>> PrimaryKeyAsync(Connection connection, Engine engine, TableName table, CancellationToken cancellation)
    {
        var ask = engine.Backfill.Columns(table);
        var rows = (await connection.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows;
        var key = rows.Where(row => row[4] is not null).OrderBy(row => int.Parse(row[4]!, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return key.Any(row => row[3] == "yes") ? [] : [.. key.Select(row => row[0]!)];
    }

    /// <summary>Hidden rows would be passed over without a word, and the proof would not see them either.</summary>
    private static async Task SeesAllAsync(Connection connection, Engine engine, TableName table, CancellationToken cancellation)
    {
        if (engine.Backfill.Hides?.Invoke(table) is { } ask && (await connection.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows.Count > 0)
        {
            throw new SafeMigrateException($"Row-level security may hide rows of {table} from this user, and they would be passed over.", "run it as a user that sees all rows: the table's owner without FORCE, or a role with BYPASSRLS");
        }
    }

    private sealed record Found(string Name, string Type, string Bare, bool Nullable, string? Stored);
}
