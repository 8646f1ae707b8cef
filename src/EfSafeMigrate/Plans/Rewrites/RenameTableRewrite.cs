using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
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
        var forms = Check(rename, table, context);
        var names = context.TriggerNames("name", rename.Table, rename.NewName.Name);
        // A column that comes back with an undone contract comes last: then the view would not be as it was.
        // The same holds for one that is there before the table, which knows the columns of the model alone.
        var all = forms.AtOnce is null && !context.Changes.Any(change => change is AddColumn or DropColumn or RenameColumn && change.Target?.Matches(rename.NewName) == true);
        var before = table with { Name = rename.Table };
        var serves = forms.Counts ? "Serves the running release, and counts how often it does" : "Serves the running release";
        var view = Triggers.Steps(forms.View(before, rename.NewName, all, names), PlanContext.Counter(rename.Table, names), serves);
        var atOnce = forms.AtOnce is { } form ? Triggers.Steps(form(before, rename.NewName, names), PlanContext.Counter(rename.Table, names), serves) : null;
        return
        [
            new(Slot.Expand, $"renames {rename.Table} to {rename.NewName}; a view serves the running release under the old name")
            {
                Table = rename.NewName,
                Note = $"Until contract the name {rename.Table} is a view{(all ? "" : " of the columns that the model knows")}: it is read and written like the table, but {forms.Note(rename.Table, rename.NewName)}",
                Up = new() { First = atOnce?.Create ?? [new Rename(rename), .. view.Create] },
                Down = new()
                {
                    // Behind the last step the table has its old name, and a run that was stopped there begins again with the first.
                    Checks = atOnce is null ? [] : [.. atOnce.Create.Select(step => step with { Comment = $"Does nothing unless a run before has come to its end: what follows names {rename.NewName}" })],
                    First = atOnce is null ? view.Drop : [],
                    Last = atOnce?.Drop ?? [new Rename(new RenameTable(rename.NewName, rename.Table))],
                },
            },
            new(Slot.Contract, $"drops the view {rename.Table}")
            {
                Table = rename.NewName,
                Gate = new(forms.Counts ? view.Counter : null),
                Up = new() { First = view.Drop },
                Down = new() { Last = view.Create },
            },
        ];
    }

    private static KeptNameForms Check(RenameTable rename, Table table, PlanContext context)
    {
        var (old, fresh) = (rename.Table, rename.NewName);
        var recomputed = context.Changes.OfType<AlterColumn>().FirstOrDefault(alter => alter.Table.Matches(fresh)
            && (alter.ChangesType || alter.Old?.ComputedSql != alter.New.ComputedSql || alter.Old?.Collation != alter.New.Collation));
        var why =
            context.Forms.KeepName is null ? context.Forms.NoKeptName ?? $"{context.Engine.Name} has no view yet that serves the old name"
            : old.Schema != fresh.Schema ? $"{old} moves to another schema as well; move it in a later migration"
            : context.Target.Find(old) is not null ? $"the name {old} is given to another table at once; free it in one migration and use it again in a later one"
            : recomputed is not null ? $"{fresh}.{recomputed.New.Name} changes its type as well, and the view that serves the old name holds it; rename the table first and change the type in a later migration"
            : context.Forms.KeepName.Refusal(table);
        if (why is not null)
        {
            throw PlanErrors.NotHandled($"the rename of {old} to {fresh}", why);
        }
        return context.Forms.KeepName!;
    }
}
