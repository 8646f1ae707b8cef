using System.Globalization;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What stands at the beginning of a file for psql: where it must not run, and what a contract asks.</summary>
internal static class PsqlGuards
{
    // A person's own .psqlrc may have set any of these.
    public static void Begin(ScriptText text) => text.Lines(
        @"\set QUIET on",
        @"\set ON_ERROR_STOP on",
        @"\set ON_ERROR_ROLLBACK off",
        @"\set AUTOCOMMIT on",
        @"\set SINGLELINE off",
        @"\set SHOW_CONTEXT never",
        @"\unset FETCH_COUNT",
        @"\encoding UTF8",
        @"\if :{?lock_timeout}",
        @"\else",
        @"\set lock_timeout 2s",
        @"\endif",
        "SET application_name = 'safe-migrate script';",
        "SET statement_timeout = 0;",
        "SET idle_in_transaction_session_timeout = 0;");

    public static void Guards(ScriptText text, ScriptFile file)
    {
        text.Lines(Raise(
        [
            .. Refusal(
                "now() <> statement_timestamp()",
                "This file commits by itself, and is run inside a transaction. Nothing was changed.", "Run it without --single-transaction."),
            .. Refusal("pg_is_in_recovery()", "This server is a standby. Nothing was changed.", "Connect to the primary."),
            .. Refusal(
                $"NOT pg_try_advisory_lock({PostgresUpdates.LockKey})",
                "Another run is at work on this database. Nothing was changed.", "Wait until it has ended, and run this file again."),
            // From 14 on the server looks whether its client is still there, and stops a long statement that nobody waits for.
            "PERFORM set_config(name, '1000', false) FROM pg_settings WHERE name = 'client_connection_check_interval';",
        ]));
        var (table, id) = (file.History.Table, file.History.Id);
        if (file.Before.Count == 0)
        {
            text.Line("-- Remove this block if another application keeps its migrations in the same table on purpose.");
            text.Lines(Raise(
            [
                $"IF to_regclass({table.Literal()}) IS NOT NULL THEN",
                .. Refusal(
                    $"EXISTS (SELECT 1 FROM {table}) AND NOT EXISTS (SELECT 1 FROM {table} WHERE {id} = ANY ({List(file.Known)}))",
                    "The history of this database holds migrations, and none of this project. Nothing was changed.", "Look whether this is the right database.").Select(Indented),
                "END IF;",
            ]));
            text.Lines(
                $"SELECT to_regclass({table.Literal()}) IS NULL AS safe_migrate_new \\gset",
                @"\if :safe_migrate_new",
                file.History.Create.Trim(),
                @"\endif");
            return;
        }
        text.Lines(Raise(
            [
                .. Refusal($"to_regclass({table.Literal()}) IS NULL", "No migration was ever applied to this database. Nothing was changed.", "Look whether this is the right database."),
                $"SELECT string_agg(expected, ', ' ORDER BY expected) INTO missing FROM unnest({List(file.Before)}) AS expected",
                $"    WHERE expected NOT IN (SELECT {id} FROM {table});",
                "IF missing IS NOT NULL THEN",
                "    RAISE EXCEPTION 'The history of this database lacks %. Nothing was changed.', missing",
                "        USING HINT = 'It is another database, or an earlier file was not run.';",
                "END IF;",
            ], "missing text;"));
    }

    /// <summary>Only before the first statement of the contract: later the old column is gone.</summary>
    public static void Evidence(ScriptText text, ScriptFile file, ScriptEvidence evidence)
    {
        var ids = List([.. file.Migrations.Select(migration => migration.Id)]);
        text.Line();
        text.Lines(
            $"SELECT NOT EXISTS (SELECT 1 FROM {file.History.Table} WHERE {file.History.Id} = ANY ({ids})) AS safe_migrate_fresh \\gset",
            $"SELECT to_regclass('{PsqlScripts.Marks}') IS NOT NULL AS safe_migrate_marked \\gset",
            @"\if :safe_migrate_marked",
            $"SELECT :'safe_migrate_fresh' AND NOT EXISTS (SELECT 1 FROM {PsqlScripts.Marks} WHERE migration = ANY ({ids})) AS safe_migrate_fresh \\gset",
            @"\endif",
            @"\if :safe_migrate_fresh");
        foreach (var (table, column, query) in evidence.Unfilled)
        {
            text.Lines(Raise(
            [
                .. Refusal(
                    $"EXISTS ({query})", $"There are rows of {table} that have another value in {column} than the old shape says, and would lose it. Nothing was changed.",
                    "Find out who writes past the trigger, and fill the rows again."),
            ]));
        }
        if (evidence.Counters.Count > 0)
        {
            Counters(text, file, evidence);
        }
        text.Line(@"\endif");
    }

    // What was seen at the first look comes back with the second call: the file leaves nothing in the database.
    private static void Counters(ScriptText text, ScriptFile file, ScriptEvidence evidence)
    {
        var names = evidence.Counters.Select(counter => counter.Quoted(name => PostgresEngine.Value.Quote(name))).ToArray();
        var seconds = ((long)evidence.QuietPeriod.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        text.Lines(
            @"\if :{?seen}",
            @"\else",
            @"\set seen ''",
            @"\endif",
            "SELECT set_config('safe_migrate.seen', :'seen', false) AS safe_migrate_seen \\gset");
        text.Lines(Raise(
            [
                .. names.SelectMany(name => Refusal(
                    $"to_regclass({name.Literal()}) IS NULL", $"The counter {name} is not there, so nobody knows whether the old release still writes. Nothing was changed.",
                    "-v seen=unused   when the old release is gone for certain")),
                "IF seen <> 'unused' AND seen !~ '^[0-9]+(-[0-9]+)+$' THEN",
                "    RAISE EXCEPTION 'The contract waits for the old release to be gone. Nothing was changed.' USING HINT = format(",
                $"        'Retire the old release; %s seconds later run: {PsqlScripts.Value.Call(file.Name).Replace("'", "''", StringComparison.Ordinal)} -v seen=%s-%s', {seconds}, time, counted);",
                "END IF;",
                "IF seen <> 'unused' AND substr(seen, strpos(seen, '-') + 1) <> counted THEN",
                "    RAISE EXCEPTION 'The old release has written since it was looked at. Nothing was changed.' USING HINT = format(",
                $"        'Retire it; %s seconds later run this file with -v seen=%s-%s', {seconds}, time, counted);",
                "END IF;",
                $"IF seen <> 'unused' AND time - split_part(seen, '-', 1)::numeric < {seconds} THEN",
                "    RAISE EXCEPTION 'It is too early to say that the old release no longer writes. Nothing was changed.' USING HINT = format(",
                $"        'Run this file again in %s seconds, with the same -v seen=%s', {seconds} - (time - split_part(seen, '-', 1)::numeric), seen);",
                "END IF;",
            ],
            "seen text := current_setting('safe_migrate.seen');",
            "time bigint := floor(extract(epoch FROM clock_timestamp()));",
            $"counted text := concat_ws('-', {string.Join(", ", names.Select(name => $"COALESCE(pg_sequence_last_value(to_regclass({name.Literal()})), 0)"))});"));
    }

    public static IReadOnlyList<string> Refusal(string condition, string why, string hint) =>
    [
        $"IF {condition} THEN",
        $"    RAISE EXCEPTION '%', {why.Literal()} USING HINT = {hint.Literal()};",
        "END IF;",
    ];

    /// <summary>A block that fails with a sentence, or does nothing.</summary>
    public static IReadOnlyList<string> Raise(IReadOnlyList<string> body, params string[] declare)
    {
        string[] lines = [.. declare.Length == 0 ? [] : declare.Select(Indented).Prepend("DECLARE"), "BEGIN", .. body.Select(Indented), "END"];
        return [$"DO {$"\n{string.Join('\n', lines)}\n".Dollars("safe_migrate")};"];
    }

    private static string Indented(string line) => $"    {line}";

    private static string List(IReadOnlyList<string> ids) => $"ARRAY[{string.Join(", ", ids.Select(id => id.Literal()))}]::text[]";
}
