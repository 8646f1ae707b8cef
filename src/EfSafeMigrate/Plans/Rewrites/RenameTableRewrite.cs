using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The table gets its new name at once, and a view serves the running release under the old one until no release uses it.</summary>
internal sealed class RenameTableRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change planned, PlanContext context)
    {
        if (planned is not RenameTable rename || context.Source.Find(rename.NewName) is not { } table)
        {
            return null;
        }
        Check(rename, context);
        var names = context.TriggerNames("name", rename.Table, rename.NewName.Name);
        // A column that comes back with an undone contract comes last: then the view would not be as it was.
        var all = !context.Changes.Any(change => change is AddColumn or DropColumn or RenameColumn && change.Target?.Matches(rename.NewName) == true);
        var view = Triggers.Steps(
            context.Forms.KeepName!(table with { Name = rename.Table }, rename.NewName, all, names), PlanContext.Counter(rename.Table, names),
            "Serves the running release, and counts how often it does");
        return
        [
            new(Slot.Expand, $"renames {rename.Table} to {rename.NewName}; a view serves the running release under the old name")
            {
                Table = rename.NewName,
                Note = $"Until contract the name {rename.Table} is a view{(all ? "" : " of the columns that the model knows")}: it is read and written like the table, but COPY and TRUNCATE do not take it, and the names of keys and indexes are the new ones.",
                Up = new() { First = [new Rename(rename), .. view.Create] },
                Down = new() { First = view.Drop, Last = [new Rename(new RenameTable(rename.NewName, rename.Table))] },
            },
            new(Slot.Contract, $"drops the view {rename.Table}")
            {
                Table = rename.NewName,
                Gate = new(view.Counter),
                Up = new() { First = view.Drop },
                Down = new() { Last = view.Create },
            },
        ];
    }

    private static void Check(RenameTable rename, PlanContext context)
    {
        var (old, fresh) = (rename.Table, rename.NewName);
        var recomputed = context.Changes.OfType<AlterColumn>().FirstOrDefault(alter => alter.Table.Matches(fresh)
            && (alter.ChangesType || alter.Old?.ComputedSql != alter.New.ComputedSql || alter.Old?.Collation != alter.New.Collation));
        var why =
            context.Forms.KeepName is null ? $"{context.Engine.Name} has no view yet that serves the old name"
            : old.Schema != fresh.Schema ? $"{old} moves to another schema as well; move it in a later migration"
            : context.Target.Find(old) is not null ? $"the name {old} is given to another table at once; free it in one migration and use it again in a later one"
            : recomputed is not null ? $"{fresh}.{recomputed.New.Name} changes its type as well, and the view that serves the old name holds it; rename the table first and change the type in a later migration"
            : null;
        if (why is not null)
        {
            throw PlanErrors.NotHandled($"the rename of {old} to {fresh}", why);
        }
    }
}
