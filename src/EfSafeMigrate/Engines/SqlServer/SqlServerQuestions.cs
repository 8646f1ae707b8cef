using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>What the server is asked about itself, its tables and their rows. Written from the manual; no server has answered yet.</summary>
internal static class SqlServerQuestions
{
    public static readonly Catalogue Catalogue = new()
    {
        Settings = new($"""
            SELECT '{Catalogue.Version}', CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128))
            UNION ALL SELECT '{Catalogue.Edition}', CASE WHEN CAST(SERVERPROPERTY('EngineEdition') AS int) IN (5, 8) THEN N'Azure' ELSE CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) END
            UNION ALL SELECT 'version_text', CAST(@@VERSION AS nvarchar(400))
            UNION ALL SELECT 'lock_timeout', CAST(@@LOCK_TIMEOUT AS nvarchar(20))
            UNION ALL SELECT 'read_committed_snapshot', CAST(is_read_committed_snapshot_on AS nvarchar(1)) FROM sys.databases WHERE database_id = DB_ID()
            UNION ALL SELECT 'recovery_model', recovery_model_desc FROM sys.databases WHERE database_id = DB_ID()
            """),
        Sizes = table =>
        [
            new("""
                SELECT SUM(CASE WHEN index_id < 2 THEN row_count ELSE 0 END), SUM(CASE WHEN index_id < 2 THEN used_page_count ELSE 0 END) * 8192,
                  SUM(CASE WHEN index_id < 2 THEN 0 ELSE used_page_count END) * 8192, NULLIF(COUNT(DISTINCT partition_number), 1)
                FROM sys.dm_db_partition_stats
                WHERE object_id = OBJECT_ID(@p0)
                HAVING COUNT(*) > 0
                """, SqlServerEngine.Value.QuoteTable(table)),
        ],
    };

    public static readonly Probes Probes = new()
    {
        // A question reads past the locks of others, so no writer waits for it; when two wait for each other it is the one that gives way.
        Limits = time => string.Create(CultureInfo.InvariantCulture, $"""
            SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED;
            SET DEADLOCK_PRIORITY LOW;
            SET LOCK_TIMEOUT {Math.Min(500, (long)time.TotalMilliseconds)};

            """),
        RowAddress = "%%physloc%%",
        Text = expression => $"CAST({expression} AS nvarchar(400))",
        Joined = texts => string.Join(" + ', ' + ", texts),
        CountsFirst = true,
        End = state => state switch
        {
            "1222" or "1205" => ProbeEnd.Locked,
            "-2" => ProbeEnd.Stopped,
            "220" or "242" or "245" or "8114" or "8115" or "8152" or "2628" => ProbeEnd.BadData,
            _ => ProbeEnd.Failed,
        },
        NearOverflow = NearOverflow,
        InvalidIndexes = table => new("SELECT name FROM sys.indexes WHERE object_id = OBJECT_ID(@p0) AND is_disabled = 1 ORDER BY name", SqlServerEngine.Value.QuoteTable(table)),
        OpenTransactions = new("""
            SELECT CONCAT('session ', s.session_id, ', ', DATEDIFF(SECOND, t.transaction_begin_time, SYSDATETIME()), ' s, ', s.program_name)
            FROM sys.dm_tran_session_transactions st
            JOIN sys.dm_tran_active_transactions t ON t.transaction_id = st.transaction_id
            JOIN sys.dm_exec_sessions s ON s.session_id = st.session_id
            WHERE s.session_id <> @@SPID AND DATEDIFF(SECOND, t.transaction_begin_time, SYSDATETIME()) > 5
            ORDER BY t.transaction_begin_time
            """),
        Dependents = (table, column) => new("""
            SELECT CONCAT('view ', v.name)
            FROM sys.views v
            WHERE EXISTS (
              SELECT 1 FROM sys.sql_dependencies d
              WHERE d.object_id = v.object_id AND d.referenced_major_id = OBJECT_ID(@p0)
                AND (@p1 IS NULL OR COL_NAME(d.referenced_major_id, d.referenced_minor_id) = @p1))
            UNION ALL
            SELECT CONCAT('trigger ', name) FROM sys.triggers WHERE parent_id = OBJECT_ID(@p0)
            """, SqlServerEngine.Value.QuoteTable(table), column),
    };

    private static Ask? NearOverflow(TableName table, Column key)
    {
        var last = SqlServerType.Parse(key.Type).Name switch { "tinyint" => "255", "smallint" => "32767", "int" => "2147483647", _ => null };
        if (last is null)
        {
            return null;
        }
        var column = SqlServerEngine.Value.Quote(key.Name);
        return new($"""
            SELECT CONCAT(MAX({column}), ', ', FLOOR(MAX({column}) * 100.0 / {last}), ' % of {SqlServerType.Parse(key.Type).Name}')
            FROM {SqlServerEngine.Value.QuoteTable(table)}
            HAVING MAX({column}) > {last} * 0.7
            """);
    }
}
