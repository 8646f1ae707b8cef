using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>The cases of SQLite on real files: a change holds the one writer's place, readers go on, and what a rule warns of happens.</summary>
public class RulesHoldOnSqlite
{
    private static readonly Func<SqliteStory, bool> ColumnsGone = story => story.OldRelease.Any(message => message.Contains("no such column", StringComparison.Ordinal) || message.Contains("has no column", StringComparison.Ordinal));
    private static readonly Func<SqliteStory, bool> TablesGone = story => story.OldRelease.Any(message => message.Contains("no such table", StringComparison.Ordinal) || message.Contains("because it is a view", StringComparison.Ordinal));

    /// <summary>What each rule warns of on this engine.</summary>
    internal static readonly IReadOnlyDictionary<string, Func<SqliteStory, bool>> Claims = new Dictionary<string, Func<SqliteStory, bool>>
    {
        ["add-column-required-no-default"] = story => story.Failure?.Contains("NOT NULL", StringComparison.Ordinal) == true,
        ["add-column-inline-check"] = story => story.Added.Contains("CHECK"),
        ["add-discriminator-column"] = story => story.Added.Contains("Discriminator TEXT NOT NULL DEFAULT ''"),
        ["create-table-drops-existing"] = story => story.OldRelease.Count > 0 && story.RowsLeft == 0,
        ["drop-constraint"] = story => story.Copies,
        ["drop-not-null"] = story => story.Failure is null && story.Copies && story.Added.Contains("\"qty\" INTEGER NULL"),
        ["drop-trigger"] = story => story.Gone.Contains("tr_orders"),
        ["drop-view"] = story => story.Gone.Contains("v_orders"),
        ["fk-type-mismatch"] = story => story.Added.Contains("order_id TEXT"),
        ["reused-name"] = ColumnsGone,
        ["sqlite-nonconstant-default"] = story => story.Failure?.Contains("non-constant default", StringComparison.OrdinalIgnoreCase) == true,
        ["sqlite-unsupported-alter"] = story => story.Failure is not null,
        ["change-refused"] = story => story.Failure is not null,
        ["ddl-not-transactional"] = story => story.StaysHalfApplied,
        ["backfill-unbatched"] = story => story.Copies && story.StopsWriters,
        ["sqlite-single-writer"] = story => story.StopsWriters,
        ["delete-without-where"] = story => story.RowsLeft == 0,
        ["drop-column"] = ColumnsGone,
        ["drop-table"] = TablesGone,
        ["duplicate-column"] = story => story.Failure?.Contains("duplicate column name", StringComparison.Ordinal) == true,
        ["ef-required-fk-default"] = story => story.Failure?.Contains("FOREIGN KEY", StringComparison.Ordinal) == true,
        ["lasting-lock"] = story => story.Copies && story.StopsWriters,
        ["rename-column"] = ColumnsGone,
        ["rename-table"] = TablesGone,
        ["set-not-null-scan"] = story => story.Copies,
        ["sqlite-table-rebuild"] = story => story.Copies && story.StopsWriters,
        ["unique-data-dependent"] = story => story.StopsWriters,
    };

    public static TheoryData<string> Cases =>
    [
        .. from rule in RuleBook.Rules
           from @case in RuleCaseRun.Of(rule)
           where @case.Engine == RuleCase.Sqlite && !EveryRuleIsProvedOnAServer.NotSeen.Contains(rule.Id)
           select RuleCaseRun.Label(rule, @case),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void As_predicted_and_as_warned(string label)
    {
        var (id, @case) = RuleCaseRun.Labelled(label);
        var story = SqliteStory.Of(@case);
        var situations = RuleBook.Situations(RuleCaseRun.Set(@case), RuleCaseRun.Engine(@case.Engine), RuleCaseRun.Facts(@case)).ToList();
        var refused = situations.Any(situation => situation.Impact.Refused is not null);
        var fails = refused
            || situations.Any(situation => situation.Impact.FailsIf.HasFlag(FailsIf.RowsExist))
            || situations.SelectMany(situation => RuleBook.Judge(situation)).Any(finding => finding.Rule == "ef-required-fk-default");
        (story.Failure is not null).ShouldBe(fails, story.Failure);
        story.StopsReaders.ShouldBeFalse();
        if (!fails)
        {
            story.StopsWriters.ShouldBe(situations.Any(situation => situation.Impact.Blocks == Blocks.Writes));
            story.Copies.ShouldBe(situations.Any(situation => (situation.IsRebuild && !situation.IsOnNewTable) || situation.Change is InsertRows { From.Count: > 0 } or UpdateRows { Table.Name: Shop.Orders } or DeleteRows { Where: null }));
            story.LostTriggers.ShouldBe(situations.Where(situation => situation.IsRebuild).SelectMany(situation => situation.Before.Find(situation.Change.Target!)?.Triggers ?? [])
                .Concat(situations.Select(situation => situation.Change).OfType<DropTrigger>().Select(drop => drop.Name)).Distinct());
        }
        if (Claims.TryGetValue(id, out var claim))
        {
            claim(story).ShouldBe(@case.Expected is not null);
        }
    }

    /// <summary>Rows that a change is said to fail on make it fail.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void On_planted_rows(string label)
    {
        var (_, @case) = RuleCaseRun.Labelled(label);
        foreach (var situation in RuleBook.Situations(RuleCaseRun.Set(@case), RuleCaseRun.Engine(@case.Engine), RuleCaseRun.Facts(@case)))
        {
            var planted = situation.Change switch
            {
                _ when situation.Impact.Refused is not null => null,
                AlterColumn { New.Name: var column } => (FailsIf.NullsExist, $"UPDATE orders SET {column} = NULL WHERE id = 1"),
                CreateIndex { Index: { Unique: true, Columns: [var column] } } => (FailsIf.DuplicatesExist, $"UPDATE orders SET {column} = (SELECT {column} FROM orders WHERE id = 2) WHERE id = 1"),
                AddForeignKey { ForeignKey.Columns: [var column] } => (FailsIf.OrphansExist, situation.Before.Find(Shop.OrdersTable)?.Column(column) is null ? "" : $"UPDATE orders SET {column} = -1 WHERE id = 1"),
                AddColumn { Column: { Nullable: false, Default: null } } => (FailsIf.RowsExist, ""),
                _ => ((FailsIf, string)?)null,
            };
            if (planted is var (kind, sql) && !situation.IsOnNewTable)
            {
                (SqliteStory.Of(@case, sql).Failure is not null).ShouldBe(situation.Impact.FailsIf.HasFlag(kind), $"{kind} planted");
            }
        }
    }
}
