using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A foreign key goes first, for it would stop the new release; it comes back unproved, because rows written meanwhile may not pass it.</summary>
internal sealed class DropForeignKeyRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not DropForeignKey drop || context.Source.Find(drop.Table)?.ForeignKeys.FirstOrDefault(key => key.Name == drop.Name) is not { } key
            || key.Columns.Any(column => context.IsRenamedFrom(drop.Table, column))
            || context.Changes.OfType<AddForeignKey>().Any(add => add.ForeignKey.Name == drop.Name && add.Table.Matches(drop.Table))
            || context.Forms.ForeignKey(new(drop.Table, key), context.Before) is not { } form)
        {
            return null;
        }
        return
        [
            new(Slot.Expand, $"drops {drop.Name}, which would stop the new release")
            {
                Table = drop.Table,
                Note = $"Undone, {drop.Name} holds for new rows only: those written meanwhile may lack what it asks for.",
                Up = new() { Disposals = [Disposals.Emitted<DropForeignKey>(proposed => proposed.Name == drop.Name && proposed.Table.Matches(drop.Table), null)] },
                Down = new()
                {
                    Disposals = [Disposals.Replaced<AddForeignKey>(
                        add => add.ForeignKey.Name == drop.Name && add.Table.Matches(drop.Table),
                        "comes back unproved",
                        new Sql(form.Announce, Suppressed: false, "Unproved: rows written meanwhile may lack what it asks for"))],
                },
            },
        ];
    }
}
