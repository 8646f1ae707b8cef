using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>A computed column that is dropped and added again under its name, with another expression.</summary>
internal static class Recomputed
{
    /// <summary>The column that takes the place of the one dropped here; null when none does.</summary>
    public static AddColumn? Successor(Situation situation) =>
        situation.Change is DropColumn drop && situation.Before.Find(drop.Table)?.Column(drop.Name) is { ComputedSql: not null }
            ? situation.Migration.Changes.Skip(situation.Position + 1).OfType<AddColumn>()
                .FirstOrDefault(add => add.Table.Matches(drop.Table) && add.Column is { ComputedSql: not null } column && column.Name == drop.Name)
            : null;

    public static bool IsAdded(Situation situation) =>
        situation.Change is AddColumn add && situation.Earlier.Any(earlier => Successor(earlier) is { } successor && successor.Table.Matches(add.Table) && successor.Column.Name == add.Column.Name);

    /// <summary>The operation behind the provider's own drop and add: what it says has happened already.</summary>
    public static bool IsCarriedOut(Situation situation) =>
        situation.Change is AlterColumn alter && situation.Earlier.Any(earlier =>
            earlier.Change is AddColumn { Origin: { Emitted: true } origin } && origin.Operation == alter.Origin.Operation);
}
