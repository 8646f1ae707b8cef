using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// A renamed table under its old name: a view that takes writes, with the rights of whoever makes it, so that what was given on the name holds. It is
/// made over an empty table that bears the new name for an instant; then one statement gives the table its new name and the view the old. That
/// asks for its locks without waiting, as often as it takes: who waits for them makes transactions that have read and now write fail, and on the way back
/// statements that have seen the view and not yet the table.
/// </summary>
internal sealed class MySqlKeptNames
{
    /// <summary>The comment by which the empty table is known.</summary>
    private const string Mark = "safe_migrate";

    private const int Seconds = 10;

    private readonly Func<string, string> _quote = MySqlQuestions.Quote;

    public static KeptNameForms Forms()
    {
        var names = new MySqlKeptNames();
        return new()
        {
            View = (table, fresh, _, _) => new([names.View(table.Name, table, fresh)], [$"DROP VIEW IF EXISTS {table.Name.Quoted()};"]),
            AtOnce = names.AtOnce,
            Counts = false,
            Refusal = table => table.Columns.All(column => column.Identity || column.Default is not null || column.ComputedSql is not null)
                ? $"a view takes no INSERT without a column, which is what EF sends where the database gives every column of {table.Name} its value" : null,
            Note = (old, fresh) =>
                $"TRUNCATE, LOCK TABLES of {fresh} alone and an INSERT that names no column do not take it, nobody counts who uses it (look at the server's statements before the contract), and rights given on {old} by name have to be given on {fresh} before the new release.",
        };
    }

    private TriggerObjects AtOnce(Table table, TableName fresh, ObjectNames names)
    {
        var (old, next) = (table.Name, new TableName(table.Name.Schema, names.Function));
        var taken = MySqlRoutine.Message($"the name {fresh} is taken: {old} cannot be renamed");
        var empty = string.Join(", ", table.Columns.Select(column => $"{_quote(column.Name)} int"));
        return new(
            [
                MySqlRoutine.Run("safe_migrate_rename", $"""
                        DECLARE renamed boolean DEFAULT false;
                        DECLARE latest datetime DEFAULT SYSDATE() + INTERVAL {Seconds} SECOND;
                        IF {Exists(old, "BASE TABLE")} THEN
                            IF EXISTS (SELECT 1 FROM information_schema.tables WHERE {Is(fresh)} AND table_comment <> '{Mark}') THEN
                                SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = {taken};
                            END IF;
                            CREATE TABLE IF NOT EXISTS {fresh.Quoted()} ({empty}) COMMENT = '{Mark}';
                            {View(next, table, fresh)}
                            DROP TABLE {fresh.Quoted()};
                    {Renamed($"{old.Quoted()} TO {fresh.Quoted()}, {next.Quoted()} TO {old.Quoted()}", old)}
                        END IF;
                    """),
            ],
            [
                MySqlRoutine.Run("safe_migrate_rename", $"""
                        DECLARE renamed boolean DEFAULT false;
                        DECLARE latest datetime DEFAULT SYSDATE() + INTERVAL {Seconds} SECOND;
                        IF {Exists(old, "VIEW")} THEN
                            DROP VIEW IF EXISTS {next.Quoted()};
                    {Renamed($"{old.Quoted()} TO {next.Quoted()}, {fresh.Quoted()} TO {old.Quoted()}", fresh)}
                        END IF;
                        DROP VIEW IF EXISTS {next.Quoted()};
                    """),
            ]);
    }

    private static string Renamed(string renames, TableName busy) => $"""
                SET @safe_migrate_wait = @@SESSION.lock_wait_timeout, @safe_migrate_row_wait = @@SESSION.innodb_lock_wait_timeout;
                SET SESSION lock_wait_timeout = 0, innodb_lock_wait_timeout = 0;
                WHILE NOT renamed DO
                    BEGIN
                        DECLARE CONTINUE HANDLER FOR 1205, 1213 SET renamed = false;
                        SET renamed = true;
                        RENAME TABLE {renames};
                    END;
                    IF NOT renamed THEN
                        IF SYSDATE() > latest THEN
                            SET SESSION lock_wait_timeout = @safe_migrate_wait, innodb_lock_wait_timeout = @safe_migrate_row_wait;
                            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = {MySqlRoutine.Message($"{busy} was in use all the time; nothing was renamed: run it again when less is going on")};
                        END IF;
                        DO SLEEP(0.002 + RAND() * 0.02);
                    END IF;
                END WHILE;
                SET SESSION lock_wait_timeout = @safe_migrate_wait, innodb_lock_wait_timeout = @safe_migrate_row_wait;
        """;

    private string View(TableName name, Table table, TableName fresh) =>
        $"CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW {name.Quoted()} AS SELECT {string.Join(", ", table.Columns.Select(column => _quote(column.Name)))} FROM {fresh.Quoted()};";

    private static string Exists(TableName table, string type) =>
        $"EXISTS (SELECT 1 FROM information_schema.tables WHERE {Is(table)} AND table_type = '{type}')";

    private static string Is(TableName table) =>
        $"table_schema = {(table.Schema is { } name ? MySqlRoutine.Text(name) : "DATABASE()")} AND table_name = {MySqlRoutine.Text(table.Name)}";
}
