using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The constraint's index is built while writers go on, alone in its migration; then the constraint adopts it.</summary>
internal sealed class AddUniqueConstraintRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (context.Engine.RebuildsTables || change is not AddUniqueConstraint { Key: { Name: { } name } key } add || context.IsNew(add.Table)
            || context.Source.Find(add.Table)!.UniqueConstraints.Any(each => each.Name == name))
        {
            return null;
        }
        var table = add.Table;
        var note = $"{name} makes {string.Join(", ", key.Columns)} unique in {table}: equal rows make its migration fail, and nothing else.";
        if (context.Forms.Unique(add, context.Before) is not { } form)
        {
            return
            [
                new(Slot.ConstrainAlone, $"builds {name} while writers go on")
                {
                    Table = table,
                    Lifts = [new Postpone(table, Postponed.Unique, name)],
                    Note = note,
                    Up = new() { Disposals = [Disposals.Emitted<AddUniqueConstraint>(proposed => proposed.Key.Name == name, "Built while writers go on")] },
                },
            ];
        }
        var dropped = new Sql(form.Away, Suppressed: true, "An interrupted build leaves an invalid index behind");
        return
        [
            new(Slot.ConstrainAlone, $"builds the index of {name} while writers go on")
            {
                Table = table,
                Note = note,
                Up = new() { First = [dropped, new Sql(form.Build, Suppressed: true, "Built while writers go on; alone in its migration")] },
                Down = new() { First = [dropped with { Comment = null }] },
            },
            new(Slot.ConstrainProved, $"lets {name} adopt its index")
            {
                Table = table,
                Lifts = [new Postpone(table, Postponed.Unique, name)],
                Up = new()
                {
                    Disposals = [Disposals.Replaced<AddUniqueConstraint>(
                        proposed => proposed.Key.Name == name, "adopts the index that is built", new Sql(form.Adopt, Suppressed: false, "Adopts the index that is built already"))],
                },
                Down = new()
                {
                    // The index goes with the constraint, and the migration before expects to find it.
                    Disposals = [Disposals.Emitted<DropUniqueConstraint>(
                        drop => drop.Name == name, null, new Sql(context.Forms.UniqueIndex(table, key), Suppressed: false, "The constraint took its index along"))],
                },
            },
        ];
    }
}
