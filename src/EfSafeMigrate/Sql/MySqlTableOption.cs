using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Options of a table, as <c>CREATE TABLE</c> and <c>ALTER TABLE</c> write them: one after the other, with or without an equals sign.</summary>
internal static class MySqlTableOption
{
    private static readonly string[] Valued =
    [
        "AUTO_INCREMENT", "AVG_ROW_LENGTH", "CHECKSUM", "COMMENT", "COMPRESSION", "CONNECTION", "DATA DIRECTORY", "DEFAULT CHARACTER SET", "DEFAULT CHARSET",
        "DEFAULT COLLATE", "CHARACTER SET", "CHARSET", "COLLATE", "DELAY_KEY_WRITE", "ENCRYPTED", "ENCRYPTION", "ENGINE", "INDEX DIRECTORY", "INSERT_METHOD",
        "KEY_BLOCK_SIZE", "MAX_ROWS", "MIN_ROWS", "PACK_KEYS", "PAGE_CHECKSUM", "PAGE_COMPRESSED", "PAGE_COMPRESSION_LEVEL", "PASSWORD", "ROW_FORMAT",
        "STATS_AUTO_RECALC", "STATS_PERSISTENT", "STATS_SAMPLE_PAGES", "TABLESPACE", "TRANSACTIONAL", "TYPE",
    ];

    public static IEnumerable<SetTableOption> Read(Cursor cursor, TableName table)
    {
        if (cursor.TakeAny("FORCE", "ENABLE KEYS", "DISABLE KEYS", "DISCARD TABLESPACE", "IMPORT TABLESPACE", "REMOVE PARTITIONING") is { } plain)
        {
            return [new(table, plain, null)];
        }
        if (cursor.TakeAny(
            "PARTITION BY", "REORGANIZE PARTITION", "COALESCE PARTITION", "TRUNCATE PARTITION", "REBUILD PARTITION", "OPTIMIZE PARTITION", "ANALYZE PARTITION",
            "CHECK PARTITION", "REPAIR PARTITION", "EXCHANGE PARTITION", "ORDER BY") is { } parts)
        {
            return [new(table, parts, cursor.Rest())];
        }
        if (cursor.TakeAny("CONVERT TO CHARACTER SET", "CONVERT TO CHARSET") is not null)
        {
            return [new(table, "CONVERT TO CHARACTER SET", cursor.Rest())];
        }
        var options = new List<SetTableOption>();
        while (One(cursor, table) is { } option)
        {
            options.Add(option);
            cursor.Take(",");
        }
        if (options.Count == 0)
        {
            cursor.FailHere();
        }
        return options;
    }

    /// <summary>Null when no option stands here.</summary>
    public static SetTableOption? One(Cursor cursor, TableName table)
    {
        if (cursor.TakeAny("WITH SYSTEM VERSIONING") is { } versioned)
        {
            return new(table, versioned, null);
        }
        if (cursor.TakeAny(Valued) is not { } name)
        {
            return null;
        }
        cursor.Take("=");
        var value = cursor.Current.Kind == TokenKind.Text ? cursor.Text() : cursor.Next().Unquoted();
        return new(table, name.Replace("DEFAULT ", "", StringComparison.Ordinal).Replace("CHARSET", "CHARACTER SET", StringComparison.Ordinal), value);
    }
}
