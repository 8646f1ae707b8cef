using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>Whether a release asks a sequence for numbers by its name.</summary>
internal static class Sequences
{
    public static bool IsNew(Situation situation, string name) =>
        situation.EarlierInSet.Any(earlier => earlier is CreateSequence created && created.Name == name || earlier is RenameSequence renamed && renamed.NewName == name);

    /// <summary>The column that owns it asks for the number itself; the lock on the owner's table tells.</summary>
    public static bool IsOwned(Situation situation) =>
        situation.Impact.Locks.Any(taken => situation.Before.Find(taken.Table) is not null);

    /// <summary>Only a function asks it, and that goes in the same migration.</summary>
    public static bool IsOfDroppedFunction(Situation situation, string name) =>
        situation.Migration.Changes.OfType<OtherStatement>().Where(other => other is { Verb: "DROP FUNCTION", Text: not null })
            .Any(drop => situation.Migration.Source.Functions.Any(function => drop.Text.Mentions(function.Name.Split('.')[^1]) && function.Sql?.Contains(name, StringComparison.Ordinal) == true));
}
