namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Databases of our own on PostgreSQL.</summary>
internal static class PostgresScratch
{
    /// <summary>What users made, without what an extension brought.</summary>
    public const string Users = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

    // What is left of a schema when it stays: the one that every database begins with, because not everybody may make it anew, and those of others.
    private const string Stays = $"{Users} AND (n.nspname = 'public' OR NOT pg_has_role(n.nspowner, 'USAGE'))";

    // What stands outside of schemas, or has no name that tells it from others; an event trigger might stop the rest.
    private static readonly string Elsewhere = string.Join(" UNION ALL ", new[]
    {
        "pg_event_trigger", "pg_cast", "pg_foreign_server", "pg_foreign_data_wrapper", "pg_operator", "pg_opfamily", "pg_conversion", "pg_collation", "pg_ts_config", "pg_ts_dict",
    }.Select(catalogue => $"SELECT '{catalogue}'::regclass AS class, o.oid FROM {catalogue} o WHERE o.oid >= 16384 AND {NotOfExtension(catalogue, "o.oid")}"));

    // One statement each, so that a large schema does not need more locks than the server has. What an extension owns goes with it.
    private static readonly string Clear = $"""
        SELECT sql FROM (
          SELECT CASE i.type WHEN 'event trigger' THEN 0 ELSE 6 END AS turn, format('DROP %s %s CASCADE', replace(i.type, '-', ' '), i.identity) AS sql
          FROM ({Elsewhere}) o CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
          UNION ALL
          SELECT 1, format('DROP SCHEMA %I CASCADE', n.nspname) FROM pg_namespace n
          WHERE {Users} AND n.nspname <> 'public' AND pg_has_role(n.nspowner, 'USAGE') AND {NotOfExtension("pg_namespace", "n.oid")}
          UNION ALL
          SELECT 2, format('DROP EXTENSION %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql' AND pg_has_role(extowner, 'USAGE')
          UNION ALL
          SELECT 3, format('DROP %s %I.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, n.nspname, c.relname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE {Stays} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT c.relispartition AND {NotOfExtension("pg_class", "c.oid")}
            AND NOT EXISTS (SELECT FROM pg_depend o WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i') AND c.relkind = 'S')
          UNION ALL
          SELECT 4, format('DROP ROUTINE %s CASCADE', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
          WHERE {Stays} AND {NotOfExtension("pg_proc", "p.oid")}
          UNION ALL
          SELECT 5, format('DROP %s %I.%I CASCADE', CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, n.nspname, t.typname) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
          WHERE {Stays} AND (t.typtype IN ('d', 'e', 'r') OR t.typtype = 'c' AND (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c') AND {NotOfExtension("pg_type", "t.oid")}
          UNION ALL
          SELECT 7, format('SELECT lo_unlink(%s)', oid) FROM pg_largeobject_metadata
        ) all_of_it ORDER BY turn LIMIT 1
        """;

    public static readonly ScratchForms Value = new()
    {
        Database = "Database",
        Host = "Host",
        Always = new Dictionary<string, string> { ["Pooling"] = "false" },
        Mark = new("SELECT shobj_description(d.oid, 'pg_database') FROM pg_database d WHERE d.datname = current_database()"),
        SetMark = mark =>
        [
            new("SELECT set_config('safe_migrate.mark', @p0, false)", mark ?? ""),
            new("DO $do$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), NULLIF(current_setting('safe_migrate.mark'), '')); END $do$"),
        ],
        Objects = new($"""
            SELECT kind FROM (
            SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' ELSE 'table' END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND {Users} AND {NotOfExtension("pg_class", "c.oid")}
            UNION ALL
            SELECT 'function' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Users} AND {NotOfExtension("pg_proc", "p.oid")}
            UNION ALL
            SELECT 'type' FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE {Users} AND (t.typtype IN ('d', 'e', 'r') OR t.typtype = 'c' AND (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c') AND {NotOfExtension("pg_type", "t.oid")}
            UNION ALL
            SELECT 'large object' FROM pg_largeobject_metadata
            ) AS made(kind) ORDER BY kind <> 'table', kind
            """),
        Tables = new($"""
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f') AND {Users} AND {NotOfExtension("pg_class", "c.oid")} ORDER BY 1, 2
            """),
        Clear = new(Clear),
        Server = new()
        {
            MayCreate = new("""
                SELECT CASE WHEN pg_is_in_recovery() THEN 'the server only reads'
                    WHEN NOT (rolcreatedb OR rolsuper) THEN 'the role ' || quote_ident(rolname) || ' has no CREATEDB' END
                FROM pg_roles WHERE rolname = current_user
                """),
            Create = name => new(Create, name),
            CreatePlainly = name => $"CREATE DATABASE {PostgresEngine.Value.Quote(name)} TEMPLATE template0",
            Roles = new("SELECT format('CREATE ROLE %I', rolname) FROM pg_roles WHERE rolname !~ '^pg_'"),
            Mark = (name, mark) => new($"COMMENT ON DATABASE {PostgresEngine.Value.Quote(name)} IS {mark.Literal()}"),
            Ours = beginning => new("""
                SELECT d.datname, shobj_description(d.oid, 'pg_database'), CASE WHEN EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname) THEN 'used' END
                FROM pg_database d WHERE starts_with(d.datname, @p0) AND pg_has_role(d.datdba, 'USAGE')
                """, beginning),
            // WITH (FORCE) came with 13.
            Drop = name =>
            [
                new("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = @p0 AND pid <> pg_backend_pid()", name),
                new($"DROP DATABASE IF EXISTS {PostgresEngine.Value.Quote(name)}"),
            ],
            Wide = PostgresWholeServer.Of,
            Ways = new("SELECT format('DROP USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) FROM pg_user_mappings"),
            Name = session => new("SELECT set_config('application_name', @p0, false)", session),
            Named = session => new("SELECT 1 FROM pg_stat_activity WHERE application_name = @p0", session),
            Tools = PostgresTools.Value,
        },
        Begin = PostgresRows.Value.Begin,
        Keywords = [.. PostgresTools.Value.Variables.Keys],
        Rows = PostgresRows.Value,
    };

    public static string NotOfExtension(string catalogue, string id) =>
        $"NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{catalogue}'::regclass AND e.objid = {id} AND e.deptype = 'e')";

    // As the one connected to: encoding, locale and settings. Columns that only some versions have are read as JSON.
    private const string Create = """
        WITH d AS (SELECT d.*, to_jsonb(d) AS j FROM pg_database d WHERE d.datname = current_database())
        SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L', @p0, pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
          || CASE j ->> 'datlocprovider'
            WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', COALESCE(j ->> 'datlocale', j ->> 'daticulocale'))
            WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', j ->> 'datlocale')
            ELSE '' END
        FROM d
        UNION ALL
        SELECT format('ALTER DATABASE %I SET %I TO %s', @p0, split_part(s, '=', 1), CASE
            WHEN split_part(s, '=', 1) IN ('search_path', 'temp_tablespaces', 'session_preload_libraries', 'local_preload_libraries') THEN COALESCE(NULLIF(substr(s, strpos(s, '=') + 1), ''), '''''')
            ELSE quote_literal(substr(s, strpos(s, '=') + 1)) END)
        FROM d JOIN pg_db_role_setting r ON r.setdatabase = d.oid AND r.setrole = 0 CROSS JOIN LATERAL unnest(r.setconfig) s
        """;
}
