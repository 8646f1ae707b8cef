using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A constraint on a renamed column holds until contract: the trigger fills the column, so both releases pass it.</summary>
internal sealed class KeepConstraintRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context) => change switch
    {
        DropForeignKey drop when Find(drop.Table, context)?.ForeignKeys.FirstOrDefault(key => key.Name == drop.Name) is { } key
            && IsOnRenamed(drop.Table, key.Columns, context) && !Returns<AddForeignKey>(add => add.ForeignKey.Name == drop.Name, context) =>
            Keep<DropForeignKey>(new KeepForeignKey(drop.Table, drop.Name), drop.Name, each => each.Name),
        DropUniqueConstraint drop when Find(drop.Table, context)?.UniqueConstraints.FirstOrDefault(key => key.Name == drop.Name) is { } key
            && IsOnRenamed(drop.Table, key.Columns, context) =>
            Returns<AddUniqueConstraint>(add => add.Key.Name == drop.Name, context)
                ? throw PlanErrors.NotHandled($"the unique constraint {drop.Name}", "it keeps its name over other columns; give the new one another name")
                : Keep<DropUniqueConstraint>(new KeepUnique(drop.Table, drop.Name), drop.Name, each => each.Name),
        DropCheckConstraint drop when Find(drop.Table, context) is { } table && table.Checks.FirstOrDefault(check => check.Name == drop.Name) is { } check
            && table.Columns.Any(column => context.IsRenamedFrom(drop.Table, column.Name) && check.Sql.Mentions(column.Name))
            && !Returns<AddCheckConstraint>(add => add.Check.Name == drop.Name, context) =>
            Keep<DropCheckConstraint>(new KeepCheck(drop.Table, drop.Name), drop.Name, each => each.Name),
        _ => null,
    };

    private static IReadOnlyList<Piece> Keep<T>(ModelEdit keep, string name, Func<T, string> nameOf) where T : Change =>
    [
        new(Slot.Contract, $"drops {name}")
        {
            Table = keep.Table,
            Lifts = [keep],
            Up = new() { Disposals = [Disposals.Emitted<T>(drop => nameOf(drop) == name, null)] },
        },
    ];

    private static Table? Find(TableName table, PlanContext context) => context.Source.Find(table);

    private static bool IsOnRenamed(TableName table, IReadOnlyList<string> columns, PlanContext context) =>
        columns.Any(column => context.IsRenamedFrom(table, column));

    private static bool Returns<T>(Func<T, bool> which, PlanContext context) where T : Change => context.Changes.OfType<T>().Any(which);
}
