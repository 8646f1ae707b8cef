using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Engines.MySql;

namespace EfSafeMigrate.Engines.MariaDb;

/// <summary>
/// Files for the client <c>mariadb</c>. A definition commits by itself, so each statement stands in a block of its own that asks how far an
/// earlier run came; the statement is a text, because a block may not hold every kind of statement itself.
/// </summary>
internal static partial class MariaDbScripts
{
    private const string Marks = "`__safe_migrate_script`";
    private const string Go = "@safe_migrate_go";

    public static readonly ScriptForms Value = new()
    {
        Client = "mariadb",
        Call = file => $"mariadb \"$DATABASE\" < {file}",
        Text = Text,
        OfSession = sql => Session().IsMatch(sql),
        Repeatable = sql => Again().IsMatch(sql),
    };

    private static string Text(ScriptFile file)
    {
        if (file.Evidence?.Counters.Count > 0)
        {
            throw new SafeMigrateException($"{file.Migrations[0].Id} is a contract, and a script for MariaDB cannot tell yet whether the old release still writes.", "--until constrain   leaves it out");
        }
        var text = new ScriptText();
        text.Comment(file.Head);
        text.Line();
        text.Lines(
            "SET NAMES utf8mb4;",
            "SET SESSION autocommit = 1, lock_wait_timeout = 2, max_statement_time = 0;",
            // What fails stops the client; where it was told to go on all the same, nothing more is done.
            $"SET {Go} = 0;",
            "DELIMITER //");
        Guards(text, file);
        foreach (var migration in file.Migrations)
        {
            text.Line();
            Migration(text, file, migration);
        }
        text.Lines("", "DO RELEASE_LOCK(CONCAT(DATABASE(), '.safe_migrate'))//", "DELIMITER ;");
        return text.ToString();
    }

    private static void Guards(ScriptText text, ScriptFile file)
    {
        var (table, id) = (file.History.Table, file.History.Id);
        var exists = $"EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = {Literal(file.History.Name.Name)})";
        text.Lines(
        [
            "BEGIN NOT ATOMIC",
            $"    SET {Go} = 0;",
            .. Refusal("DATABASE() IS NULL", "No database is chosen. Nothing was changed."),
            .. Refusal("@@global.read_only", "This server is read-only. Nothing was changed."),
            .. Refusal("COALESCE(GET_LOCK(CONCAT(DATABASE(), '.safe_migrate'), 0), 0) = 0", "Another run is at work on this database. Nothing was changed."),
            .. file.Before.Count == 0 ? [] : Refusal($"NOT {exists}", "No migration was ever applied to this database. Nothing was changed."),
            $"    SET {Go} = 1;",
            "END//",
        ]);
        text.Lines(file.Before.Count == 0 ? [$"{file.History.Create.Trim().TrimEnd(';')}//"] : []);
        text.Lines(
        [
            "BEGIN NOT ATOMIC",
            .. Refusal($"{Go} = 0", "A client that goes on behind an error goes on behind a refusal, too. Nothing was changed."),
            $"    SET {Go} = 0;",
            .. file.Before.Count == 0
                ? Refusal(
                    $"EXISTS (SELECT 1 FROM {table}) AND NOT EXISTS (SELECT 1 FROM {table} WHERE {id} IN ({string.Join(", ", file.Known.Select(Literal))}))",
                    "The history holds migrations, and none of this project. Nothing was changed.")
                : Refusal(
                    $"(SELECT count(*) FROM {table} WHERE {id} IN ({string.Join(", ", file.Before.Select(Literal))})) < {Number(file.Before.Count)}",
                    "The history lacks migrations: another database, or an earlier file was not run. Nothing was changed."),
            .. Evidence(file),
            $"    SET {Go} = 1;",
            "END//",
            $"CREATE TABLE IF NOT EXISTS {Marks} (migration varchar(150) PRIMARY KEY, checksum char(64) NOT NULL, done int NOT NULL, begun int) ENGINE = InnoDB//",
        ]);
    }

    /// <summary>As a text, for later the old column is gone.</summary>
    private static IEnumerable<string> Evidence(ScriptFile file)
    {
        var begun = $"EXISTS (SELECT 1 FROM {file.History.Table} WHERE {file.History.Id} IN ({string.Join(", ", file.Migrations.Select(migration => Literal(migration.Id)))}))";
        foreach (var (table, column, query) in file.Evidence?.Unfilled ?? [])
        {
            yield return $"    SET @safe_migrate_sql = IF({begun}, 'SET @safe_migrate_left = 0', {Literal($"SET @safe_migrate_left = EXISTS ({query})")});";
            yield return "    EXECUTE IMMEDIATE @safe_migrate_sql;";
            foreach (var line in Refusal("@safe_migrate_left", $"Rows of {table} have another value in {column} than the old shape says. Nothing was changed."))
            {
                yield return line;
            }
        }
    }

    private static void Migration(ScriptText text, ScriptFile file, ScriptMigration migration)
    {
        var id = Literal(migration.Id);
        var wanted = $"{Go} AND NOT {file.History.Holds(id)}";
        var steps = migration.Commands.SelectMany(command => command.Statements.Select(statement => (Command: command, Sql: statement))).ToArray();
        text.Lines(
        [
            $"-- {migration.Id} ({migration.Phase})",
            "BEGIN NOT ATOMIC",
            $"    IF {wanted} THEN",
            $"        SELECT {Literal($"{migration.Id} {migration.Phase}")} AS ` `;",
            .. Refusal(
                $"EXISTS (SELECT 1 FROM {Marks} WHERE migration = {id} AND checksum <> '{migration.Checksum}')",
                $"{migration.Name} was edited after a part of it was done.").Select(Indented),
            .. Refusal(
                $"EXISTS (SELECT 1 FROM {Marks} WHERE migration = {id} AND begun IS NOT NULL)",
                $"{migration.Name} was stopped in a statement: look whether it took effect, and correct its row in {Marks}.").Select(Indented),
            "    END IF;",
            "END//",
        ]);
        // An earlier migration may have put it back.
        text.Line("SET SESSION lock_wait_timeout = 2//");
        foreach (var ((command, sql), index) in steps.Select((step, index) => (step, index)))
        {
            Step(text, migration, command, sql, index, wanted);
        }
    }

    private static void Step(ScriptText text, ScriptMigration migration, ScriptCommand command, string sql, int at, string wanted)
    {
        var id = Literal(migration.Id);
        var execute = $"        EXECUTE IMMEDIATE {Literal(sql)};";
        var due = $"{wanted} AND COALESCE((SELECT done FROM {Marks} WHERE migration = {id}), 0) < {Number(at + 1)}";
        if (Session().IsMatch(sql))
        {
            // Behind a block the server puts some settings back.
            text.Lines($"SET @safe_migrate_sql = IF({wanted}, {Literal(sql)}, 'DO 0')//", "EXECUTE IMMEDIATE @safe_migrate_sql//");
            return;
        }
        string[] body = command switch
        {
            _ when PomeloCalls.Alteration(sql) is { } alteration => [$"        SET @safe_migrate_sql = ({alteration});", "        EXECUTE IMMEDIATE COALESCE(@safe_migrate_sql, 'DO 0');", Mark(migration, at + 1)],
            { IsHistory: true } => ["        START TRANSACTION;", execute, $"        DELETE FROM {Marks} WHERE migration = {id};", "        COMMIT;"],
            _ when Rows().IsMatch(sql) => ["        START TRANSACTION;", execute, Mark(migration, at + 1), "        COMMIT;"],
            _ when Again().IsMatch(sql) || (command.Repeats && sql.AsSpan().TrimStart().StartsWith("CALL ", StringComparison.OrdinalIgnoreCase)) => [execute, Mark(migration, at + 1)],
            _ => [Mark(migration, at, begun: at), execute, Mark(migration, at + 1)],
        };
        text.Lines(
        [
            "BEGIN NOT ATOMIC",
            "    DECLARE EXIT HANDLER FOR SQLEXCEPTION",
            "    BEGIN",
            "        ROLLBACK;",
            $"        SET {Go} = 0;",
            $"        UPDATE {Marks} SET begun = NULL WHERE migration = {id};",
            "        RESIGNAL;",
            "    END;",
            $"    IF {due} THEN",
            .. body,
            "    END IF;",
            "END//",
        ]);
    }

    private static string Mark(ScriptMigration migration, int done, int? begun = null) =>
        $"        REPLACE INTO {Marks} VALUES ({Literal(migration.Id)}, '{migration.Checksum}', {Number(done)}, {(begun is { } at ? Number(at) : "NULL")});";

    // The server cuts a longer sentence off.
    private static IReadOnlyList<string> Refusal(string condition, string why) =>
    [
        $"    IF {condition} THEN",
        $"        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = {Literal(why.Length > 512 ? why[..512] : why)};",
        "    END IF;",
    ];

    private static string Indented(string line) => $"    {line}";

    /// <summary>The same whether or not backslashes escape, and nothing that the client changes on its way.</summary>
    private static string Literal(string text) => !text.AsSpan().ContainsAny('\\', '\r', '\0') ? Literals.Quoted(text)
        : $"CONCAT({string.Join(", ", Apart().Split(text).Where(part => part.Length > 0).Select(part => part is "\\" or "\r" or "\0" ? $"CHAR({Number(part[0])} USING utf8mb4)" : Literals.Quoted(part)))})";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([\\\r\0])")]
    private static partial Regex Apart();

    [GeneratedRegex(@"^SET\s+(?!STATEMENT\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Session();

    [GeneratedRegex(@"^\s*(INSERT|UPDATE|DELETE|REPLACE|WITH|SELECT|DO)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^\s*(ANALYZE|OPTIMIZE|CREATE\s+OR\s+REPLACE|(CREATE|DROP)\s[^;]*\sIF\s+(NOT\s+)?EXISTS)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Again();
}
