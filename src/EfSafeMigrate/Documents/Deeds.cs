using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Documents;

/// <summary>What a migration does and what others notice of it, in clauses.</summary>
internal static class Deeds
{
    private const int Listed = 10;

    public static IReadOnlyList<string> Of(ReviewedMigration migration)
    {
        var filled = migration.Migration.Backfills;
        var changes = migration.Situations.Select(situation => situation.Change).Where(change => change is not (TransactionControl or SetSetting) && !filled.ContainsKey(change.Origin.Operation)).ToArray();
        string[] all =
        [
            .. changes.Where((change, at) => !IsGuard(change, [.. changes.Skip(at + 1)]) && !(migration.Migration.Phase is not null && IsUpkeep(change))).Select(Said).Distinct(),
            .. migration.Migration.Phase is null ? [] : Upkeep(changes),
            .. filled.Values.Select(Filled),
        ];
        return all.Length == 0 ? ["nothing in the database"]
            : all.Length <= Listed ? all : [.. all.Take(Listed), $"and {"more change".ToQuantity(all.Length - Listed)}"];
    }

    public static string Cost(ReviewedMigration migration) => migration.Migration.Backfills.Count > 0 ? "locks rows only" : PlanOutline.Cost(migration);

    /// <summary><c>Customers.FullName is filled in batches</c></summary>
    public static string Filled(BackfillSpec spec) => spec.Tied is { } tied ? $"{Say.Column(tied.Table, tied.Column)} is filled in batches from {spec.Table}" : $"{Say.Column(spec.Table, spec.Column)} is filled in batches";

    private static string Said(Change change) => change switch
    {
        AddCheckConstraint { Check.Name: { } name } add => $"the check {name} is added on {add.Table}{(add.Check.Validated ? "" : ", to be proved later")}",
        ValidateConstraint validate => $"the constraint {validate.Name} on {validate.Table} is proved",
        DropCheckConstraint drop => $"the check {drop.Name} on {drop.Table} goes",
        DropConstraint drop => $"the constraint {drop.Name} on {drop.Table} goes",
        DropForeignKey drop => $"the foreign key {drop.Name} on {drop.Table} goes",
        _ => Phrase.What(change),
    };

    /// <summary>What the triggers of phases are made of; nobody asks about it in the middle of what the change is about.</summary>
    private static bool IsUpkeep(Change change) => change is CreateTrigger or DropTrigger or CreateFunction or OtherStatement or OpaqueSql
        or CreateSequence or DropSequence || (change.Target is { } target && Names.IsOwn(target.Name));

    private static IEnumerable<string> Upkeep(IReadOnlyList<Change> changes)
    {
        string[] kept = [.. changes.OfType<CreateTrigger>().Select(trigger => $"{trigger.Table}").Distinct()];
        string[] gone = [.. changes.OfType<DropTrigger>().Select(trigger => $"{trigger.Table}").Distinct().Except(kept)];
        return
        [
            .. kept.Length > 0 ? [$"triggers on {Say.List(kept)} keep the old and the new shape alike"] : Array.Empty<string>(),
            .. gone.Length > 0 ? [$"the triggers on {Say.List(gone)} go"] : Array.Empty<string>(),
        ];
    }

    /// <summary>Takes away what an earlier try may have left, before it is made.</summary>
    private static bool IsGuard(Change change, IReadOnlyList<Change> later) => change switch
    {
        DropIndex drop => later.OfType<CreateIndex>().Any(create => create.Index.Name == drop.Name),
        DropCheckConstraint drop => later.OfType<AddCheckConstraint>().Any(add => add.Check.Name == drop.Name),
        DropConstraint drop => later.OfType<AddCheckConstraint>().Any(add => add.Check.Name == drop.Name) || later.OfType<AddForeignKey>().Any(add => add.ForeignKey.Name == drop.Name),
        DropForeignKey drop => later.OfType<AddForeignKey>().Any(add => add.ForeignKey.Name == drop.Name),
        _ => false,
    };
}
