using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// A constraint for which EF copies the table, over columns that are filled: it comes in the contract, when the triggers that fill them are gone, and one of
/// its name stays until then. A trigger that stood on the table would be gone with the copy.
/// </summary>
internal sealed class RebuiltConstraintRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (!context.Engine.RebuildsTables)
        {
            return null;
        }
        return change switch
        {
            DropForeignKey drop when Comes<AddForeignKey>(drop.Table, add => add.ForeignKey.Name == drop.Name, context) => [],
            DropCheckConstraint drop when Comes<AddCheckConstraint>(drop.Table, add => add.Check.Name == drop.Name, context) => [],
            AddForeignKey { ForeignKey.Name: { } name } add when IsFilled(add, context) => Pieces<AddForeignKey, DropForeignKey>(
                add.Table, name, Postponed.ForeignKey, context.Source.Find(add.Table)!.ForeignKeys.Any(key => key.Name == name) ? new KeepForeignKey(add.Table, name) : null),
            AddCheckConstraint { Check.Name: { } name } add when IsFilled(add, context) => Pieces<AddCheckConstraint, DropCheckConstraint>(
                add.Table, name, Postponed.Check, context.Source.Find(add.Table)!.Checks.Any(check => check.Name == name) ? new KeepCheck(add.Table, name) : null),
            AddUniqueConstraint { Key.Name: { } name } add when IsFilled(add, context) => Pieces<AddUniqueConstraint, DropUniqueConstraint>(add.Table, name, Postponed.Unique, null),
            _ => null,
        };
    }

    private static bool Comes<T>(TableName table, Func<T, bool> which, PlanContext context) where T : TableChange =>
        context.Changes.OfType<T>().Any(add => add.Table.Matches(table) && which(add) && IsFilled(add, context));

    private static bool IsFilled(TableChange add, PlanContext context)
    {
        if (context.IsNew(add.Table))
        {
            return false;
        }
        bool Filled(string column) => Columns.IsFilled(add.Table, column, context);
        return add switch
        {
            AddForeignKey key => key.ForeignKey.Columns.Any(Filled),
            AddUniqueConstraint unique => unique.Key.Columns.Any(Filled),
            AddCheckConstraint check => context.Target.Find(add.Table)!.Columns.Any(column => check.Check.Sql.MentionsColumn(column.Name) && Filled(column.Name)),
            _ => false,
        };
    }

    private static IReadOnlyList<Piece> Pieces<TAdd, TDrop>(TableName table, string name, Postponed what, ModelEdit? kept) where TAdd : TableChange where TDrop : TableChange
    {
        bool Is(TableChange change) => change.Table.Matches(table) && Identity.NameOf(change) == name;
        return
        [
            new(Slot.Contract, $"adds {name}")
            {
                Table = table,
                Lifts = [new Postpone(table, what, name), .. kept is null ? Array.Empty<ModelEdit>() : [kept]],
                Note = $"Rows that contradict {name} make the contract fail, and nothing else.",
                Up = new() { Disposals = [.. kept is null ? Array.Empty<Disposal>() : [Disposals.Emitted<TDrop>(Is, null)], Disposals.Emitted<TAdd>(Is, null)] },
            },
        ];
    }
}
