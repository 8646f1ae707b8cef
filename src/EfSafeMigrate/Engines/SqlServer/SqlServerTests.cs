namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>Tests of migrations on a database of their own.</summary>
internal static class SqlServerTests
{
    public static readonly TestForms Value = new()
    {
        Uses = new Dictionary<string, string> { ["Microsoft.EntityFrameworkCore.SqlServer"] = "UseSqlServer(connection" },
        Example = "Server=localhost;User Id=sa;Password=…;TrustServerCertificate=True",
        Byte = digits => $"0x{digits}",
        Made = ["rowversion", "timestamp"],
        Insert = (table, columns, rows, numbered) => numbered
            ? $"SET IDENTITY_INSERT {table} ON;\nINSERT INTO {table} ({columns}) VALUES\n{rows};\nSET IDENTITY_INSERT {table} OFF;"
            : $"INSERT INTO {table} ({columns}) VALUES\n{rows};",
        Catalogue = """
            WITH theirs AS (SELECT object_id, CASE WHEN schema_id = SCHEMA_ID() THEN '' ELSE SCHEMA_NAME(schema_id) + '.' END + name AS name FROM sys.tables WHERE is_ms_shipped = 0)
            SELECT CONCAT('table ', name) FROM theirs
            UNION ALL
            SELECT CONCAT('view ', CASE WHEN schema_id = SCHEMA_ID() THEN '' ELSE SCHEMA_NAME(schema_id) + '.' END, name, ': ', OBJECT_DEFINITION(object_id)) FROM sys.views WHERE is_ms_shipped = 0
            UNION ALL
            SELECT CONCAT('column ', t.name, '.', c.name, ' ', TYPE_NAME(c.user_type_id), ' ', c.max_length, ' ', c.precision, ' ', c.scale, CASE WHEN c.is_nullable = 0 THEN ' NOT NULL' END, CASE WHEN c.is_identity = 1 THEN ' identity' END, ' ' + x.definition)
            FROM theirs t JOIN sys.columns c ON c.object_id = t.object_id LEFT JOIN sys.computed_columns x ON x.object_id = c.object_id AND x.column_id = c.column_id
            UNION ALL
            SELECT CONCAT('default ', t.name, '.', c.name, ' ', d.definition) FROM theirs t JOIN sys.default_constraints d ON d.parent_object_id = t.object_id JOIN sys.columns c ON c.object_id = t.object_id AND c.column_id = d.parent_column_id
            UNION ALL
            SELECT CONCAT(CASE WHEN i.is_primary_key = 1 OR i.is_unique_constraint = 1 THEN 'key ' ELSE 'index ' END, i.name, ' on ', t.name, ' ', c.name, ' ', x.key_ordinal, CASE WHEN i.is_unique = 1 THEN ' unique' END, CASE WHEN x.is_included_column = 1 THEN ' included' END, ' ' + i.filter_definition)
            FROM theirs t JOIN sys.indexes i ON i.object_id = t.object_id AND i.type > 0 JOIN sys.index_columns x ON x.object_id = i.object_id AND x.index_id = i.index_id JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id
            UNION ALL
            SELECT CONCAT('key ', f.name, ' on ', t.name, ' ', c.name, ' to ', OBJECT_NAME(f.referenced_object_id), '.', COL_NAME(f.referenced_object_id, x.referenced_column_id), ' on delete ', f.delete_referential_action)
            FROM theirs t JOIN sys.foreign_keys f ON f.parent_object_id = t.object_id JOIN sys.foreign_key_columns x ON x.constraint_object_id = f.object_id JOIN sys.columns c ON c.object_id = t.object_id AND c.column_id = x.parent_column_id
            UNION ALL
            SELECT CONCAT('check ', k.name, ' on ', t.name, ' ', k.definition) FROM theirs t JOIN sys.check_constraints k ON k.parent_object_id = t.object_id
            UNION ALL
            SELECT CONCAT('trigger ', r.name, ' on ', t.name, ': ', OBJECT_DEFINITION(r.object_id)) FROM theirs t JOIN sys.triggers r ON r.parent_id = t.object_id
            UNION ALL
            SELECT CONCAT('function ', name, ': ', OBJECT_DEFINITION(object_id)) FROM sys.objects WHERE type IN ('FN', 'IF', 'TF', 'P') AND is_ms_shipped = 0
            """,
    };
}
