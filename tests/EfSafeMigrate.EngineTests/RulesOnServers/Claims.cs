using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>The effect a rule warns of, as something to be seen on a server.</summary>
/// <param name="Seen">True when it happened.</param>
/// <param name="AlsoSaidBy">Rules that warn of the same, and may do so of a case this rule allows.</param>
internal sealed record Claim(Func<PostgresStory, bool> Seen, params IReadOnlyList<string> AlsoSaidBy);

internal static class Claims
{
    private static readonly string[] Breaking = ["rename-column", "rename-table", "drop-column", "drop-table", "suspicious-rename", "add-column-required-no-default"];
    private static readonly Claim OldReleaseFails = new(story => story.OldRelease.Count > 0, Breaking);

    public static readonly IReadOnlyDictionary<string, Claim> All = new Dictionary<string, Claim>
    {
        ["add-check-validating"] = new(story => story.Any<AddCheckConstraint>(step => step.Did(Work.Scan, Verbs.Select))),
        ["add-exclusion-constraint"] = new(story => story.Any<AddExclusionConstraint>(step => step.Failure is not null || step.Did(Work.IndexBuild, Verbs.Select))),
        ["attach-partition"] = new(story => story.Any<AttachPartition>(step => step.Did(Work.Scan, Verbs.Select))),
        ["backfill-unbatched"] = new(story => story.Any<UpdateRows>(Scans) || story.Any<DeleteRows>(Scans)),
        ["cluster"] = new(story => story.Any<SetTableOption>(step => step.Did(Work.Rewrite, Verbs.Select))),
        ["concurrently-in-transaction"] = new(story => story.Steps.Any(step => step.Failure == "25001")),
        ["concurrently-on-partitioned"] = new(story => story.Steps.Any(step => step.Failure is "0A000" or "42809")),
        ["create-trigger"] = new(story => story.Any<CreateTrigger>(StopsWrites)),
        ["disable-trigger"] = new(story => story.Any<ToggleTrigger>(StopsWrites)),
        ["domain-constraint"] = new(story => story.Any<AlterDomain>(step => step.Did(Work.Scan, Verbs.Writes))),
        ["drop-index-blocking"] = new(story => story.Any<DropIndex>(StopsReads), "create-index-blocking"),
        ["explicit-lock"] = new(story => story.Any<LockTable>(step => step.Stopped.Values.Any(verbs => verbs != Verbs.None))),
        ["not-valid-unsupported-partitioned"] = new(story => story.Steps.Any(step => step.Failure is "0A000" or "42809")),
        ["pk-using-index-nullable"] = new(story => story.Any<AddPrimaryKey>(step => step.Did(Work.Scan, Verbs.Select)), "add-primary-key"),
        ["refresh-matview"] = new(story => story.Any<RefreshView>(StopsReads)),
        ["reindex-blocking"] = new(story => story.Any<Reindex>(step => step.Did(Work.IndexBuild, Verbs.Writes))),
        ["set-logged"] = new(story => story.Any<SetTableOption>(step => step.Did(Work.Rewrite, Verbs.Select))),
        ["validate-same-transaction"] = new(story => story.Any<ValidateConstraint>(step => step.Did(Work.Scan, Verbs.Writes))),
        ["wide-lock-window"] = new(story => story.Steps.Any(step => step.Stopped.Count(each => each.Value.HasFlag(Verbs.Select)) > 1)),
        ["add-column-required-no-default"] = new(story => story.OldRelease.Any(failing => failing.State == "23502"), Breaking),
        ["add-column-volatile-default"] = new(story => story.Any<AddColumn>(step => step.Did(Work.Rewrite, Verbs.Select))),
        ["add-fk-validating"] = new(story => story.Steps.Any(step => step.Did(Work.Scan, Verbs.Writes))),
        ["add-primary-key"] = new(story => story.Any<AddPrimaryKey>(step => step.Did(Work.Scan | Work.IndexBuild, Verbs.Select))),
        ["add-unique-constraint"] = new(story => story.Any<AddUniqueConstraint>(step => step.Did(Work.IndexBuild, Verbs.Select))),
        ["alter-column-narrow"] = new(story => story.Steps.Any(step => step.Planted.GetValueOrDefault(FailsIf.ValuesDoNotFit) is not null)),
        ["alter-column-type-rewrite"] = new(story => story.Any<AlterColumn>(step => step.Did(Work.Rewrite | Work.IndexBuild, Verbs.Select))),
        ["change-refused"] = new(story => story.Steps.Any(step => step.Failure is { } state && !state.StartsWith("23", StringComparison.Ordinal)), "concurrently-in-transaction"),
        ["create-index-blocking"] = new(story => story.Any<CreateIndex>(step => step.Did(Work.IndexBuild, Verbs.Writes))),
        ["create-index-holding-ax"] = new(story => story.Any<CreateIndex>(step => step.Did(Work.IndexBuild, Verbs.None) && step.Stopped.Values.Any(verbs => verbs.HasFlag(Verbs.Select)))),
        ["delete-without-where"] = new(RowsAreGone),
        ["drop-column"] = OldReleaseFails,
        ["drop-primary-key"] = new(story => story.Steps.Any(step => step.Keyless.Count > 0)),
        ["drop-schema"] = new(story => story.Any<DropSchema>(step => step.Failure is null && step.Step.Changes.OfType<DropSchema>().Any(drop => drop.Cascade && story.Case.Setup.Contains($"CREATE SCHEMA {drop.Name}", StringComparison.Ordinal)))),
        ["drop-table"] = OldReleaseFails,
        ["ef-drop-add-is-rename"] = new(ValuesAreLost, "drop-column", "drop-table"),
        ["ef-required-fk-default"] = new(story => story.Any<AddForeignKey>(step => step.Failure == "23503")),
        ["fk-locks-referenced-table"] = new(story => story.Steps.Any(LocksWithoutLooking)),
        ["lasting-lock"] = new(story =>
            story.Steps.Any(step => step.Did(Work.Scan | Work.IndexBuild | Work.Rewrite, Verbs.Update)) || story.Any<RefreshView>(step => step.Stopped.Values.Any(verbs => verbs.HasFlag(Verbs.Select)))
            || story.Any<LockTable>(step => step.Stopped.Values.Any(verbs => verbs != Verbs.None)), "backfill-unbatched"),
        ["raw-sql-opaque"] = new(story => story.Any<OpaqueSql>(step => step.Locks.Count > 0)),
        ["rename-column"] = OldReleaseFails,
        ["rename-table"] = OldReleaseFails,
        ["set-not-null-scan"] = new(story => story.Any<AlterColumn>(step => step.Did(Work.Scan, Verbs.Select)) || story.Any<AddNotNullConstraint>(step => step.Did(Work.Scan, Verbs.Select))),
        ["set-not-null-with-backfill"] = new(story => story.Any<AlterColumn>(step => step.Updated.Count > 0)),
        ["suspicious-rename"] = new(ValuesStandElsewhere, "rename-column"),
        ["truncate"] = new(RowsAreGone),
        ["unique-data-dependent"] = new(story => story.Steps.Any(step => step.Failure == "23505" || step.Planted.GetValueOrDefault(FailsIf.DuplicatesExist) is not null)),
    };

    private static bool Scans(Watched step) => step.Work.Values.Any(work => work.HasFlag(Work.Scan));

    private static bool StopsWrites(Watched step) => step.Stopped.Values.Any(verbs => verbs.HasFlag(Verbs.Insert));

    private static bool StopsReads(Watched step) => step.Stopped.Values.Any(verbs => verbs.HasFlag(Verbs.Select));

    private static bool Any<T>(this PostgresStory story, Func<Watched, bool> seen) where T : Change =>
        story.Steps.Any(step => step.Step.Changes.OfType<T>().Any() && seen(step));

    /// <summary>Writes to a table the change is not about wait, and no row of it was read.</summary>
    private static bool LocksWithoutLooking(Watched step) =>
        step.Work.Values.All(work => !work.HasFlag(Work.Scan))
        && step.Predicted.Any(each => !step.Targets.Contains(each.Relation) && (step.Stopped.GetValueOrDefault(each.Relation) & Verbs.Writes) == Verbs.Writes);

    private static bool RowsAreGone(PostgresStory story) =>
        story.Relations.Any(relation => relation is { IsTable: true, First.Count: > 0 } && story.After[relation.Name].Count == 0);

    /// <summary>No column of the row holds what the dropped one held.</summary>
    private static bool ValuesAreLost(PostgresStory story) =>
        story.Steps.SelectMany(step => step.Step.Changes).Any(change => change switch
        {
            DropColumn drop => story.Before(drop.Table, drop.Name) is { } value && !story.After[drop.Table.Name].Values.Contains(value),
            DropTable drop => story.After.TryGetValue(drop.Table.Name, out var row) && row.Count == 0,
            _ => false,
        });

    private static bool ValuesStandElsewhere(PostgresStory story)
    {
        var renames = story.Steps.SelectMany(step => step.Step.Situations).Where(situation => situation.Change is RenameColumn)
            .Select(situation => (Rename: (RenameColumn)situation.Change, situation.Migration)).ToList();
        return renames.Any(each => Moved(each.Rename))
            && renames.SelectMany(each => RenameDoubt.Of(each.Rename, each.Migration)?.Likelier ?? [])
                .All(pair => story.After[renames[0].Rename.Table.Name].GetValueOrDefault(pair.New) != story.Before(renames[0].Rename.Table, pair.Old));

        bool Moved(RenameColumn rename) =>
            story.Before(rename.Table, rename.Name) is { } value && story.After[rename.Table.Name].GetValueOrDefault(rename.NewName) == value;
    }

    private static string? Before(this PostgresStory story, TableName table, string column)
    {
        var relation = story.Relations.FirstOrDefault(each => each.Name == table.Name);
        return relation?.Columns.Zip(relation.First).FirstOrDefault(pair => pair.First.Name == column).Second;
    }
}
