using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Databases of our own on MariaDB and MySQL, which take backups only.</summary>
internal static class MySqlScratch
{
    public const string Database = "Database";

    /// <summary>A view of one constant: not every server keeps a comment on a database.</summary>
    public const string MarkView = "__safe_migrate_scratch";

    private const string Nothing = "SELECT 1 FROM dual WHERE 1 = 0";

    private const string MarkOf = "REPLACE(SUBSTRING_INDEX(SUBSTRING(v.view_definition, LOCATE('''', v.view_definition) + 1), ''' AS `mark`', 1), '\\\\\\\\', '\\\\')";

    // Another database's name stands in the place of its own.
    private const string Grantee = "CONCAT('''', REPLACE(current_user(), '@', '''@'''), '''')";

    public static readonly ScratchForms Value = new()
    {
        Database = Database,
        Host = "Server",
        Keywords = MySqlBackups.Keywords,
        Always = new Dictionary<string, string> { ["Pooling"] = "false" },
        Begin = ["SET SESSION foreign_key_checks = 0", "SET SESSION lock_wait_timeout = 30"],
        Mark = new($"SELECT {MarkOf} FROM information_schema.views v WHERE v.table_schema = database() AND v.table_name = '{MarkView}'"),
        SetMark = mark =>
        [
            new($"DROP VIEW IF EXISTS `{MarkView}`"),
            .. mark is null ? [] : (StatementMessage[])[new($"CREATE VIEW `{MarkView}` AS SELECT {Literal(mark)} AS mark")],
        ],
        Objects = new($"""
            SELECT kind FROM (
            SELECT CASE table_type WHEN 'VIEW' THEN 'view' WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END AS kind FROM information_schema.tables WHERE table_schema = database() AND table_name <> '{MarkView}'
            UNION ALL SELECT LOWER(routine_type) FROM information_schema.routines WHERE routine_schema = database()
            UNION ALL SELECT 'event' FROM information_schema.events WHERE event_schema = database()) AS made ORDER BY kind <> 'table', kind
            """),
        Tables = new("SELECT NULL, table_name FROM information_schema.tables WHERE table_schema = database() AND table_type NOT IN ('VIEW', 'SEQUENCE') ORDER BY CAST(table_name AS binary)"),
        Clear = new($"""
            SELECT statement FROM (
            SELECT CONCAT('DROP EVENT `', REPLACE(event_name, '`', '``'), '`') AS statement, 0 AS turn, event_name AS name FROM information_schema.events WHERE event_schema = database()
            UNION ALL SELECT CONCAT('DROP ', CASE table_type WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END, ' `', REPLACE(table_name, '`', '``'), '`'), CASE table_type WHEN 'VIEW' THEN 1 WHEN 'SEQUENCE' THEN 3 ELSE 2 END, table_name
              FROM information_schema.tables WHERE table_schema = database() AND table_name <> '{MarkView}'
            UNION ALL SELECT CONCAT('DROP ', routine_type, ' `', REPLACE(routine_name, '`', '``'), '`'), 4, routine_name FROM information_schema.routines WHERE routine_schema = database()) AS made
            ORDER BY turn, name LIMIT 1
            """),
        Server = new()
        {
            MayCreate = new($"""
                SELECT CASE WHEN @@global.read_only THEN 'the server only reads'
                  WHEN EXISTS (SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'CREATE' AND grantee = {Grantee})
                    OR EXISTS (SELECT 1 FROM information_schema.schema_privileges WHERE privilege_type = 'CREATE' AND grantee = {Grantee} AND 'safe_migrate_scratch_' LIKE table_schema) THEN NULL
                  ELSE CONCAT('the user ', current_user(), ' may not create databases') END
                """),
            Create = name => new("SELECT CONCAT('CREATE DATABASE `', @p0, '` CHARACTER SET ', @@character_set_database, ' COLLATE ', @@collation_database)", name),
            CreatePlainly = name => $"CREATE DATABASE {MySqlQuestions.Quote(name)}",
            Roles = new(Nothing),
            Mark = (name, mark) => new($"CREATE OR REPLACE VIEW {MySqlQuestions.Quote(name)}.`{MarkView}` AS SELECT {Literal(mark)} AS mark"),
            Ours = beginning => new($"""
                SELECT s.schema_name, (SELECT {MarkOf} FROM information_schema.views v WHERE v.table_schema = s.schema_name AND v.table_name = '{MarkView}'),
                  (SELECT 'used' FROM information_schema.processlist p WHERE p.db = s.schema_name LIMIT 1)
                FROM information_schema.schemata s WHERE LEFT(s.schema_name, CHAR_LENGTH(@p0)) = @p0
                """, beginning),
            Drop = name => [new($"DROP DATABASE IF EXISTS {MySqlQuestions.Quote(name)}")],
            Wide = _ => null,
            Ways = new(Nothing),
            // A session has no name of its own, and a lock of this name says as much.
            Name = session => new("SELECT GET_LOCK(@p0, 0)", session),
            Named = session => new("SELECT 1 FROM dual WHERE IS_USED_LOCK(@p0) IS NOT NULL", session),
        },
    };

    private static string Literal(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
