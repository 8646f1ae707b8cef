using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// A renamed table under its old name: a view that takes writes. Its condition counts each statement that uses it, once; the check option makes
/// that so for inserts. Nobody gets a right through it that he has not on the table: it has the table's owner and grants, and from 15 on it asks
/// with the rights of whoever uses it, so that row-level security holds. Where that cannot be, a table with row-level security is refused.
/// </summary>
internal sealed class PostgresKeptNames(Func<string, string> quote)
{
    /// <summary>A view may show them, as EF reads xmin for a concurrency token.</summary>
    private static readonly HashSet<string> System = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

    public static KeptNameForms Forms(Func<string, string> quote) => new()
    {
        View = new PostgresKeptNames(quote).Keep,
        Counts = true,
        Note = (_, _) => "COPY and TRUNCATE do not take it, and the names of keys and indexes are the new ones.",
    };

    /// <param name="all">With the columns that are there, in their order.</param>
    private TriggerObjects Keep(Table table, TableName fresh, bool all, ObjectNames names)
    {
        var columns = table.Columns.Select(column => column.Name);
        return new(
            Create(table.Name, fresh, names, all ? ["*", .. columns.Where(System.Contains).Select(quote)] : columns.Select(quote)),
            [
                $"DROP VIEW {table.Name.Quoted(quote)};",
                $"DROP FUNCTION {Beside(table.Name, names.Count)}();",
                $"DROP SEQUENCE {Beside(table.Name, names.Counter)};",
            ]);
    }

    private IReadOnlyList<string> Create(TableName old, TableName fresh, ObjectNames names, IEnumerable<string> columns)
    {
        var (counter, count, view, table) = (Beside(old, names.Counter), Beside(old, names.Count), old.Quoted(quote), fresh.Quoted(quote));
        var safePath = old.Schema is null ? "FROM CURRENT" : "= pg_catalog, pg_temp";
        // What "$user" stands for differs from role to role. In a block, because an idempotent script runs it inside one, which takes no query.
        IReadOnlyList<string> path = old.Schema is null
            ? ["DO $path$ BEGIN PERFORM set_config('search_path', (SELECT string_agg(quote_ident(name), ', ') FROM unnest(current_schemas(false)) AS name), true); END $path$;"]
            : [];
        return
        [
            .. path,
            $"CREATE SEQUENCE {counter};",
            // A standby and a transaction that only reads cannot advance a sequence: what they read is not counted.
            $"""
            CREATE FUNCTION {count}() RETURNS bigint
                LANGUAGE plpgsql SECURITY DEFINER SET search_path {safePath}
                AS {$"""

                BEGIN
                    IF pg_catalog.current_setting('transaction_read_only') = 'on' THEN
                        RETURN 0;
                    END IF;
                    RETURN pg_catalog.nextval({counter.Literal()}::pg_catalog.regclass);
                END

                """.Dollars("count")};
            """,
            $"GRANT EXECUTE ON FUNCTION {count}() TO PUBLIC;",
            $"CREATE VIEW {view} AS SELECT {string.Join(", ", columns)} FROM {table} WHERE (SELECT {count}()) IS NOT NULL WITH LOCAL CHECK OPTION;",
            $"DO {Rights(view, table).Dollars("rights")};",
        ];
    }

    private static string Rights(string view, string table) => $"""

        DECLARE
            held record;
            owner name := (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = {table.Literal()}::pg_catalog.regclass);
        BEGIN
            -- Who asks with rights of his own needs them on every column.
            IF pg_catalog.current_setting('server_version_num')::integer >= 150000
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = {table.Literal()}::pg_catalog.regclass AND attacl IS NOT NULL) THEN
                EXECUTE {$"ALTER VIEW {view} SET (security_invoker = true)".Literal()};
            ELSIF EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = {table.Literal()}::pg_catalog.regclass AND relrowsecurity) THEN
                RAISE EXCEPTION {$"The row-level security of {Escaped(table)} cannot be kept under its old name: that takes PostgreSQL 15, and no rights on single columns.".Literal()};
            END IF;
            IF owner <> current_user THEN
                EXECUTE pg_catalog.format({$"ALTER VIEW {Escaped(view)} OWNER TO %I".Literal()}, owner);
            END IF;
            -- Default privileges may have given more than the table has.
            FOR held IN
                SELECT DISTINCT COALESCE(pg_catalog.pg_get_userbyid(NULLIF(grantee, 0)), 'public') AS role
                FROM pg_catalog.pg_class, pg_catalog.aclexplode(relacl) WHERE oid = {view.Literal()}::pg_catalog.regclass AND grantee <> relowner
            LOOP
                EXECUTE pg_catalog.format({$"REVOKE ALL ON {Escaped(view)} FROM %I".Literal()}, held.role);
            END LOOP;
            FOR held IN
                SELECT COALESCE(pg_catalog.pg_get_userbyid(NULLIF(grantee, 0)), 'public') AS role, lower(privilege_type) AS privilege, is_grantable
                FROM pg_catalog.pg_class, pg_catalog.aclexplode(relacl)
                WHERE oid = {table.Literal()}::pg_catalog.regclass AND grantee <> relowner AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
            LOOP
                IF held.is_grantable THEN
                    EXECUTE pg_catalog.format({$"GRANT %I ON {Escaped(view)} TO %I WITH GRANT OPTION".Literal()}, held.privilege, held.role);
                ELSE
                    EXECUTE pg_catalog.format({$"GRANT %I ON {Escaped(view)} TO %I".Literal()}, held.privilege, held.role);
                END IF;
            END LOOP;
            FOR held IN
                SELECT COALESCE(pg_catalog.pg_get_userbyid(NULLIF(grantee, 0)), 'public') AS role, lower(privilege_type) AS privilege, attname AS part
                FROM pg_catalog.pg_attribute AS a, pg_catalog.aclexplode(attacl)
                WHERE attrelid = {table.Literal()}::pg_catalog.regclass AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE')
                    AND EXISTS (SELECT FROM pg_catalog.pg_attribute AS shown WHERE shown.attrelid = {view.Literal()}::pg_catalog.regclass AND shown.attname = a.attname)
            LOOP
                EXECUTE pg_catalog.format({$"GRANT %I (%I) ON {Escaped(view)} TO %I".Literal()}, held.privilege, held.part, held.role);
            END LOOP;
        END

        """;

    private static string Escaped(string name) => name.Replace("%", "%%", StringComparison.Ordinal);

    private string Beside(TableName table, string name) => new TableName(table.Schema, name).Quoted(quote);
}
