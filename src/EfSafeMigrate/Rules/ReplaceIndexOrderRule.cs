using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class ReplaceIndexOrderRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "An index goes before the one that takes its place is there";
    public override string Condition => "An index is dropped, and a later change of the set builds one that begins with the same columns.";
    public override string Effect =>
        "Until the new index stands, queries that used the old one read the whole table. In one transaction they wait instead: the drop shuts the table, and the build keeps it shut.";
    public override string Workaround => "Build the new index first, in the online form, then drop the old one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropIndex drop || situation.Facts.NoTraffic || Sizes.IsSmall(situation.Table) || Replacement.Of(situation) is not { } create)
        {
            yield break;
        }
        var together = Replacement.IsTogether(situation, create);
        if (together && situation.Impact.Blocks != Blocks.ReadsAndWrites)
        {
            yield break;
        }
        var what = drop.Name == create.Index.Name
            ? $"{drop.Name} on {Say.Sized(create.Table, situation.Table)} is dropped and built anew"
            : $"{drop.Name} on {Say.Sized(create.Table, situation.Table)} is dropped before {create.Index.Name} takes its place";
        yield return Find(
            situation,
            Severity.Careful,
            together
                ? $"{what}, in one transaction: reads and writes of {create.Table} wait from the drop until the build ends."
                : $"{what}: until the build ends its queries read every row.",
            Evidence.Join(together ? $"{situation.Impact.Locks[0].Mode} lock until the migration commits" : null, Evidence.Of(situation.Impact.Basis)),
            Cured(situation, drop, create));
    }

    private static Cure Cured(Situation situation, DropIndex drop, CreateIndex create)
    {
        var online = situation.Engine.Online;
        return drop.Name == create.Index.Name
                ? Cure.Text($"Build the new index under another name first, drop {drop.Name} in a later migration, and give the new one its name")
            : online.Index?.Invoke(create, situation.State) is { Migrations: [_, ..] build } && online.DropIndex?.Invoke(drop, situation.State) is { Migrations: [_, ..] gone }
                ? new($"Build {create.Index.Name} first, then drop {drop.Name}, each in a migration of its own", [.. build, .. gone])
            : Cure.Text($"Build {create.Index.Name} in an earlier migration, and drop {drop.Name} behind it");
    }
}
