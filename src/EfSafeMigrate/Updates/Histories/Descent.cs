using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Histories;

/// <summary>
/// What was called what. Phases rename by a column beside the old one, which is filled from it: the old one is its predecessor, as if the plan had renamed it.
/// </summary>
internal sealed class Descent
{
    private readonly ILookup<string, Succession> plans;

    public Descent(ChangeSet set) => plans = set.Migrations.Where(migration => migration.Phase is not null)
        .SelectMany(migration => Successions(migration).Select(succession => (migration.Phase!.Plan, Succession: succession)))
        .Distinct().ToLookup(each => each.Plan, each => each.Succession);

    /// <summary>The name in front of the step.</summary>
    public Subject Before(HistoryStep step, Subject after) =>
        step.Change is AddColumn add && Is(after, add.Table, add.Column.Name) && Of(step).FirstOrDefault(each => Is(after, each.New)) is { } made ? made.Old : after.Before(step.Change);

    /// <summary>The name behind the step.</summary>
    public Subject After(HistoryStep step, Subject before) =>
        step.Change is DropColumn drop && Is(before, drop.Table, drop.Name) && Of(step).Where(each => Is(before, each.Old)).ToArray() is [var only] ? only.New : before.After(step.Change);

    /// <summary>What the step's plan makes of the subject, or made it of.</summary>
    public IEnumerable<Subject> Beside(HistoryStep step, Subject subject) =>
        Of(step).Where(each => Is(subject, each.New)).Select(each => each.Old).Concat(Of(step).Where(each => Is(subject, each.Old)).Select(each => each.New));

    private IEnumerable<Succession> Of(HistoryStep step) => step.Migration.Phase is { } phase ? plans[phase.Plan] : [];

    private static IEnumerable<Succession> Successions(MigrationChanges migration) =>
    [
        .. migration.Backfills.Values.Concat(migration.Phase!.Filled).Where(spec => !spec.Touches && spec.Sources is null or []).SelectMany(spec => Sole(spec, migration.Source)),
        .. (migration.Phase.Moves ?? []).Select(move => new Succession(new(move.OldTable, move.Old), new(move.NewTable, move.New))),
    ];

    /// <summary>The one column of its row that the values are made of.</summary>
    private static IEnumerable<Succession> Sole(BackfillSpec spec, DatabaseModel model)
    {
        var named = spec.Expression.NamesIn().Where(name => name is { IsCalled: false, IsType: false }).Select(name => name.Name).ToHashSet();
        var columns = model.Find(spec.Table)?.Columns.Select(column => column.Name).Where(name => name != spec.Column && named.Contains(name)).ToArray() ?? [];
        return columns is [var only] ? [new Succession(new(spec.Table, only), new(spec.Table, spec.Column))] : [];
    }

    private static bool Is(Subject subject, Subject other) => other.Column is { } column && Is(subject, other.Table, column);

    private static bool Is(Subject subject, TableName table, string column) => subject.Column == column && subject.Table.Matches(table);

    private sealed record Succession(Subject Old, Subject New);
}
