using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class SqliteTableRebuildRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "The table is copied because the engine cannot alter it";
    public override string Condition => "EF does a change by creating a new table, copying the rows, dropping the old one and renaming, or a script does so by hand.";
    public override string Effect =>
        "Every row is copied while all writers of the file wait, and one row that breaks a foreign key fails the copy. It commits in several steps: stopped halfway, an ef_temp table stays behind. Triggers of the table are lost.";
    public override string Workaround => "Prefer changes that only add. Otherwise stop the writers, save the file, apply, check the foreign keys, and create the triggers again.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change.Target is not { } table || !Copies(situation, table) || situation.Earlier.Any(earlier => Copies(earlier, table)))
        {
            yield break;
        }
        var again = situation.Set.Migrations.SkipWhile(migration => migration != situation.Migration).SelectMany(migration => migration.Changes).OfType<CreateTrigger>().Select(create => create.Name).ToHashSet();
        var triggers = (situation.Before.Find(table)?.Triggers ?? []).Where(trigger => !again.Contains(trigger)).ToArray();
        var lost = triggers.Length == 0 ? "" : $"; the copy has no {Say.List(triggers)}";
        var how = situation.IsRebuild ? ", in several transactions" : "";
        var key = (situation.Change as AddForeignKey)?.ForeignKey;
        var answer = key is null ? null : situation.Probe(ProbeKind.Orphans, key.Columns);
        if (situation.Facts.NoTraffic && triggers.Length == 0 && (key is null || Probed.Holds(answer)))
        {
            yield break;
        }
        var orphans = key is null ? "" : $"; {Probed.Of(situation, answer, "orphans", $"one row without its {key.Principal} row makes it fail")}";
        yield return Find(
            situation,
            triggers.Length > 0 || answer is { Found: > 0 } ? Severity.Dangerous : Severity.Careful,
            $"{Say.Sized(table, situation.Table)} is copied into a new table while every writer of the database waits {Say.For(situation.Estimate, "the copy")}{how}{lost}{orphans}.",
            Evidence.Join(situation.IsRebuild ? "stopped halfway it leaves an ef_temp table" : null, Evidence.Of(situation.Impact.Basis)),
            Cure.Text($"Apply it when nobody uses the database, and review it with {FactSheet.NoTrafficFlag}: save the file first, {(key is null ? "" : "remove the orphans, ")}run PRAGMA foreign_key_check afterwards{(triggers.Length == 0 ? "" : $", and create {Say.List(triggers)} again in a migration right behind it")}"));
    }

    private static bool Copies(Situation situation, TableName table) =>
        situation.Change.Target is { } target && target.Matches(table) && !situation.IsOnNewTable
        && (situation.IsRebuild || (situation is { Engine.RebuildsTables: true, Change: DropTable drop } && TableCopy.Replaces(situation, drop.Table)));
}
