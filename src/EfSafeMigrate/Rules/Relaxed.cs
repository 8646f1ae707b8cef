using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>A constraint that goes: whether something else of the change set still holds its rule, or nothing is left to hold it for.</summary>
internal static class Relaxed
{
    /// <summary>The table or a column of the constraint goes too, or the running release maps neither.</summary>
    public static bool IsMoot(Situation situation, TableName table, IReadOnlyList<string> columns) =>
        Retired.Table(situation, table) || columns.Any(column => situation.IsNew(table, column))
        || situation.Migration.Changes.Skip(situation.Position + 1).Any(later => later switch
        {
            DropTable drop => drop.Table.Matches(table),
            DropColumn drop => drop.Table.Matches(table) && columns.Contains(drop.Name),
            _ => false,
        });

    /// <summary>The set added it itself.</summary>
    public static bool IsNew(Situation situation, TableName table, string name) => situation.EarlierInSet.Any(earlier => earlier.Target is { } target && target.Matches(table) && earlier switch
    {
        AddCheckConstraint add => add.Check.Name == name,
        AddUniqueConstraint add => add.Key.Name == name,
        AddForeignKey add => add.ForeignKey.Name == name,
        AddNotNullConstraint add => add.Name == name,
        _ => false,
    });

    public static IEnumerable<T> Later<T>(Situation situation, TableName table) where T : TableChange =>
        situation.Migration.Changes.Skip(situation.Position + 1).OfType<T>().Where(later => later.Table.Matches(table)
            || situation.Migration.Changes.OfType<RenameTable>().Any(rename => rename.Table.Matches(table) && rename.NewName.Matches(later.Table)));
}
