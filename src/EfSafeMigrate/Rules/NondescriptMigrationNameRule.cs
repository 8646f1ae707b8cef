using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using Humanizer;

namespace EfSafeMigrate.Rules;

internal sealed partial class NondescriptMigrationNameRule : Rule
{
    private static readonly HashSet<string> Empty =
    [
        "migration", "migrations", "update", "updates", "updated", "fix", "fixes", "fixed", "bugfix", "hotfix", "change", "changes", "changed",
        "test", "tests", "temp", "tmp", "wip", "misc", "stuff", "foo", "bar", "asdf",
    ];

    /// <summary>Words that say no more where they stand beside such a one.</summary>
    private static readonly HashSet<string> Filling =
        ["a", "add", "again", "another", "database", "db", "final", "last", "latest", "minor", "model", "models", "more", "my", "new", "schema", "small", "some", "the", "v"];

    public override Category Category => Category.Hygiene;
    public override string Title => "The name of a migration does not say what it does";
    public override string Condition => "A migration is called Update, Fix2, Migration1, TestChanges, a or the like: no word of its name speaks of anything in the schema.";
    public override string Effect => "Whoever meets the name in the history table, in a log or in a merge has to open the file to know what it was.";
    public override string Workaround => "Name it for what it changes: AddTierToOrders.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var migration = situation.Migration;
        if (situation.Position == 0 && !migration.IsScript && !migration.IsPendingModel && !migration.IsRemark && IsEmpty(migration.Name))
        {
            yield return Find(
                situation,
                Severity.Safe,
                $"The name {migration.Name} does not say what the migration does: it has to be opened wherever the name is met.",
                "the name of the migration",
                Cure.Text($"Where no database has run it: dotnet ef migrations remove, then add it again as {Suggestion(situation.Change) ?? "what it does"}"));
        }
    }

    private static bool IsEmpty(string name)
    {
        var words = Words().Matches(name).Select(match => match.Value.ToLowerInvariant()).ToArray();
        return Short().IsMatch(name)
            || (Array.Exists(words, Empty.Contains) && Array.TrueForAll(words, word => Empty.Contains(word) || Filling.Contains(word)));
    }

    private static string? Suggestion(Change change) => change switch
    {
        CreateTable create => $"Add{create.Table.Name.Pascalize()}",
        DropTable drop => $"Drop{drop.Table.Name.Pascalize()}",
        AddColumn add => $"Add{add.Column.Name.Pascalize()}To{add.Table.Name.Pascalize()}",
        DropColumn drop => $"Drop{drop.Name.Pascalize()}From{drop.Table.Name.Pascalize()}",
        CreateIndex create => $"Index{create.Table.Name.Pascalize()}By{string.Join("And", create.Index.Columns.Select(column => column.Pascalize()))}",
        _ => null,
    };

    // Digits belong to no word: Fix2 is Fix.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+")]
    private static partial Regex Words();

    /// <summary>In scripts with an alphabet, one or two letters are no word.</summary>
    [GeneratedRegex(@"^(?:[A-Za-z]{1,2}_?\d*|\d+)$")]
    private static partial Regex Short();
}
