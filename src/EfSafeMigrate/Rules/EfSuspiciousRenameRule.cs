using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class EfSuspiciousRenameRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "EF took two different columns for a rename";
    public override string Condition =>
        "A column is renamed and the two names share no word, or another column that appears or disappears in the same migration resembles it more.";
    public override string Effect =>
        "EF pairs a dropped column with an added one by shape alone: type, nullability, length. When they are different things, the old values stand under the new name, without a warning and without an error. Two renames at once can swap.";
    public override string Workaround =>
        "Say which columns hold the same data: keep RenameColumn for those, and replace the others by a dropped and an added column.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not RenameColumn rename || situation.IsNew(rename.Table, rename.Name)
            || RenameDoubt.Of(rename, situation.Migration) is not { } doubt || doubt.Taken[0] != rename)
        {
            yield break;
        }
        var rows = situation.Table.Rows.Known ? $"in {Say.OfRows(situation.Table)}" : "in every row";
        var message = doubt.Likelier.Count == 0
            ? $"EF takes {rename.NewName} for the new name of {rename.Table}.{rename.Name}; the names share no word. If they are two things, the values of {rename.Name} stand under {rename.NewName} {rows}, without an error."
            : $"{Author(rename)} pairs {Pairs(doubt.Taken)} on {rename.Table}. By name it is more likely {Say.List([.. doubt.Likelier.Select(pair => pair.ToString())])}. Applied as it is, values stand under the wrong name {rows}, without an error.";
        yield return Find(
            situation,
            Severity.Dangerous,
            message,
            "EF pairs columns by type and nullability, whatever their names · EF Core 8–10",
            Cure.Text(Advice(doubt, situation)));
    }

    private static string Author(RenameColumn rename) => rename.IsWrittenSql ? "The migration" : "EF";

    private static string Pairs(IReadOnlyList<RenameColumn> taken) =>
        Say.List([.. taken.Select(rename => new RenamePair(rename.Name, rename.NewName).ToString())]);

    private static string Advice(RenameDoubt doubt, Situation situation)
    {
        var rename = doubt.Taken[0];
        return doubt.Likelier.Count == 0
            ? $"Say which it is: {Rewriting.Command(situation.Migration, Rewriting.Rename(rename.Table, new(rename.Name, rename.NewName)))} when {rename.NewName} holds the same data, {Rewriting.Apart(rename)} instead of --rename when not"
            : rename.IsWrittenSql
                ? $"Rename {Say.List([.. doubt.Likelier.Select(pair => $"{pair.Old} to {pair.New}")])} instead"
                : $"Say the pairs: {Rewriting.Command(situation.Migration, doubt.Likelier.Select(pair => Rewriting.Rename(rename.Table, pair)))}";
    }
}
