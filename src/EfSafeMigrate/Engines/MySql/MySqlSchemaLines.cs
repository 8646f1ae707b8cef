namespace EfSafeMigrate.Engines.MySql;

/// <summary>The catalogue of MariaDB and MySQL as lines. Who defined a thing is left out, and so is the database's own name.</summary>
internal static class MySqlSchemaLines
{
    public const string EventState = "event state";

    public const string WithRows = "('BASE TABLE', 'SYSTEM VERSIONED')";

    /// <summary>MySQL does not say which table a check is on.</summary>
    public const string Checks = "SELECT 'constraint', NULL, c.constraint_name, c.check_clause FROM information_schema.check_constraints c WHERE c.constraint_schema = database()";

    // MySQL says nothing of an index over an expression but that it has no column.
    /// <param name="checks">A query for the lines of checks.</param>
    /// <param name="which">What is asked of a line.</param>
    public static string Lines(string checks = Checks, string which = "true") => $"""
        SELECT kind, owner, name, definition FROM (
        SELECT CASE t.table_type WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END AS kind, CAST(NULL AS char) AS owner, t.table_name AS name,
          CONCAT_WS(' ', t.engine, t.table_collation, t.row_format, NULLIF(t.create_options, ''), CASE t.table_type WHEN 'SYSTEM VERSIONED' THEN 'SYSTEM VERSIONED' END, NULLIF(t.table_comment, ''),
            (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.partition_name, p.subpartition_name, p.partition_method, p.partition_expression, p.partition_description) ORDER BY p.partition_ordinal_position)
             FROM information_schema.partitions p WHERE p.table_schema = t.table_schema AND p.table_name = t.table_name AND p.partition_name IS NOT NULL)) AS definition
        FROM information_schema.tables t WHERE t.table_schema = database() AND t.table_type NOT IN ('VIEW', 'SYSTEM VIEW')
        UNION ALL
        SELECT 'column', c.table_name, c.column_name, CONCAT_WS(' ', c.column_type, c.collation_name, CASE c.is_nullable WHEN 'NO' THEN 'NOT NULL' END, CONCAT('DEFAULT ', c.column_default), NULLIF(c.extra, ''),
          NULLIF(c.generation_expression, ''), NULLIF(c.column_comment, ''))
        FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type IN {WithRows} WHERE c.table_schema = database()
        UNION ALL
        SELECT 'index', s.table_name, s.index_name, CONCAT_WS(' ', CASE MAX(s.non_unique) WHEN 0 THEN 'UNIQUE' END, MAX(s.index_type),
          GROUP_CONCAT(CONCAT_WS(':', COALESCE(s.column_name, '-'), s.sub_part, s.collation) ORDER BY s.seq_in_index), NULLIF(MAX(s.index_comment), ''))
        FROM information_schema.statistics s WHERE s.table_schema = database() GROUP BY s.table_name, s.index_name
        UNION ALL
        SELECT 'constraint', k.table_name, k.constraint_name, CONCAT_WS(' ', 'FOREIGN KEY', GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position), 'REFERENCES', MAX(k.referenced_table_name),
          GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position), MAX(r.update_rule), MAX(r.delete_rule))
        FROM information_schema.key_column_usage k
        JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
        WHERE k.table_schema = database() AND k.referenced_table_name IS NOT NULL GROUP BY k.table_name, k.constraint_name
        UNION ALL
        {checks}
        UNION ALL
        SELECT 'view', NULL, v.table_name, CONCAT_WS(' ', REPLACE(v.view_definition, CONCAT('`', database(), '`.'), ''), v.check_option, v.security_type)
        FROM information_schema.views v WHERE v.table_schema = database() AND v.table_name <> '{MySqlScratch.MarkView}'
        UNION ALL
        SELECT 'trigger', g.event_object_table, g.trigger_name, CONCAT_WS(' ', g.action_timing, g.event_manipulation, g.action_order, g.action_statement, g.sql_mode)
        FROM information_schema.triggers g WHERE g.trigger_schema = database()
        UNION ALL
        SELECT LOWER(r.routine_type), NULL, r.routine_name, CONCAT_WS(' ',
          (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.parameter_mode, p.parameter_name, p.dtd_identifier) ORDER BY p.ordinal_position) FROM information_schema.parameters p
           WHERE p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name AND p.routine_type = r.routine_type),
          r.is_deterministic, r.sql_data_access, r.security_type, r.sql_mode, r.routine_definition, NULLIF(r.routine_comment, ''))
        FROM information_schema.routines r WHERE r.routine_schema = database()
        UNION ALL
        SELECT 'event', NULL, e.event_name, CONCAT_WS(' ', e.event_type, e.execute_at, e.interval_value, e.interval_field, e.starts, e.ends, e.on_completion, e.sql_mode, e.time_zone, e.event_definition, NULLIF(e.event_comment, ''))
        FROM information_schema.events e WHERE e.event_schema = database()
        UNION ALL
        SELECT '{EventState}', NULL, e.event_name, e.status FROM information_schema.events e WHERE e.event_schema = database()) AS things
        WHERE {which} ORDER BY kind, CAST(owner AS binary), CAST(name AS binary)
        """;
}
