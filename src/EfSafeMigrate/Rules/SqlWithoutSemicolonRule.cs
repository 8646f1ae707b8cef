using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class SqlWithoutSemicolonRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A statement that no semicolon ends";
    public override string Condition => "The SQL of a migration ends without a semicolon, or two statements of a text stand one behind the other with none between them.";
    public override string Effect => "EF sends each command by itself, so the migration runs; dotnet ef migrations script writes the next statement right behind it, and the server refuses the script.";
    public override string Workaround => "End the SQL with a semicolon.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var (change, migration) = (situation.Change, situation.Migration);
        if (change is OpaqueSql { Joined: true, Why: var why })
        {
            yield return Find(
                situation,
                Severity.Dangerous,
                $"The server refuses the statement: {why.Replace("`", "", StringComparison.Ordinal)}.",
                "the text itself",
                Cure.Text("Put a semicolon between the two statements; in a script of EF's, behind the SQL of the migration it comes from"));
        }
        // Of the changes of one statement, the last one tells.
        else if (change.Unterminated && !migration.IsScript && change.IsWrittenSql && !IsFollowed(situation))
        {
            yield return Find(
                situation,
                Severity.Careful,
                $"The SQL in {migration.Spoken} ends without a semicolon: the migration runs, and dotnet ef migrations script makes a script of it that the server refuses.",
                "EF writes the next statement right behind it · EF Core 8–10",
                Cure.Text("End the SQL with a semicolon"));
        }
    }

    private static bool IsFollowed(Situation situation) =>
        situation.Migration.Changes.ElementAtOrDefault(situation.Position + 1) is { Unterminated: true } next && next.Origin == situation.Change.Origin;
}
