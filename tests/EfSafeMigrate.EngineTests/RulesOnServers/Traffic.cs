using Npgsql;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>Another connection really tries to read and write.</summary>
internal static class Traffic
{
    private const string LockNotAvailable = "55P03";

    public static Verbs Stopped(NpgsqlConnection other, Relation relation)
    {
        var column = relation.Columns.First(each => !each.Assigned).Quoted;
        // Rows that were written lately stand at the end.
        var row = $"WHERE ctid IN (SELECT min(ctid) FROM {relation.Quoted} UNION (SELECT ctid FROM {relation.Quoted} ORDER BY ctid DESC LIMIT 3))";
        if (!relation.IsTable)
        {
            return Tried(other, Verbs.Select, $"SELECT count(*) FROM {relation.Quoted}");
        }
        var read = Tried(other, Verbs.Select, $"SELECT * FROM {relation.Quoted} LIMIT 1");
        return read
            | Tried(other, Verbs.Insert, $"INSERT INTO {relation.Quoted} DEFAULT VALUES")
            // The look for the row would wait as well, which says nothing of writes; with reads stopped, writes are.
            | (read != Verbs.None ? Verbs.Update | Verbs.Delete
                : Tried(other, Verbs.Update, $"UPDATE {relation.Quoted} SET {column} = {column} {row}") | Tried(other, Verbs.Delete, $"DELETE FROM {relation.Quoted} {row}"));
    }

    private static Verbs Tried(NpgsqlConnection other, Verbs verb, string sql)
    {
        other.Run("BEGIN");
        var state = other.Try(sql);
        other.Run("ROLLBACK");
        return state == LockNotAvailable ? verb : Verbs.None;
    }
}
