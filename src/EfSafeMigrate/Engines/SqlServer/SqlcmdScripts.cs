using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>
/// Files for sqlcmd, made after its documentation: nobody has run one yet. Each command is a text that is executed, because a batch is
/// compiled as a whole, and a name that an earlier command makes is not there yet.
/// </summary>
internal static partial class SqlcmdScripts
{
    private const string Marks = "[dbo].[__safe_migrate_script]";

    public static readonly ScriptForms Value = new()
    {
        Client = "sqlcmd",
        // -x: no text of a migration is taken for a variable; -I: quoted identifiers, as EF's connections have them.
        Call = file => $"sqlcmd -S \"$SERVER\" -d \"$DATABASE\" -b -x -I -i {file}",
        Text = Text,
        OfSession = sql => Session().IsMatch(sql),
        Repeatable = _ => false,
        Untried = true,
    };

    private static string Text(ScriptFile file)
    {
        if (file.Evidence is not null)
        {
            throw new SafeMigrateException($"{file.Migrations[0].Id} is a contract, and a script for SQL Server cannot tell yet whether it is time for it.", "--until constrain   leaves it out");
        }
        var text = new ScriptText();
        text.Comment(file.Head);
        text.Lines("", ":on error exit", "SET XACT_ABORT ON;", "SET NOCOUNT ON;", "SET LOCK_TIMEOUT 2000;", "GO");
        Guards(text, file);
        foreach (var migration in file.Migrations)
        {
            text.Line();
            text.Line($"-- {migration.Id} ({migration.Phase})");
            Migration(text, file, migration);
        }
        text.Lines("", "EXEC sp_releaseapplock @Resource = N'safe-migrate', @LockOwner = N'Session';", "GO");
        return text.ToString();
    }

    private static void Guards(ScriptText text, ScriptFile file)
    {
        var (table, id) = (file.History.Table, file.History.Id);
        text.Lines(
            "IF @@TRANCOUNT > 0 THROW 50000, N'This file commits by itself, and is run inside a transaction. Nothing was changed.', 1;",
            "DECLARE @taken int;",
            "EXEC @taken = sp_getapplock @Resource = N'safe-migrate', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;",
            "IF @taken < 0 THROW 50000, N'Another run is at work on this database. Nothing was changed.', 1;",
            "GO");
        if (file.Before.Count > 0)
        {
            text.Lines(
                $"IF OBJECT_ID({Literal(table)}) IS NULL THROW 50000, N'No migration was ever applied to this database. Nothing was changed.', 1;",
                $"IF (SELECT count(*) FROM {table} WHERE {id} IN ({Ids(file.Before)})) < {Number(file.Before.Count)} THROW 50000, N'The history lacks migrations: another database, or an earlier file was not run. Nothing was changed.', 1;");
        }
        else
        {
            text.Lines(
                file.History.Create.Trim(), "GO",
                $"IF EXISTS (SELECT 1 FROM {table}) AND NOT EXISTS (SELECT 1 FROM {table} WHERE {id} IN ({Ids(file.Known)})) THROW 50000, N'The history holds migrations, and none of this project. Nothing was changed.', 1;");
        }
        text.Lines("GO");
        if (file.Migrations.Any(migration => migration.InParts))
        {
            text.Lines(
                $"IF OBJECT_ID({Literal(Marks)}) IS NULL CREATE TABLE {Marks} (migration nvarchar(150) PRIMARY KEY, checksum char(64) NOT NULL, done int NOT NULL, begun int NULL);", "GO");
        }
    }

    private static void Migration(ScriptText text, ScriptFile file, ScriptMigration migration)
    {
        var id = Literal(migration.Id);
        var wanted = $"NOT {file.History.Holds(id)}";
        if (migration.InParts)
        {
            text.Lines(
                $"IF {wanted} AND EXISTS (SELECT 1 FROM {Marks} WHERE migration = {id} AND checksum <> '{migration.Checksum}') THROW 50000, {Literal($"{migration.Id} was edited after a part of it had been committed.")}, 1;",
                $"IF {wanted} AND EXISTS (SELECT 1 FROM {Marks} WHERE migration = {id} AND begun IS NOT NULL) THROW 50000, {Literal($"{migration.Id} was stopped in a statement outside a transaction: look whether it took effect, and correct its row in {Marks}.")}, 1;",
                "GO");
        }
        foreach (var (from, commands) in migration.Parts)
        {
            Part(text, migration, from, commands, !migration.InParts ? wanted
                : $"{wanted} AND COALESCE((SELECT done FROM {Marks} WHERE migration = {id}), 0) < {Number(from + commands.Count)}");
        }
    }

    private static void Part(ScriptText text, ScriptMigration migration, int from, IReadOnlyList<ScriptCommand> commands, string wanted)
    {
        var end = from + commands.Count;
        text.Lines($"IF {wanted}", "BEGIN", $"    PRINT {Literal($"{migration.Id} {migration.Phase}")};");
        if (commands[0].Suppressed)
        {
            text.Lines(Mark(migration, from, begun: from), Execute(commands[0]), Mark(migration, end));
        }
        else
        {
            text.Line("    BEGIN TRANSACTION;");
            text.Lines(commands.Select(Execute));
            text.Lines(!migration.InParts ? [] : [commands[^1].IsHistory ? $"    DELETE FROM {Marks} WHERE migration = {Literal(migration.Id)};" : Mark(migration, end)]);
            text.Line("    COMMIT;");
        }
        text.Lines("END", "GO");
    }

    private static string Execute(ScriptCommand command) => $"    EXEC({Literal(command.Sql)});";

    private static string Mark(ScriptMigration migration, int done, int? begun = null) =>
        $"    DELETE FROM {Marks} WHERE migration = {Literal(migration.Id)}; INSERT INTO {Marks} VALUES ({Literal(migration.Id)}, '{migration.Checksum}', {Number(done)}, {(begun is { } at ? Number(at) : "NULL")});";

    private static string Ids(IReadOnlyList<string> ids) => string.Join(", ", ids.Select(Literal));

    /// <summary>The client carries out a line that begins with a word of its own, within a text as well: GO ends a batch, and EXIT all of them.</summary>
    private static string Literal(string text) => $"N{Literals.Quoted(LineOfItsOwn().Replace(text, "\n\0"))}".Replace("\n\0", "\n' + N'", StringComparison.Ordinal);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\n(?=[ \t]*(GO\b|EXIT\b|QUIT\b|RESET\b|ED\b|!!|:))", RegexOptions.IgnoreCase)]
    private static partial Regex LineOfItsOwn();

    [GeneratedRegex(@"^SET\s", RegexOptions.IgnoreCase)]
    private static partial Regex Session();
}
