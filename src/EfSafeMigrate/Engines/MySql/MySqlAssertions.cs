using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>The provider's statement, with the algorithm it has to be carried out by, and with the words that let it be met again.</summary>
internal sealed partial class MySqlAssertions(MySqlPhaseTraits traits)
{
    /// <summary>Null where it takes a copy anyway, or is no single statement of that kind.</summary>
    public string? Of(Change change, ServerState state, IReadOnlyList<string> statements)
    {
        // Behind an UPDATE of its own the provider's alteration is the last; the rows are filled already.
        if (statements is not [.., var last] || !Whole().IsMatch(last) || last.TrimEnd().TrimEnd(';').Contains(";\n", StringComparison.Ordinal))
        {
            return null;
        }
        if (change is CreateTable or DropTable)
        {
            return change is CreateTable
                ? last.Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal)
                : last.Replace("DROP TABLE ", "DROP TABLE IF EXISTS ", StringComparison.Ordinal);
        }
        return change.Target is { } table && state.Model.Find(table) is not null && traits.WayOf(change, state) is { Algorithm: not Algorithm.Copy } way
            ? Of(change, way, last)
            : null;
    }

    public string? Of(Change change, Way way, string statement)
    {
        var text = statement.TrimEnd(' ', ';', '\n', '\r');
        var guarded = traits.Guards ? Guarded(change, text) : text;
        var asked = change is CreateIndex ? $"{guarded} {string.Join(' ', traits.Asked(way))};" : $"{guarded}, {string.Join(", ", traits.Asked(way))};";
        return traits.Guards || MySqlObject.Of(change) is not { } made ? asked : MySqlRoutine.When(made.Condition(change.Target!), asked);
    }

    /// <summary>The words stand behind the first that names the action.</summary>
    private static string Guarded(Change change, string sql) => change switch
    {
        AddColumn => Adding().Replace(sql, "$1 ADD COLUMN IF NOT EXISTS ", 1),
        DropColumn => Behind(sql, " DROP COLUMN ", "IF EXISTS "),
        RenameColumn => Behind(sql, " RENAME COLUMN ", "IF EXISTS "),
        CreateIndex => Behind(sql, " INDEX ", "IF NOT EXISTS "),
        DropIndex => Behind(sql, " DROP INDEX ", "IF EXISTS "),
        RenameIndex => Behind(sql, " RENAME INDEX ", "IF EXISTS "),
        DropForeignKey => Behind(sql, " DROP FOREIGN KEY ", "IF EXISTS "),
        AddUniqueConstraint => Unique().Replace(sql, "$1 UNIQUE INDEX IF NOT EXISTS $2", 1),
        DropUniqueConstraint => Behind(sql, " DROP KEY ", "IF EXISTS "),
        DropCheckConstraint => Behind(sql, " DROP CONSTRAINT ", "IF EXISTS "),
        _ => sql,
    };

    private static string Behind(string sql, string words, string guard) =>
        sql.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at ? sql.Insert(at + words.Length, guard) : sql;

    [GeneratedRegex(@"^(?:ALTER TABLE|CREATE (?:UNIQUE |FULLTEXT |SPATIAL )?INDEX|CREATE TABLE|DROP TABLE) ")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(ALTER TABLE (?:`(?:[^`]|``)+`\.)?`(?:[^`]|``)+`) ADD (?:COLUMN )?(?=`)")]
    private static partial Regex Adding();

    [GeneratedRegex(@"^(ALTER TABLE .*? ADD) CONSTRAINT (`(?:[^`]|``)+`) UNIQUE")]
    private static partial Regex Unique();
}
