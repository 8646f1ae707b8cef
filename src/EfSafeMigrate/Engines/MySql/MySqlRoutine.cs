namespace EfSafeMigrate.Engines.MySql;

/// <summary>Statements that have to decide or repeat something: there is no block outside a routine that both servers have, so one is made, called and dropped.</summary>
internal static class MySqlRoutine
{
    /// <summary>Longest message of a signal, in characters.</summary>
    private const int Longest = 128;

    /// <param name="body">Statements, indented by one step.</param>
    public static string Run(string name, string body) => Strictly(
        $"""
        DROP PROCEDURE IF EXISTS `{name}`;
        CREATE PROCEDURE `{name}`()
        BEGIN
        {body}
        END;
        """,
        $"""
        CALL `{name}`();
        DROP PROCEDURE `{name}`;
        """);

    /// <summary>A routine keeps the mode it is made in. Without a strict one a value that does not fit is cut off without a word.</summary>
    /// <param name="behind">What follows once the mode is as it was.</param>
    public static string Strictly(string made, string behind = "") =>
        $"""
        SET @safe_migrate_mode = @@SESSION.sql_mode;
        SET SESSION sql_mode = CONCAT_WS(',', NULLIF(@@SESSION.sql_mode, ''), 'STRICT_ALL_TABLES');
        {made}
        SET SESSION sql_mode = @safe_migrate_mode;
        {behind}
        """.TrimEnd();

    /// <summary>Fails while the query finds a row. It stands in a statement of its own: inside the condition of an IF it would lock the rows it reads.</summary>
    public static string Look(string name, string query, string message) => Run(name, $"""
            DECLARE found boolean DEFAULT false;
            SELECT EXISTS ({query}) INTO found;
            IF found THEN
                SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = {Message(message)};
            END IF;
        """);

    /// <summary>A statement where it still has something to do.</summary>
    public static string When(string condition, string statement) => Run("safe_migrate_step", $"""
            IF {condition} THEN
                {statement}
            END IF;
        """);

    public static string Message(string text) => Text(text.Length <= Longest ? text : $"{text[..(Longest - 1)]}…");

    public static string Text(string text) => Literals.Quoted(text.Replace("\\", "\\\\", StringComparison.Ordinal));
}
