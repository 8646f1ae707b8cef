using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Backups of PostgreSQL: a dump and the digests of its rows share one exported snapshot.</summary>
internal static partial class PostgresBackups
{
    /// <summary>What only a superuser may make, or what would reach another server.</summary>
    private static readonly string[] Local = ["--no-publications", "--no-subscriptions", "--no-security-labels", "--no-tablespaces"];

    public static readonly BackupForms Value = new()
    {
        Identity = PostgresUpdates.Value.Identity,
        Definitions = PostgresSchemaLines.Value.Lines,
        Begin =
        [
            .. PostgresRows.Value.Begin,
            // The second came with 17.
            "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')",
        ],
        // A primary key keeps everybody from its table as long as its index is built.
        Patience = ["SET lock_timeout = 0"],
        Hold = ["BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"],
        Release = "ROLLBACK",
        Snapshot = new("SELECT pg_export_snapshot()"),
        Tables = new(Tables),
        Digest = PostgresDigests.Of,
        Others = new("""
            SELECT 'large objects', count(*)::text, COALESCE(sum(('x0' || substr(md5(oid || ' ' || md5(lo_get(oid))), 1, 15))::bit(64)::bigint::numeric), 0)::text FROM pg_largeobject_metadata
            """),
        Counters = new("""SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value::text FROM pg_sequences ORDER BY 1"""),
        Normal = Normal,
        // What a build left that was stopped: pg_dump leaves it out.
        Kept = line => line.Kind != "index" || !line.Definition.Contains(" INVALID", StringComparison.Ordinal),
        // Without indexes: a dump has only their definitions.
        Size = new($"""
            SELECT COALESCE(sum(pg_table_size(c.oid)), 0)::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND {PostgresScratch.Users} OR c.oid = 'pg_catalog.pg_largeobject'::regclass
            """),
        Programs = new()
        {
            Forms = PostgresTools.Value,
            SessionKeyword = "Application Name",
            End = session => new("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = @p0 AND pid <> pg_backend_pid()", session),
            Dump = call => new("pg_dump", "--format=directory", "--compress=1", Jobs(call.Jobs), $"--file={call.Path}", $"--snapshot={call.Snapshot}", "--no-password", "--lock-wait-timeout=30000"),
            Restore = call => new(
                "pg_restore",
                ["--format=directory", "--exit-on-error", Jobs(call.Jobs), "--no-password", "--dbname=", .. Left(call.Manner), .. Sections(call.Part), call.Path]),
            Install = major => string.Create(CultureInfo.InvariantCulture, $"apt-get install postgresql-client-{major}, or what your system calls it; {PostgresTools.Value.Variable} names the folder of its programs"),
        },
    };

    private static string[] Left(RestoreManner manner) => manner switch
    {
        RestoreManner.AsItWas => [],
        RestoreManner.WithoutOwners => ["--no-owner", "--no-privileges"],
        _ => ["--no-owner", "--no-privileges", .. Local],
    };

    private static string[] Sections(RestorePart part) => part switch
    {
        RestorePart.Rows => ["--section=pre-data", "--section=data"],
        RestorePart.Rest => ["--section=post-data"],
        _ => [],
    };

    private static string Jobs(int jobs) => string.Create(CultureInfo.InvariantCulture, $"--jobs={jobs}");

    // Rows are counted where they are: of a partitioned table in its partitions, each of which is locked by itself, and not where other servers keep them.
    // An extension's own table is dumped when the extension says that users fill it. A type without a name is digested as the server writes it.
    private const string Tables = $"""
        SELECT n.nspname, c.relname, a.attname, CASE WHEN t.typtype = 'd' OR t.oid <> 'bool'::regtype AND EXISTS (
          SELECT FROM pg_cast k WHERE k.castsource = t.oid AND k.casttarget = 'text'::regtype AND k.castmethod = 'f') THEN NULL ELSE format_type(t.oid, NULL) END
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN (pg_attribute a JOIN pg_type t ON t.oid = a.atttypid) ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND {PostgresScratch.Users}
          AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attname COLLATE "C"
        """;

    /// <summary>Read from a dump, a constraint has other brackets, and its casts stand elsewhere: <c>ARRAY['a'::varchar]::text[]</c> comes back as <c>ARRAY['a'::varchar::text]</c>.</summary>
    private static string Normal(string definition) => Loose().Replace(Cast().Replace(definition, ""), "");

    [GeneratedRegex("""::(?:"[^"]+"(?:\."[^"]+")?|[A-Za-z_][\w.]*(?: varying| precision)?)(?:\(\d+(?:,\d+)?\))?(?: with(?:out)? time zone)?(?:\[\])*""")]
    private static partial Regex Cast();

    [GeneratedRegex(@"[()\s]")]
    private static partial Regex Loose();
}
