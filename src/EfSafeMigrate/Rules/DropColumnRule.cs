using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropColumnRule : Rule
{
    public override Category Category => Category.Destructive;
    public override string Title => "A column is dropped with its values";
    public override string Condition => "A column that an earlier migration created is dropped.";
    public override string Effect =>
        "The values are gone; only a backup brings them back. EF names every mapped column in SELECT and INSERT, so each query of the running release on the table fails from that moment.";
    public override string Workaround =>
        "Stop mapping the column, leave its drop out of the migration, and deploy that release everywhere. Then rename the column to NAME_dropped, and drop that in a later migration, when nobody has missed it and its values are saved. A required column gets a default first, so that inserts without it pass.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropColumn drop || Recomputed.Successor(situation) is not null || situation.IsNew(drop.Table, drop.Name))
        {
            yield break;
        }
        if (Retired.Column(situation, drop.Table, drop.Name))
        {
            if (!Retired.IsSetAside(drop.Name))
            {
                yield return Unmapped(situation, drop);
            }
            yield break;
        }
        var column = situation.Before.Find(drop.Table)?.Column(drop.Name);
        var loss = column is { ComputedSql: not null }
            ? $"{drop.Table}.{drop.Name} is dropped; its values are computed and can be computed again, but every query of the running release that names {drop.Name} fails."
            : $"{drop.Table}.{drop.Name} is dropped with its values in {Say.OfRows(situation.Table)}, and every query of the running release that names {drop.Name} fails.";
        var first = column is { Nullable: false, Default: null, Identity: false, ComputedSql: null } ? $"give {drop.Name} a default or make it nullable, " : "";
        yield return Find(
            situation,
            Severity.Dangerous,
            loss,
            "EF names every mapped column in SELECT and INSERT · a dropped column comes back from a backup only",
            Cure.Text($"First {first}stop mapping {drop.Name} and deploy, with the drop left out of the migration; once no release reads it, {Retired.Advice(drop.Name)}"));
    }

    private Finding Unmapped(Situation situation, DropColumn drop) => Find(
        situation,
        Severity.Careful,
        $"{drop.Table}.{drop.Name} is dropped with its values in {Say.OfRows(situation.Table)}; the running release does not map it.",
        "the model before the migration has no such column · a dropped column comes back from a backup only",
        Cure.Text($"Instead, {Retired.Advice(drop.Name)}"));
}
