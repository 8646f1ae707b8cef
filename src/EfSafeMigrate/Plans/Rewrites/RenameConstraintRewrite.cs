using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A constraint that only gets another name is renamed, where EF drops it and adds it again.</summary>
internal sealed class RenameConstraintRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not RenameConstraint { Table: var table, Name: var name, NewName: var newName })
        {
            return null;
        }
        bool Drops(Change proposed, string dropped) => proposed is DropPrimaryKey or DropUniqueConstraint or DropForeignKey or DropCheckConstraint
            && proposed.Target?.Matches(table) == true && Identity.NameOf(proposed) == dropped;
        bool Adds(Change proposed, string added) => proposed is AddPrimaryKey or AddUniqueConstraint or AddForeignKey or AddCheckConstraint
            && proposed.Target?.Matches(table) == true && Identity.NameOf(proposed) == added;
        IReadOnlyList<Step> Named(DatabaseModel model, string from, string to) => context.Forms.NewName(model.Find(table)!, from, to) switch
        {
            null => throw PlanErrors.NotHandled($"the rename of {name} to {newName}", $"{context.Engine.Name} makes it anew, by reading or copying all of {table}; give it its old name in the model"),
            "" => [],
            var sql => [new Sql(sql, Suppressed: false)],
        };
        var (forth, back) = (Named(context.Source, name, newName), Named(context.Target, newName, name));
        Share Renaming(IReadOnlyList<Step> steps, string from, string to) => new()
        {
            Disposals =
            [
                new(proposed => Drops(proposed, from), _ => steps, "only the name changes"),
                new(proposed => Adds(proposed, to), _ => [], "renamed already"),
            ],
        };
        // The other tables' keys that refer to a renamed table wait, so that no transaction locks them together with it.
        var refers = context.FormerName(table) is null && context.Decisions.Tables.Count > 0 && context.Source.Find(table)?.ForeignKeys.Any(key => key.Name == name) == true;
        return
        [
            new(refers ? Slot.ConstrainNew : Slot.Expand, $"renames {name} to {newName}")
            {
                Table = table,
                Lifts = refers ? [new Postpone(table, Postponed.ForeignKey, newName), new KeepForeignKey(table, name)] : [],
                Up = Renaming(forth, name, newName),
                Down = Renaming(back, newName, name),
            },
        ];
    }
}
