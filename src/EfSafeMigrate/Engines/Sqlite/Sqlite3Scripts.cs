using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>
/// Files for sqlite3. It has no conditions, so what a migration does stands as a text: a query writes that text into a file when the history
/// lacks the migration, and an empty one when it does not, and the file is read back.
/// </summary>
internal static partial class Sqlite3Scripts
{
    private const string Refusals = "temp.safe_migrate_refusal";
    private const string Run = "temp.safe_migrate_run";
    private const string Folder = "safe_migrate_folder";
    private const string Violations = "temp.safe_migrate_violations";
    private const string Marks = "\"__safe_migrate_checkpoint\"";

    public static readonly ScriptForms Value = new()
    {
        Client = "sqlite3",
        Call = file => $"sqlite3 \"$DATABASE\" < {file}",
        Text = file => new Writing(file).Text(),
        OfSession = SqliteCheckpoints.Value.OfSession,
        Repeatable = SqliteCheckpoints.Value.Repeatable,
    };

    private sealed class Writing(ScriptFile file)
    {
        private readonly ScriptText text = new();
        private readonly string todo = $"{file.Name}.todo";
        private string unwritable = "";
        private int refusals;

        public string Text()
        {
            text.Comment(file.Head);
            text.Line($"--   leaves  {todo}, empty, and {todo}.lock in the folder where it is run");
            text.Line();
            text.Lines(
                ".bail on",
                ".timeout 5000",
                $"CREATE TEMP TABLE {Refusals[5..]} (number INTEGER NOT NULL);",
                // As EF's own connections have it.
                "PRAGMA foreign_keys = 1;");
            Alone();
            unwritable = Refusal("{0}", $"The file {todo} cannot be written in this folder. Nothing more was changed.");
            Guards();
            foreach (var migration in file.Migrations)
            {
                text.Line();
                text.Line($"-- {migration.Id} ({migration.Phase})");
                Migration(migration);
            }
            text.Line();
            Write("", "1");
            return text.ToString();
        }

        /// <summary>What is to be done is written into a file and read back: until this run ends no other does the same in the folder.</summary>
        private void Alone()
        {
            var own = $"(SELECT name FROM {Run})";
            text.Lines(
                $"CREATE TEMP TABLE {Run[5..]} (name TEXT NOT NULL, alone INTEGER NOT NULL);",
                $"INSERT INTO {Run} VALUES (hex(randomblob(16)), 0);",
                ".bail off",
                $"ATTACH {SqliteCheckpoints.Literal($"{todo}.lock")} AS {Folder};",
                "BEGIN;",
                $"CREATE TABLE IF NOT EXISTS {Folder}.run (name TEXT NOT NULL);",
                $"DELETE FROM {Folder}.run;",
                $"INSERT INTO {Folder}.run SELECT name FROM {Run};",
                // Set earlier, two that begin at once would wait for each other.
                $"PRAGMA {Folder}.locking_mode = EXCLUSIVE;",
                "COMMIT;",
                $"UPDATE {Run} SET alone = 1 WHERE EXISTS (SELECT 1 FROM {Folder}.run WHERE name = {own});");
            text.Line(Refusal($"(SELECT alone FROM {Run}) = 0", $"Another run of this file is at work in this folder, or {todo}.lock cannot be written there. Nothing was changed; run it again when that one has ended, or in a folder of its own."));
            // Behind an error the client reads no further once this stands.
            text.Line(".bail on");
        }

        private void Guards()
        {
            var (table, id) = (file.History.Table, file.History.Id);
            var name = SqliteCheckpoints.Literal(file.History.Name.Name);
            if (file.Before.Count > 0)
            {
                text.Line(Refusal($"NOT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = {name})", "No migration was ever applied to this database, so it is another one. Nothing was changed."));
                text.Line(Refusal(
                    $"EXISTS (WITH expected (id) AS (VALUES {string.Join(", ", file.Before.Select(each => $"({SqliteCheckpoints.Literal(each)})"))}) SELECT 1 FROM expected WHERE id NOT IN (SELECT {id} FROM {table}))",
                    $"The history of this database lacks migrations up to {file.Before[^1]}: it is another database, or an earlier file was not run. Nothing was changed."));
            }
            else
            {
                text.Line(Terminated(file.History.Create.Trim()));
                text.Line("-- Remove this statement if another application keeps its migrations in the same table on purpose.");
                text.Line(Refusal(
                    $"EXISTS (SELECT 1 FROM {table}) AND NOT EXISTS (SELECT 1 FROM {table} WHERE {id} IN ({string.Join(", ", file.Known.Select(SqliteCheckpoints.Literal))}))",
                    "The history of this database holds migrations, and none of this project: it is another database. Nothing was changed."));
            }
            // A run of the tool has a row with a sign of life, in a table that need not be there.
            Write(
                Refusal("EXISTS (SELECT 1 FROM \"__safe_migrate_lock\" WHERE \"beat\" >= CAST(strftime('%s', 'now') AS INTEGER) - 20)", "Another run is at work on this database. Nothing was changed."),
                "EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__safe_migrate_lock')");
        }

        private void Migration(ScriptMigration migration)
        {
            var wanted = $"NOT {file.History.Holds(SqliteCheckpoints.Literal(migration.Id))}";
            if (migration.Commands.Where(command => command.Suppressed).All(command => SwitchesForeignKeys().IsMatch(command.Sql)))
            {
                Write(Whole(migration), wanted);
                return;
            }
            var id = SqliteCheckpoints.Literal(migration.Id);
            Write(Said(migration), wanted);
            text.Line($"{SqliteCheckpoints.Table};");
            text.Line(Refusal(
                $"{wanted} AND EXISTS (SELECT 1 FROM {Marks} WHERE \"migration\" = {id} AND \"checksum\" <> {SqliteCheckpoints.Literal(migration.Checksum)})",
                $"{migration.Id} was edited after a part of it had been committed; run the file that was written before the edit."));
            foreach (var (from, commands) in migration.Parts)
            {
                Write(
                    Part(migration, from, commands),
                    commands[0].OfSession && commands[0].Suppressed ? wanted
                    : $"{wanted} AND COALESCE((SELECT \"done\" FROM {Marks} WHERE \"migration\" = {id}), 0) < {Number(from + commands.Count)}");
            }
        }

        /// <summary>
        /// EF copies a table in one transaction and swaps it in another, and what is written in between is lost. With the keys switched off
        /// before, all of it is one transaction; what they would have refused or taken along is found by a check at its end.
        /// </summary>
        private string Whole(ScriptMigration migration)
        {
            var rebuilds = migration.InParts;
            var body = new ScriptText();
            body.Line(Said(migration));
            body.Lines(rebuilds ? ["PRAGMA foreign_keys = 0;"] : []);
            body.Lines("BEGIN IMMEDIATE;", Overtaken(migration));
            body.Lines(rebuilds ? [$"CREATE TEMP TABLE {Violations[5..]} AS SELECT count(*) AS number FROM pragma_foreign_key_check;"] : []);
            body.Lines(migration.Commands.Where(command => !command.Suppressed).Select(command => command.Sql));
            body.Lines(rebuilds
                ? [
                    Refusal(
                        $"(SELECT count(*) FROM pragma_foreign_key_check) > (SELECT number FROM {Violations})",
                        $"{migration.Id} would leave rows that refer to nothing: it deletes or changes rows, and tables are rebuilt in it while foreign keys are switched off. Nothing of it was done; delete the rows that refer to them in the migration."),
                    $"DROP TABLE {Violations};",
                ] : []);
            body.Lines("COMMIT;");
            body.Lines(rebuilds ? ["PRAGMA foreign_keys = 1;"] : []);
            return body.ToString();
        }

        private string Part(ScriptMigration migration, int from, IReadOnlyList<ScriptCommand> commands)
        {
            var body = new ScriptText();
            var mark = $"{SqliteCheckpoints.Value.Mark(new(migration.Id, Script, migration.Checksum, from + commands.Count, null))};";
            if (commands[0] is { Suppressed: true, Repeats: true })
            {
                body.Lines(commands[0].Sql);
                body.Lines(commands[0].OfSession ? [] : [mark]);
                return body.ToString();
            }
            // In a transaction with its mark also what EF would send by itself: it is done exactly when the mark is there.
            body.Lines("BEGIN IMMEDIATE;", Overtaken(migration));
            body.Lines(commands.Select(command => command.Sql));
            body.Lines(commands[^1].IsHistory ? $"{SqliteCheckpoints.Value.Forget(migration.Id)};" : mark, "COMMIT;");
            return body.ToString();
        }

        private static string Said(ScriptMigration migration) => $".print {Word(migration.Id)} {migration.Phase}";

        private string Overtaken(ScriptMigration migration) =>
            Refusal(file.History.Holds(SqliteCheckpoints.Literal(migration.Id)), $"Somebody else has applied {migration.Id} meanwhile. Nothing of it was done twice; run this file again.");

        /// <summary>Runs a text when the condition holds.</summary>
        private void Write(string sql, string condition)
        {
            var content = sql.Length == 0 ? "''" : $"CASE WHEN {condition} THEN {SqliteCheckpoints.Literal(sql.TrimEnd('\n') + "\n")} ELSE '' END";
            text.Line(unwritable.Replace("{0}", $"writefile({SqliteCheckpoints.Literal(todo)}, {content}) IS NULL", StringComparison.Ordinal));
            text.Lines(sql.Length == 0 ? [] : [$".read {todo}"]);
        }

        /// <summary>A statement that fails with a sentence when the condition holds: only a trigger may say one, and only one that it has from the start.</summary>
        private string Refusal(string condition, string why)
        {
            var number = Number(++refusals);
            text.Line($"CREATE TEMP TRIGGER safe_migrate_{number} BEFORE INSERT ON {Refusals[5..]} WHEN NEW.number = {number} BEGIN SELECT RAISE(ABORT, {SqliteCheckpoints.Literal(why)}); END;");
            return $"INSERT INTO {Refusals} SELECT {number} WHERE {condition};";
        }
    }

    private const string Script = "script";

    private static string Terminated(string sql) => sql.EndsWith(';') ? sql : $"{sql};";

    private static string Word(string text) => new([.. text.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*PRAGMA\s+foreign_keys\s*=\s*[01]\s*;?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex SwitchesForeignKeys();
}
