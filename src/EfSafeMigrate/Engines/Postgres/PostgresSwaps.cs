using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>The statements by which a column takes the place of another, and constraints adopt indexes.</summary>
internal sealed class PostgresSwaps
{
    private static readonly IReadOnlyList<(string Name, string Least, string Greatest)> Integers =
    [
        ("smallint", "-32768", "32767"), ("integer", "-2147483648", "2147483647"), ("bigint", "-9223372036854775808", "9223372036854775807"),
    ];

    private readonly Func<string, string> _quote;

    private PostgresSwaps(Func<string, string> quote) => _quote = quote;

    public static SwapForms Forms(Func<string, string> quote, PostgresTriggers triggers, Func<TableName, Index, string> createIndex)
    {
        var forms = new PostgresSwaps(quote);
        return new()
        {
            Widens = (old, fresh) => Rank(old) is >= 0 and var rank && Rank(fresh) > rank,
            Lock = forms.Lock,
            RefuseDependents = forms.RefuseDependents,
            Follow = triggers.Follow,
            TakeOver = forms.TakeOver,
            RefuseUnfit = forms.RefuseUnfit,
            FillFrom = (table, column, from) => $"UPDATE {table.Quoted(quote)} SET {quote(column)} = {quote(from)} WHERE {quote(from)} IS NOT NULL;",
            Analyze = (table, columns) => $"ANALYZE {table.Quoted(quote)} ({forms.List(columns)});",
            DropColumn = (table, column) => forms.Alter(table, $"DROP COLUMN {quote(column)}"),
            RenameColumn = (table, name, newName) => forms.Alter(table, $"RENAME COLUMN {quote(name)} TO {quote(newName)}"),
            AdoptIndex = (table, key, primary, index) => forms.Alter(table, $"ADD CONSTRAINT {quote(key.Name!)} {Kind(primary)} USING INDEX {quote(index)}"),
            AddKey = (table, key, primary) => forms.Alter(table, $"ADD CONSTRAINT {quote(key.Name!)} {Kind(primary)} ({forms.List(key.Columns)})"),
            AddForeignKey = forms.AddForeignKey,
            CreateIndex = createIndex,
        };
    }

    private static int Rank(string type) =>
        PostgresTypeName.Parse(type) is { IsArray: false } parsed ? Integers.ToList().FindIndex(integer => integer.Name == parsed.Name) : -1;

    // Whoever waits for a strong lock makes everyone behind it wait, so each attempt gives up after 50 ms and lets go of what it got: long before
    // the server looks for deadlocks, so that no application is ever the victim of one. An autovacuum would outlast any number of such
    // attempts; the weaker lock, which no writer notices, waits long enough for the server to end it.
    private string Lock(IReadOnlyList<TableName> tables, Blocks blocks)
    {
        var names = string.Join(", ", tables.Select(table => table.Quoted(_quote)));
        return Block("lock", $"""
            DECLARE
                given text := current_setting('lock_timeout');
                latest timestamptz := clock_timestamp() + interval '30 seconds';
            BEGIN
                PERFORM set_config('lock_timeout', '5s', true);
                LOCK TABLE {names} IN SHARE UPDATE EXCLUSIVE MODE;
                LOOP
                    BEGIN
                        PERFORM set_config('lock_timeout', '50ms', true);
                        LOCK TABLE {names} IN {(blocks == Blocks.Writes ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE")} MODE;
                        EXIT;
                    EXCEPTION WHEN lock_not_available THEN
                        IF clock_timestamp() > latest THEN
                            RAISE;
                        END IF;
                    END;
                    PERFORM pg_sleep(0.05 + random() * 0.2);
                END LOOP;
                PERFORM set_config('lock_timeout', given, true);
            END
            """);
    }

    private string RefuseDependents(IReadOnlyList<(TableName Table, string Column)> columns, IReadOnlyList<string> known, IReadOnlyList<string> plain)
    {
        return Block("dependents", $"""
            DECLARE
                found text;
            BEGIN
                WITH columns AS (
                    SELECT a.* FROM pg_attribute a JOIN (VALUES {string.Join(", ", columns.Select(column => $"({Regclass(column.Table)}, {column.Column.Literal()})"))}) AS wider (of_table, name)
                        ON a.attrelid = wider.of_table AND a.attname = wider.name
                ), known AS (SELECT unnest({Names(known)}) AS name), plain AS (SELECT unnest({Names(plain)}) AS name)
                SELECT string_agg(DISTINCT what, '; ') INTO found FROM (
                    SELECT format('%s on %s.%I', pg_describe_object(d.classid, d.objid, d.objsubid), a.attrelid::regclass, a.attname) AS what
                    FROM columns a JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
                    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
                            AND (c.contype = 'n' OR (c.conname IN (SELECT name FROM known) AND NOT c.condeferrable AND c.confupdtype IN ('a', ' ') AND c.confmatchtype IN ('s', ' '))))
                        AND NOT EXISTS (SELECT FROM pg_attrdef f WHERE d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
                            AND f.adrelid = a.attrelid AND f.adnum = a.attnum AND a.attgenerated = '')
                        AND NOT EXISTS (SELECT FROM pg_class s WHERE d.classid = 'pg_class'::regclass AND s.oid = d.objid AND s.relkind = 'S')
                        AND NOT EXISTS (SELECT FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE d.classid = 'pg_class'::regclass
                            AND i.oid = d.objid AND i.relname IN (SELECT name FROM known)
                            AND (i.relname NOT IN (SELECT name FROM plain) OR (i.reloptions IS NULL AND 0 = ALL (x.indoption::smallint[])
                                AND to_jsonb(x) ->> 'indnullsnotdistinct' IS DISTINCT FROM 'true'
                                AND NOT EXISTS (SELECT FROM pg_opclass o WHERE o.oid = ANY (x.indclass::oid[]) AND NOT o.opcdefault))))
                    UNION ALL
                    SELECT format('rights on %s.%I', attrelid::regclass, attname) FROM columns WHERE attacl IS NOT NULL
                    UNION ALL
                    SELECT format('partitions or heirs of %s', c.oid::regclass) FROM columns a JOIN pg_class c ON c.oid = a.attrelid
                    WHERE c.relkind <> 'r' OR EXISTS (SELECT FROM pg_inherits h WHERE c.oid IN (h.inhparent, h.inhrelid))
                ) AS dependents;
                IF found IS NOT NULL THEN
                    RAISE EXCEPTION 'a column that gets another type cannot be replaced because of: %', found
                        USING HINT = 'Drop it first and make it again after the contract.', ERRCODE = 'dependent_objects_still_exist';
                END IF;
            END
            """);
    }

    // An identity's sequence belongs to its column for good, so the other column gets one that is told where to go on.
    private string TakeOver(TableName table, string from, string to)
    {
        var (name, regclass) = (table.Quoted(_quote).Literal(), Regclass(table));
        var (old, fresh) = (_quote(from), _quote(to));
        string Alter(string action) => $"format('ALTER TABLE %s ALTER COLUMN %I {action}";
        var limits = string.Join(", ", Integers.Select(integer => $"('{integer.Name}'::regtype, {integer.Least}, {integer.Greatest})"));
        return Block("take_over", $"""
            DECLARE
                kind text;
                given text;
                said text;
                called boolean;
                last bigint;
                owned regclass := pg_get_serial_sequence({name}, {from.Literal()});
                place text;
                sequence record;
            BEGIN
                SELECT a.attidentity, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum) INTO kind, given, said
                FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = {regclass} AND a.attname = {from.Literal()};
                IF owned IS NOT NULL THEN
                    SELECT s.*, s.seqtypid = a.atttypid AS follows, l.least, l.greatest INTO sequence
                    FROM pg_sequence s JOIN pg_attribute a ON a.attrelid = {regclass} AND a.attname = {from.Literal()}
                    LEFT JOIN (VALUES {limits}) AS l (type, least, greatest) ON l.type = s.seqtypid
                    WHERE s.seqrelid = owned;
                END IF;
                IF kind <> '' THEN
                    SELECT format('%I.%I', n.nspname, c.relname) INTO place FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = owned;
                    EXECUTE format('SELECT last_value, is_called FROM %s', owned) INTO last, called;
                    EXECUTE {Alter("DROP IDENTITY'")}, {regclass}, {from.Literal()});
                    EXECUTE {Alter("ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s INCREMENT BY %s %s %s START WITH %s CACHE %s %s)'")},
                        {regclass}, {to.Literal()}, CASE kind WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, place, sequence.seqincrement,
                        CASE WHEN sequence.seqmin = sequence.least THEN '' ELSE 'MINVALUE ' || sequence.seqmin END,
                        CASE WHEN sequence.seqmax = sequence.greatest THEN '' ELSE 'MAXVALUE ' || sequence.seqmax END,
                        sequence.seqstart, sequence.seqcache, CASE WHEN sequence.seqcycle THEN 'CYCLE' ELSE '' END);
                    PERFORM setval(place::regclass, last, called);
                ELSE
                    IF owned IS NOT NULL THEN
                        EXECUTE format('ALTER SEQUENCE %s OWNED BY %s.%I', owned, {regclass}, {to.Literal()});
                        IF sequence.follows THEN
                            EXECUTE format('ALTER SEQUENCE %s AS %s', owned, (SELECT atttypid::regtype FROM pg_attribute WHERE attrelid = {regclass} AND attname = {to.Literal()}));
                        END IF;
                    END IF;
                    IF given IS NOT NULL THEN
                        EXECUTE {Alter("SET DEFAULT %s'")}, {regclass}, {to.Literal()}, given);
                        ALTER TABLE {table.Quoted(_quote)} ALTER COLUMN {old} DROP DEFAULT;
                    END IF;
                END IF;
                IF said IS NOT NULL THEN
                    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', {regclass}, {to.Literal()}, said);
                    COMMENT ON COLUMN {table.Quoted(_quote)}.{old} IS NULL;
                END IF;
            END
            """);
    }

    private string RefuseUnfit(TableName table, string column, string type)
    {
        var (_, least, greatest) = Integers[Rank(type)];
        return Block("fits", $"""
            BEGIN
                IF EXISTS (SELECT FROM {table.Quoted(_quote)} WHERE {_quote(column)} NOT BETWEEN {least} AND {greatest}) THEN
                    RAISE EXCEPTION '{type} has no room for the values that % holds by now', {$"{table}.{column}".Literal()}
                        USING HINT = 'The change cannot be undone any more.', ERRCODE = 'numeric_value_out_of_range';
                END IF;
            END
            """);
    }

    private string AddForeignKey(TableName table, ForeignKey key) =>
        Alter(table, $"ADD CONSTRAINT {_quote(key.Name!)} FOREIGN KEY ({List(key.Columns)}) REFERENCES {key.Principal.Quoted(_quote)} ({List(key.PrincipalColumns)})"
            + (key.OnDelete is { } action ? $" ON DELETE {action}" : ""));

    private static string Names(IReadOnlyList<string> names) => $"ARRAY[{string.Join(", ", names.Select(name => name.Literal()))}]::name[]";

    private static string Block(string tag, string body) => $"DO {$"\n{body}\n".Dollars(tag)};";

    private static string Kind(bool primary) => primary ? "PRIMARY KEY" : "UNIQUE";

    private string Regclass(TableName table) => $"{table.Quoted(_quote).Literal()}::regclass";

    private string Alter(TableName table, string action) => $"ALTER TABLE {table.Quoted(_quote)} {action};";

    private string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(_quote));
}
