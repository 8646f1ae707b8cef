namespace EfSafeMigrate.Engines.MySql;

/// <summary>Tests of migrations on a database of their own, on MySQL and MariaDB.</summary>
internal static class MySqlTests
{
    public static readonly TestForms Value = new()
    {
        Uses = new Dictionary<string, string>
        {
            ["Pomelo.EntityFrameworkCore.MySql"] = "UseMySql(connection, ServerVersion.AutoDetect(Server)",
            ["MySql.EntityFrameworkCore"] = "UseMySQL(connection",
        },
        Example = "Server=localhost;User Id=root;Password=…",
        Catalogue = """
            SELECT CONCAT('table ', TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'
            UNION ALL
            SELECT CONCAT('view ', TABLE_NAME, ': ', VIEW_DEFINITION) FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()
            UNION ALL
            SELECT CONCAT('column ', c.TABLE_NAME, '.', c.COLUMN_NAME, ' ', c.COLUMN_TYPE, IF(c.IS_NULLABLE = 'NO', ' NOT NULL', ''), IF(c.EXTRA LIKE '%auto_increment%', ' auto_increment', ''), COALESCE(CONCAT(' as ', NULLIF(c.GENERATION_EXPRESSION, '')), ''))
            FROM information_schema.COLUMNS c JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME AND t.TABLE_TYPE = 'BASE TABLE' WHERE c.TABLE_SCHEMA = DATABASE()
            UNION ALL
            SELECT CONCAT('default ', TABLE_NAME, '.', COLUMN_NAME, ' ', COLUMN_DEFAULT) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_DEFAULT IS NOT NULL AND COLUMN_DEFAULT <> 'NULL'
            UNION ALL
            SELECT CONCAT('key ', CONSTRAINT_NAME, ' on ', TABLE_NAME, ' ', GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION), COALESCE(CONCAT(' to ', MIN(REFERENCED_TABLE_NAME), ' ', GROUP_CONCAT(REFERENCED_COLUMN_NAME ORDER BY ORDINAL_POSITION)), ''))
            FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() GROUP BY TABLE_NAME, CONSTRAINT_NAME
            UNION ALL
            SELECT CONCAT('index ', INDEX_NAME, ' on ', TABLE_NAME, IF(MIN(NON_UNIQUE) = 0, ' unique ', ' '), GROUP_CONCAT(COALESCE(COLUMN_NAME, 'expression') ORDER BY SEQ_IN_INDEX))
            FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() GROUP BY TABLE_NAME, INDEX_NAME
            UNION ALL
            SELECT CONCAT('check ', CONSTRAINT_NAME, ' ', CHECK_CLAUSE) FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()
            UNION ALL
            SELECT CONCAT('trigger ', TRIGGER_NAME, ' on ', EVENT_OBJECT_TABLE, ': ', ACTION_TIMING, ' ', EVENT_MANIPULATION, ' ', ACTION_STATEMENT) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
            UNION ALL
            SELECT CONCAT('function ', ROUTINE_NAME, ': ', COALESCE(ROUTINE_DEFINITION, '')) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
            """,
    };
}
