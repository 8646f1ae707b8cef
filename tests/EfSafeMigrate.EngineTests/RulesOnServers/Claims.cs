using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>The effect a rule warns of, as something to be seen on a server.</summary>
/// <param name="Seen">True when it happened.</param>
/// <param name="AlsoSaidBy">Rules that warn of the same, and may do so of a case this rule allows.</param>
internal sealed record Claim(Func<PostgresStory, bool> Seen, params IReadOnlyList<string> AlsoSaidBy)
{
    /// <summary>The rule gives advice: only what the tool predicts is held against the server.</summary>
    public bool IsAdvice { get; init; }

    /// <summary>The rule keeps silent where the same thing is bounded by a timeout.</summary>
    public bool Timed { get; init; }
}

internal static class Claims
{
    private static readonly string[] Breaking = ["rename-column", "rename-table", "drop-column", "drop-table", "create-table-drops-existing", "drop-sequence", "drop-view", "move-table-schema", "rename-schema", "rename-sequence", "rename-enum-value", "reused-name", "ef-suspicious-rename", "add-column-required-no-default"];
    private static readonly Claim OldReleaseFails = new(story => story.OldRelease.Count > 0, Breaking);

    /// <summary>How a schema could have been written better is nothing that happens to it.</summary>
    private static readonly Claim Advice = new(_ => false) { IsAdvice = true };

    public static readonly IReadOnlyDictionary<string, Claim> All = new Dictionary<string, Claim>
    {
        ["add-column-auto-increment"] = new(story => story.Any<AddColumn>(step => step.Did(Work.Rewrite, Verbs.Select))),
        ["add-column-constrained-domain"] = new(story => story.Any<AddColumn>(step => step.Did(Work.Rewrite, Verbs.Select))),
        ["add-column-inline-check"] = new(story => story.Any<AddColumn>(step => step.Did(Work.Scan, Verbs.Select))),
        ["add-column-inline-fk"] = new(story => story.Steps.Any(step => Adds<AddForeignKey>(step) && LocksAnother(step))) { Timed = true },
        ["add-column-inline-pk"] = new(story => story.Steps.Any(step => Adds<AddPrimaryKey>(step) && step.Did(Work.IndexBuild, Verbs.Select)), "add-column-auto-increment"),
        ["add-column-inline-unique"] = new(story => story.Steps.Any(step => Adds<AddUniqueConstraint>(step) && step.Did(Work.IndexBuild, Verbs.Select))),
        ["add-column-required-default-dropped"] = new(story => story.OldRelease.Any(failing => failing.State == "23502"), Breaking),
        ["add-column-stored-generated"] = new(story => story.Any<AddColumn>(step => step.Did(Work.Rewrite, Verbs.Select))),
        ["add-discriminator-column"] = new(story => story.After.Values.Any(row => row.Any(cell => cell.Key.Equals("Discriminator", StringComparison.OrdinalIgnoreCase) && string.IsNullOrEmpty(cell.Value)))),
        ["alter-column-collation"] = new(story => story.Any<AlterColumn>(step => step.Did(Work.IndexBuild, Verbs.Select))),
        ["alter-computed-column"] = new(story => story.Any<AddColumn>(step => step.Did(Work.Rewrite, Verbs.Select)) && story.Any<DropColumn>(_ => true)),
        ["alter-pk-int-to-bigint"] = new(story => story.Any<AlterColumn>(step => step.Did(Work.Rewrite, Verbs.Select)), "alter-column-type-rewrite"),
        ["alter-type-indexed-citext"] = new(story => story.Any<AlterColumn>(step => step.Did(Work.IndexBuild, Verbs.Select))),
        ["alter-type-rechecks-constraint"] = new(story => story.Any<AlterColumn>(step => step.Did(Work.Scan, Verbs.Select)), "alter-column-type-rewrite"),
        ["change-default"] = new(story => story.Loses("default") && story.Gains("default"), "add-column-required-default-dropped"),
        ["change-type-and-null-together"] = Advice,
        ["combine-alter-table"] = Advice,
        ["create-table-drops-existing"] = new(story => story.Any<CreateTable>(_ => story.Any<DropTable>(_ => story.Loses("table"))), "drop-table"),
        ["drop-column-drops-indexes"] = new(story => story.Any<DropColumn>(step => step.Failure is null) && story.Loses("index") && !story.Any<DropIndex>(_ => true), "drop-column"),
        ["drop-column-required-no-default"] = new(story => story.Any<DropColumn>(step => step.Failure is null) && story.Loses("required"), "drop-column"),
        ["drop-constraint"] = new(story => !story.Any<AlterColumn>(_ => true) && !story.Any<DropForeignKey>(_ => true) && story.Loses("constraint"), "drop-column"),
        ["drop-default"] = new(story => story.Loses("default") && !story.Gains("default"), "add-column-required-default-dropped"),
        ["drop-foreign-key"] = new(story => story.Loses("foreign key") && !story.Gains("foreign key"), "drop-table", "drop-column"),
        ["drop-not-null"] = new(story => story.Any<AlterColumn>(_ => story.Loses("required"))),
        ["drop-sequence"] = OldReleaseFails,
        ["drop-table-multiple-fks"] = new(story => story.Any<DropTable>(step => step.Stopped.Count(each => each.Value.HasFlag(Verbs.Select)) > 2)),
        ["drop-trigger"] = new(story => story.Loses("trigger") && !story.Gains("trigger") && !story.Loses("function"), "drop-table"),
        ["drop-view"] = OldReleaseFails,
        ["enum-value-ordering"] = Advice,
        ["enum-value-used-in-same-transaction"] = new(story => story.Steps.Any(step => step.Failure == "55P04")),
        ["fk-type-mismatch"] = new(story => story.Gains("mismatch")),
        ["move-table-schema"] = OldReleaseFails,
        ["prefer-jsonb"] = Advice,
        ["prefer-lookup-table"] = Advice,
        ["rename-enum-value"] = OldReleaseFails,
        ["rename-schema"] = OldReleaseFails,
        ["rename-sequence"] = OldReleaseFails,
        ["restart-sequence"] = new(story => story.Loses("number")),
        ["reused-name"] = new(NamesStandForOtherData, Breaking),
        ["truncate-cascade"] = new(story => story.Relations.Count(relation => relation is { IsTable: true, First.Count: > 0 } && story.After[relation.Name].Count == 0) > 1),
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
        ["duplicate-column"] = new(story => story.Steps.Any(step => step.Failure == "42701")),
        ["ef-drop-add-is-rename"] = new(ValuesAreLost, "drop-column", "drop-table", "alter-computed-column", "create-table-drops-existing"),
        ["ef-required-fk-default"] = new(story => story.Any<AddForeignKey>(step => step.Failure == "23503")),
        ["fk-locks-referenced-table"] = new(story => story.Steps.Any(LocksWithoutLooking)),
        ["identifier-too-long"] = new(story => story.Steps.SelectMany(step => step.Step.Changes).SelectMany(GivenNames.Of).Any(given => given.Name != PostgresDesign.Names.Cut(given.Name) && !story.Names.Contains(given.Name)
            && story.Names.Contains(PostgresDesign.Names.Cut(given.Name)))),
        ["lasting-lock"] = new(story =>
            story.Steps.Any(step => step.Did(Work.Scan | Work.IndexBuild | Work.Rewrite, Verbs.Update)) || story.Any<RefreshView>(step => step.Stopped.Values.Any(verbs => verbs.HasFlag(Verbs.Select)))
            || story.Any<LockTable>(step => step.Stopped.Values.Any(verbs => verbs != Verbs.None)), "backfill-unbatched"),
        ["raw-sql-opaque"] = new(story => story.Any<OpaqueSql>(step => step.Locks.Count > 0)),
        ["rename-column"] = OldReleaseFails,
        ["rename-table"] = OldReleaseFails,
        ["set-not-null-scan"] = new(story => story.Any<AlterColumn>(step => step.Did(Work.Scan, Verbs.Select)) || story.Any<AddNotNullConstraint>(step => step.Did(Work.Scan, Verbs.Select))),
        ["set-not-null-with-backfill"] = new(story => story.Any<AlterColumn>(step => step.Updated.Count > 0)),
        ["ef-suspicious-rename"] = new(ValuesStandElsewhere, "rename-column"),
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

    private static bool Adds<T>(Watched step) where T : Change => step.Step.Changes.OfType<AddColumn>().Any() && step.Step.Changes.OfType<T>().Any();

    private static bool LocksAnother(Watched step) =>
        step.Predicted.Any(each => !step.Targets.Contains(each.Relation) && (step.Stopped.GetValueOrDefault(each.Relation) & Verbs.Writes) == Verbs.Writes);

    /// <summary>Something of a kind that stood in the catalogue before stands there no more.</summary>
    private static bool Loses(this PostgresStory story, string kind) => story.Lost.Any(each => each.StartsWith(kind, StringComparison.Ordinal));

    private static bool Gains(this PostgresStory story, string kind) => story.Come.Any(each => each.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>A column of the old release holds another value, or a table's name stands for another table.</summary>
    private static bool NamesStandForOtherData(PostgresStory story) =>
        story.Relations.Where(relation => relation is { IsTable: true, First.Count: > 0 }).Any(relation => story.After.TryGetValue(relation.Name, out var row)
            && relation.Columns.Zip(relation.First).Any(pair => row.TryGetValue(pair.First.Name, out var value) && value != pair.Second))
        || (story.Any<RenameTable>(_ => true) && story.Lost.Any(each => each.StartsWith("table ", StringComparison.Ordinal) && story.Come.Any(other => other.Split(' ')[^1] == each.Split(' ')[^1])));

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
