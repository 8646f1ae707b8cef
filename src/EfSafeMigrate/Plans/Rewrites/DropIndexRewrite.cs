using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The running release may read through the index, so it goes last. A unique one would stop the new release's writes and goes first, unless a trigger fills its column.</summary>
internal sealed class DropIndexRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not DropIndex { Table: { } table } drop || context.Source.Find(table)?.Indexes.FirstOrDefault(index => index.Name == drop.Name) is not { } old)
        {
            return null;
        }
        if (context.Changes.OfType<CreateIndex>().Any(create => create.Index.Name == drop.Name && create.Table.Matches(table)))
        {
            return [];
        }
        return old.Unique && !old.Columns.Any(column => context.IsRenamedFrom(table, column))
            ? null
            :
            [
                new(Slot.Contract, $"drops {drop.Name}")
                {
                    Table = table,
                    Lifts = [new KeepIndex(table, drop.Name)],
                    Up = new() { Disposals = [Disposals.Emitted<DropIndex>(proposed => proposed.Name == drop.Name, null)] },
                },
            ];
    }
}
