using EfSafeMigrate.Engines;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>What the tests of backfills say to a server in its own words.</summary>
internal abstract class Dialect
{
    public static Dialect Of(Engine engine) => engine.Id switch
    {
        "postgresql" => new PostgresDialect(),
        "mariadb" => new MariaDbDialect(),
        _ => new SqliteDialect(),
    };

    /// <summary>Types of keys, by what they hold: long, int, text, folded (text with an order of its own), guid, time, decimal.</summary>
    public abstract string Type(string kind);

    public virtual string Literal(string kind, string value) => kind is "long" or "int" or "decimal" ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Of a column that is written.</summary>
    public virtual string Text => "text";

    /// <summary>Begins an INSERT that passes by keys that are there, and ends it.</summary>
    public virtual (string Begin, string End) InsertNew => ("INSERT INTO", " ON CONFLICT DO NOTHING");

    public virtual string Differs(string one, string other) => $"{one} IS DISTINCT FROM {other}";

    /// <summary>New rows get the value of <c>old</c> in <c>fresh</c>; writes of <c>fresh</c> are written down by the row's number.</summary>
    public abstract IEnumerable<string> Triggers(string table);

    /// <summary>New rows get a value in a column.</summary>
    /// <param name="value">SQL over <c>NEW</c>.</param>
    public abstract string Fill(string table, string trigger, string column, string value);

    public virtual string Drop(string table, string trigger) => $"DROP TRIGGER {trigger}";

    /// <summary>Later changes of a source reach the target.</summary>
    public abstract IEnumerable<string> FollowSource { get; }

    /// <summary>Each row that is written takes some milliseconds.</summary>
    public virtual IEnumerable<string> SlowRows(string table) => [];

    /// <summary>Age in seconds of the oldest transaction of others on the test's database.</summary>
    public virtual string OldestTransaction => "SELECT 0";

    private sealed class PostgresDialect : Dialect
    {
        public override string Type(string kind) => kind switch
        {
            "long" => "bigint",
            "int" => "int",
            "text" => "text",
            "folded" => "text COLLATE \"C\"",
            "guid" => "uuid",
            "time" => "timestamptz",
            _ => "numeric(30,5)",
        };

        public override IEnumerable<string> Triggers(string table) =>
        [
            $$"""
            CREATE FUNCTION {{table}}_fill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.fresh := NEW.old; RETURN NEW; END';
            CREATE TRIGGER {{table}}_fill BEFORE INSERT ON {{table}} FOR EACH ROW EXECUTE FUNCTION {{table}}_fill();
            CREATE FUNCTION {{table}}_count() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO {{table}}_writes VALUES (NEW.n); RETURN NULL; END';
            CREATE TRIGGER {{table}}_count AFTER UPDATE OF fresh ON {{table}} FOR EACH ROW EXECUTE FUNCTION {{table}}_count();
            """,
        ];

        public override string Fill(string table, string trigger, string column, string value) => $$"""
            CREATE OR REPLACE FUNCTION {{trigger}}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.{{column}} := {{value}}; RETURN NEW; END';
            CREATE TRIGGER {{trigger}} BEFORE INSERT ON {{table}} FOR EACH ROW EXECUTE FUNCTION {{trigger}}();
            """;

        public override string Drop(string table, string trigger) => $"DROP TRIGGER {trigger} ON {table}";

        public override IEnumerable<string> FollowSource =>
        [
            """
            CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE target SET fresh = NEW.value WHERE source_id = NEW.id; RETURN NULL; END';
            CREATE TRIGGER follow AFTER UPDATE ON source FOR EACH ROW EXECUTE FUNCTION follow();
            """,
        ];

        public override IEnumerable<string> SlowRows(string table) =>
        [
            $"""
            CREATE FUNCTION {table}_slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.005); RETURN NEW; END';
            CREATE TRIGGER {table}_slow BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_slow();
            """,
        ];

        public override string OldestTransaction =>
            "SELECT COALESCE(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    }

    private sealed class MariaDbDialect : Dialect
    {
        public override string Type(string kind) => kind switch
        {
            "long" => "bigint",
            "int" => "int",
            "text" => "varchar(60)",
            "folded" => "varchar(60) COLLATE utf8mb4_nopad_bin",
            "guid" => "binary(16)",
            "time" => "datetime(6)",
            _ => "decimal(30,5)",
        };

        public override string Literal(string kind, string value) => kind switch
        {
            "guid" => $"UNHEX('{value.Replace("-", "", StringComparison.Ordinal)}')",
            _ => base.Literal(kind, value.Replace("\\", "\\\\", StringComparison.Ordinal)),
        };

        public override (string Begin, string End) InsertNew => ("INSERT IGNORE INTO", "");

        public override string Text => "varchar(60)";

        public override string Differs(string one, string other) => $"NOT ({one} <=> {other})";

        public override IEnumerable<string> Triggers(string table) =>
        [
            $"CREATE TRIGGER {table}_fill BEFORE INSERT ON {table} FOR EACH ROW SET NEW.fresh = NEW.old",
            $"CREATE TRIGGER {table}_count AFTER UPDATE ON {table} FOR EACH ROW INSERT INTO {table}_writes VALUES (NEW.n)",
        ];

        public override string Fill(string table, string trigger, string column, string value) =>
            $"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} FOR EACH ROW SET NEW.{column} = {value}";

        public override IEnumerable<string> FollowSource => ["CREATE TRIGGER follow AFTER UPDATE ON source FOR EACH ROW UPDATE target SET fresh = NEW.value WHERE source_id = NEW.id"];

        public override IEnumerable<string> SlowRows(string table) => [$"CREATE TRIGGER {table}_slow BEFORE UPDATE ON {table} FOR EACH ROW SET NEW.n = NEW.n + sleep(0.005)"];

        public override string OldestTransaction =>
            "SELECT COALESCE(max(timestampdiff(MICROSECOND, x.trx_started, now(6))), 0) / 1e6 FROM information_schema.innodb_trx x JOIN information_schema.processlist p ON p.id = x.trx_mysql_thread_id WHERE p.db = database() AND p.id <> connection_id()";
    }

    private sealed class SqliteDialect : Dialect
    {
        public override string Type(string kind) => kind switch
        {
            "long" => "INTEGER",
            "int" => "INT",
            "text" => "TEXT",
            "folded" => "TEXT COLLATE NOCASE",
            "guid" => "BLOB",
            "time" => "TEXT",
            _ => "NUMERIC",
        };

        public override string Literal(string kind, string value) => kind switch
        {
            "guid" => $"X'{value.Replace("-", "", StringComparison.Ordinal)}'",
            "text" or "folded" => string.Join(" || char(0) || ", value.Split('\0').Select(part => base.Literal(kind, part))),
            _ => base.Literal(kind, value),
        };

        public override string Differs(string one, string other) => $"{one} IS NOT {other}";

        public override IEnumerable<string> Triggers(string table) =>
        [
            $"CREATE TRIGGER {table}_fill AFTER INSERT ON {table} BEGIN UPDATE {table} SET fresh = NEW.old WHERE n = NEW.n; END",
            $"CREATE TRIGGER {table}_count AFTER UPDATE OF fresh ON {table} BEGIN INSERT INTO {table}_writes VALUES (NEW.n); END",
        ];

        public override string Fill(string table, string trigger, string column, string value) =>
            $"CREATE TRIGGER {trigger} AFTER INSERT ON {table} BEGIN UPDATE {table} SET {column} = {value} WHERE id = NEW.id; END";

        public override IEnumerable<string> FollowSource => ["CREATE TRIGGER follow AFTER UPDATE ON source BEGIN UPDATE target SET fresh = NEW.value WHERE source_id = NEW.id; END"];
    }
}
