using System.Globalization;
using System.Text.RegularExpressions;
using static EfSafeMigrate.Engines.Postgres.PsqlGuards;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Files for psql. Its conditions choose what runs, so the SQL stands there as EF sends it, and statements outside a transaction stay outside.
/// Progress is kept in the same marks as that of runs, so that either goes on where the other was stopped.
/// </summary>
internal static partial class PsqlScripts
{
    /// <summary>What the marks name in place of a run.</summary>
    public const string Run = "script";

    public const string Marks = "safe_migrate.checkpoint";

    public static readonly ScriptForms Value = new()
    {
        Client = "psql",
        Call = file => $"psql \"$DATABASE\" -f {file}",
        Text = Text,
        OfSession = PostgresCheckpoints.Value.OfSession,
        Repeatable = PostgresCheckpoints.Value.Repeatable,
    };

    private static string Text(ScriptFile file)
    {
        var text = new ScriptText();
        text.Comment(file.Head);
        text.Line("--   waits   Up to 2s for a lock that others would queue behind, where a migration says nothing else; -v lock_timeout=500ms for less.");
        text.Line();
        Begin(text);
        Guards(text, file);
        if (file.Evidence is { } evidence)
        {
            Evidence(text, file, evidence);
        }
        foreach (var migration in file.Migrations)
        {
            text.Line();
            Migration(text, file, migration);
        }
        text.Line();
        text.Lines(Raise([$"PERFORM pg_advisory_unlock({PostgresUpdates.LockKey});"]));
        return text.ToString();
    }

    private static void Migration(ScriptText text, ScriptFile file, ScriptMigration migration)
    {
        text.Lines(
            $"-- {migration.Id} ({migration.Phase})",
            $"SELECT NOT {file.History.Holds(migration.Id.Literal())} AS safe_migrate_todo \\gset",
            @"\if :safe_migrate_todo",
            $"\\echo {Word(migration.Id)} {Word(migration.Phase)}");
        if (migration.InParts)
        {
            Recall(text, migration);
            foreach (var (from, commands) in migration.Parts)
            {
                text.Line();
                if (commands[0].Suppressed)
                {
                    Alone(text, migration, commands[0], from);
                }
                else
                {
                    Together(text, migration, commands, from + commands.Count);
                }
            }
        }
        else
        {
            Transaction(text, migration.Commands, end: null);
        }
        text.Lines(@"\else", $"\\echo {Word(migration.Id)} is applied already", @"\endif");
    }

    /// <summary>How far an earlier run came with a migration that is committed in parts.</summary>
    private static void Recall(ScriptText text, ScriptMigration migration)
    {
        var (id, unknown) = (migration.Id.Literal(), Unknown(migration));
        text.Line($"SELECT to_regclass('{Marks}') IS NULL AS safe_migrate_new \\gset");
        text.Lines(@"\if :safe_migrate_new", "CREATE SCHEMA IF NOT EXISTS safe_migrate;", $"{PostgresCheckpoints.Table};", @"\endif");
        text.Lines(Raise(
        [
            .. Refusal(
                $"EXISTS (SELECT 1 FROM {Marks} WHERE migration = {id} AND checksum <> {migration.Checksum.Literal()})",
                $"{migration.Id} was edited after a part of it had been committed.", "Run the file that was written before the edit."),
            .. unknown.Length == 0 ? [] : Refusal(
                $"EXISTS (SELECT 1 FROM {Marks} WHERE migration = {id} AND begun IN ({string.Join(", ", unknown.Select(Number))}))",
                $"{migration.Id} was stopped in a statement outside a transaction, and nobody knows whether it took effect.",
                $"Look whether its effect is there; if it is: UPDATE {Marks} SET done = begun + 1, begun = NULL WHERE migration = {id}; if not: only SET begun = NULL."),
        ]));
        text.Line($"SELECT COALESCE((SELECT done FROM {Marks} WHERE migration = {id}), 0) AS safe_migrate_done \\gset");
    }

    private static int[] Unknown(ScriptMigration migration) =>
        [.. migration.Commands.Select((command, index) => (command, index)).Where(each => each.command is { Suppressed: true, Repeats: false }).Select(each => each.index)];

    private static void Together(ScriptText text, ScriptMigration migration, IReadOnlyList<ScriptCommand> commands, int end)
    {
        if (commands[^1].IsHistory)
        {
            Transaction(text, commands, $"{PostgresCheckpoints.Value.Forget(migration.Id)};");
            return;
        }
        text.Lines($"SELECT :safe_migrate_done < {Number(end)} AS safe_migrate_todo \\gset", @"\if :safe_migrate_todo");
        Transaction(text, commands, Mark(migration, end));
        if (commands.Any(IsOfSession))
        {
            text.Line(@"\else");
            text.Lines(commands.Where(IsOfSession).Select(command => command.Sql));
        }
        text.Line(@"\endif");
    }

    private static bool IsOfSession(ScriptCommand command) =>
        command.OfSession && !command.Statements.All(OfTransaction().IsMatch);

    // A statement that waits for its lock holds up everybody behind it; without one that somebody could wait for, it may take its time.
    private static void Transaction(ScriptText text, IReadOnlyList<ScriptCommand> commands, string? end)
    {
        var patient = commands.Where(command => !command.IsHistory).All(command => command.Waiting == Waiting.Patient);
        text.Lines("BEGIN;", patient ? "SET LOCAL lock_timeout = 0;" : "SET LOCAL lock_timeout = :'lock_timeout';");
        text.Lines(commands.Select(command => command.Sql));
        text.Lines(end is null ? ["COMMIT;"] : [end, "COMMIT;"]);
    }

    private static void Alone(ScriptText text, ScriptMigration migration, ScriptCommand command, int at)
    {
        if (command.OfSession)
        {
            text.Line(command.Sql);
            return;
        }
        text.Lines(
            $"SELECT :safe_migrate_done < {Number(at + 1)} AS safe_migrate_todo \\gset",
            @"\if :safe_migrate_todo",
            command.Waiting == Waiting.Patient ? "SET lock_timeout = 0;" : "SET lock_timeout = :'lock_timeout';");
        if (command.Leftover is { } leftover)
        {
            text.Lines(
                $"SELECT state = 'done' AS safe_migrate_found, state = 'broken' AS safe_migrate_broken FROM (SELECT COALESCE(({Inlined(leftover.State)}), 'none') AS state) AS found \\gset",
                @"\if :safe_migrate_broken",
                $"{leftover.Clear};",
                @"\endif",
                @"\if :safe_migrate_found",
                @"\else",
                command.Sql,
                @"\endif");
        }
        else if (command.Repeats)
        {
            text.Line(command.Sql);
        }
        else
        {
            Once(text, migration, command, at);
        }
        text.Lines(Mark(migration, at + 1), @"\endif");
    }

    /// <summary>What cannot be repeated: begun and not ended means that nobody knows; failed means that it took no effect.</summary>
    private static void Once(ScriptText text, ScriptMigration migration, ScriptCommand command, int at)
    {
        text.Line(Mark(migration, at, begun: at));
        if (command.Statements.Count > 1 || command.Statements.Any(Committing().IsMatch))
        {
            text.Line(command.Sql);
            return;
        }
        text.Lines(
            @"\set ON_ERROR_STOP off",
            command.Sql,
            @"\set safe_migrate_failed :ERROR",
            @"\set ON_ERROR_STOP on",
            @"\if :safe_migrate_failed",
            $"{PostgresCheckpoints.Value.Settle(migration.Id, Run)};");
        text.Lines(Raise([$"RAISE EXCEPTION '%', {$"{migration.Id} stopped at its command {Number(at + 1)}, which took no effect.".Literal()} USING HINT = 'The reason stands above. Run this file again.';"]));
        text.Line(@"\endif");
    }

    [GeneratedRegex(@"^SET\s+LOCAL\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfTransaction();

    /// <summary>What commits by itself may have kept a part of its work when it fails.</summary>
    [GeneratedRegex(@"^(DO|CALL)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Committing();

    private static string Mark(ScriptMigration migration, int done, int? begun = null) =>
        $"{PostgresCheckpoints.Value.Mark(new(migration.Id, Run, migration.Checksum, done, begun))};";

    private static string Inlined(Ask ask) => ask.Parameters.Select((value, index) => (value, index))
        .Aggregate(ask.Sql, (sql, each) => sql.Replace($"@p{Number(each.index)}", each.value?.Literal() ?? "NULL", StringComparison.Ordinal));

    /// <summary>In a line that psql reads itself.</summary>
    private static string Word(string text) => new([.. text.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
