using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>What an alteration does to a column's default.</summary>
internal static class Defaults
{
    /// <summary>The column has no default any more, and nothing of the same migration gives it a value instead.</summary>
    public static bool IsDropped(Situation situation, AlterColumn alter) =>
        alter.New.Default is null && (alter.Old is null ? alter.Clause == "DROP DEFAULT" : alter.Old.Default is not null)
        && !situation.Migration.Changes.Skip(situation.Position + 1).Any(later => Replaces(later, alter));

    /// <summary>True when both say the same value, however it is cast or put in parentheses.</summary>
    public static bool AreSame(Default one, Default other) => string.Equals(Value(one), Value(other), StringComparison.OrdinalIgnoreCase);

    private static bool Replaces(Change later, AlterColumn alter) => later switch
    {
        AlterColumn again => again.Table.Matches(alter.Table) && again.New.Name == alter.New.Name && again.New is { Default: not null } or { Identity: true } or { Nullable: true },
        DropColumn drop => drop.Table.Matches(alter.Table) && drop.Name == alter.New.Name,
        DropTable drop => drop.Table.Matches(alter.Table),
        _ => false,
    };

    private static string Value(Default given) => given.Sql.Split("::", 2)[0].Trim('(', ')', ' ', '\'');
}
