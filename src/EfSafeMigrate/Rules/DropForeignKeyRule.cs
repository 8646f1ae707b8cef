using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropForeignKeyRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A foreign key is dropped";
    public override string Condition => "A foreign key that an earlier migration created is dropped, and none takes its place.";
    public override string Effect => "Orphans come in, and then the key cannot be added again; rows that it deleted with their parent stay. The drop locks both tables for an instant.";
    public override string Workaround => "Keep it while something relies on it; to replace it, add the new key before the old one goes.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not Changes.DropForeignKey drop || Relaxed.IsNew(situation, drop.Table, drop.Name))
        {
            yield break;
        }
        var key = situation.Before.Find(drop.Table)?.ForeignKeys.FirstOrDefault(each => each.Name == drop.Name);
        if (Relaxed.IsMoot(situation, drop.Table, key?.Columns ?? []) || Relaxed.Later<AddForeignKey>(situation, drop.Table).Any(add => key is null ? add.ForeignKey.Name == drop.Name : IsSame(situation, add.ForeignKey, key))
            || (key is not null && IsGone(situation, key)))
        {
            yield break;
        }
        var (reference, principal) = key is null ? ("its rows", "the other table") : (Say.Columns(drop.Table, key.Columns), key.Principal.ToString());
        yield return Find(
            situation,
            Severity.Careful,
            $"{drop.Name} is dropped: {reference} can point at rows of {principal} that do not exist, and one such row keeps the key from coming back.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Leave {drop.Name} in place while something relies on it; to replace it, add the new key in a migration before"));
    }

    /// <summary>A key under another name, or over renamed columns, to the same table.</summary>
    private static bool IsSame(Situation situation, ForeignKey added, ForeignKey old) =>
        added.Columns.SequenceEqual(old.Columns) || added.Principal.Matches(old.Principal)
        || situation.Migration.Changes.OfType<RenameTable>().Any(rename => rename.Table.Matches(old.Principal) && rename.NewName.Matches(added.Principal));

    private static bool IsGone(Situation situation, ForeignKey key) =>
        situation.Migration.Changes.Skip(situation.Position + 1).Any(later => later is DropTable drop && drop.Table.Matches(key.Principal)
            || later is DropColumn column && column.Table.Matches(key.Principal) && key.PrincipalColumns.Contains(column.Name));
}
