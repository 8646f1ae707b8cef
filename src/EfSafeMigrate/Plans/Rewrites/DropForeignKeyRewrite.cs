using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// A foreign key goes first, for it would stop the new release. It comes back unproved, because rows written meanwhile may not pass it; where there is
/// no such thing, those rows are looked for before anything is undone.
/// </summary>
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
                Note = form.Look is null
                    ? $"Undone, {drop.Name} holds for new rows only: those written meanwhile may lack what it asks for."
                    : $"While rows written meanwhile lack what {drop.Name} asks for, undoing its drop is refused, and nothing is undone.",
                Up = new() { Disposals = [Disposals.Emitted<DropForeignKey>(proposed => proposed.Name == drop.Name && proposed.Table.Matches(drop.Table), null)] },
                Down = new()
                {
                    Checks = form.Look is { } look ? [new Sql(look, Suppressed: false, $"Nothing is undone while rows lack what {drop.Name} asks for")] : [],
                    Disposals = [Disposals.Replaced<AddForeignKey>(
                        add => add.ForeignKey.Name == drop.Name && add.Table.Matches(drop.Table), form.Look is null ? "comes back unproved" : "comes back proved", Back(form))],
                },
            },
        ];
    }

    private static IReadOnlyList<Step> Back(ConstraintForm form) => form.Look is null
        ? [new Sql(form.Announce, Suppressed: false, "Unproved: rows written meanwhile may lack what it asks for")]
        : [new Sql(form.Announce, Suppressed: false), new Sql(form.Prove, Suppressed: false, "For rows that came meanwhile")];
}
