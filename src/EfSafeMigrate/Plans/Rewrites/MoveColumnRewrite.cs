using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The column stands in both tables, triggers keep linked rows equal whichever release writes, and the old one goes when no release uses it.</summary>
internal sealed class MoveColumnRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not MoveColumn move || context.Old(move.Table, move.Name) is not { } old || context.New(move.To, move.NewName) is not { } fresh)
        {
            return null;
        }
        var spec = SpecOf(move, old, fresh, MoveRefusals.Check(move, old, fresh, context), context);
        var forms = context.Forms.Move!;
        var names = Named(spec, context);
        var counter = PlanContext.Counter(move.Table, names.Counted);
        IReadOnlyList<TriggerSteps> parts =
            [.. forms.Triggers(spec, names).Select(part => Triggers.Steps(part, counter, $"Keep {move.Table}.{move.Name} and {move.To}.{move.NewName} of linked rows equal, whichever release writes"))];
        var sync = new TriggerSteps([.. parts.SelectMany(part => part.Create)], [.. parts.Reverse().SelectMany(part => part.Drop)], counter);
        var forward = new BackfillSpec(spec.Tie.Parent, context.Key(spec.Tie.Parent), spec.ParentColumn, context.Engine.Quote(spec.ParentColumn))
        {
            Touches = true,
            Tied = new(spec.Tie.Child, spec.ChildColumn, spec.Tie.ChildKey, spec.Tie.ParentKey),
            Where = forms.Apart(spec),
            Trigger = names.Parent.Trigger,
        };
        if (forward.Key.Count == 0)
        {
            throw PlanErrors.NotCarried($"the move of {move.Table}.{move.Name}", $"its rows have to be filled in batches, and {forward.Table} has no key to go over them by", "--move", $"{move.Table}.{move.Name}");
        }
        var made = context.IsNew(move.To);
        return
        [
            Expand(move, old, spec, sync, made, context),
            new(Slot.BackfillAlone, $"{(spec.Makes is null ? $"fills {move.To}.{move.NewName}" : $"makes the rows of {move.To}")} in batches")
            {
                Table = forward.Table,
                Up = new() { Last = [new Fill(forward, context.Forms.Backfill(forward), "Writes rows as they are, and the triggers do the rest; commits after each batch; run again after a stop, it goes on where rows are left")] },
            },
            .. made || fresh.Nullable ? [] : NotNull.Pieces(move.To, fresh with { Default = null }, context),
            Contract(move, old, fresh, spec, sync, parts, forward, context),
        ];
    }

    private static MoveSpec SpecOf(MoveColumn move, Column old, Column fresh, Tie tie, PlanContext context)
    {
        var (toChild, makes) = (tie.Child.Matches(move.To), context.IsNew(move.To) && !tie.Many);
        var left = old.Nullable ? null
            : context.Fill(move.Table, move.Name) ?? context.Forms.Zero(old.Type, context.Source)
                ?? throw PlanErrors.NeedsFill(move.Table, move.Name, $"the new release inserts rows without {move.Name}, which is required until it is dropped");
        var given = toChild || fresh.Nullable ? null
            : context.Fill(move.To, move.NewName) ?? fresh.Default?.Sql
                ?? throw PlanErrors.NeedsFill(move.To, move.NewName, $"a row of {move.To} need not have one of {move.Table}, and {move.NewName} is required");
        foreach (var (table, column, value) in new[] { (move.Table, move.Name, left), (move.To, move.NewName, given) })
        {
            var models = new[] { context.Source.Find(table), context.Target.Find(table) };
            if (models.OfType<Table>().SelectMany(each => each.Columns).FirstOrDefault(each => value.MentionsColumn(each.Name)) is { } named)
            {
                throw new SafeMigrateException($"{table}.{column} cannot be filled from {named.Name}: it stands for no value while the column moves.", $"write a value that is the same for every row into --fill \"{table}.{column}=SQL\"");
            }
        }
        var together = context.Decisions.Moves.Where(other => other.Table.Matches(move.Table) && other.To.Matches(move.To));
        return new(toChild ? tie.Parent : tie.Child, move.Name, toChild ? tie.Child : tie.Parent, move.NewName, tie)
        {
            Left = left is null ? null : context.Forms.Typed(left, old.Type),
            Given = given is null ? null : context.Forms.Typed(given, fresh.Type),
            Makes = makes ? [.. tie.ChildKey.Zip(tie.ParentKey, (column, from) => new MadeOf(column, from)), .. together.Select(other => new MadeOf(other.NewName, other.Name))] : null,
            TakesAway = makes && old.Nullable && !fresh.Nullable,
        };
    }

    private static MoveNames Named(MoveSpec spec, PlanContext context)
    {
        var parent = context.TriggerNames("move", spec.Tie.Parent, spec.ParentColumn, spec.Tie.Child.Name, spec.ChildColumn);
        var child = context.TriggerNames("move", spec.Tie.Child, spec.ChildColumn, spec.Tie.Parent.Name, spec.ParentColumn);
        return new(parent, child, spec.ToChild ? parent : child);
    }

    private static Piece Expand(MoveColumn move, Column old, MoveSpec spec, TriggerSteps sync, bool made, PlanContext context) =>
        new(Slot.Expand, $"{(made ? $"makes {move.To} for {move.NewName}" : $"adds {move.NewName} to {move.To}")}; triggers keep it equal to {move.Table}.{move.Name}")
        {
            Table = move.Table,
            Moves = spec,
            Note = Note(move, spec, context),
            Up = new()
            {
                First = Look(move, spec, last: false, "Before anything is written: a value without a place would be lost", context),
                Disposals = made ? [] : [Disposals.Emitted<AddColumn>(add => add.Column.Name == move.NewName && add.Table.Matches(move.To), null)],
                Last =
                [
                    // What an earlier migration left behind would be taken for what the old release wrote.
                    .. old.Nullable ? Array.Empty<Step>() : [new Sql(context.Forms.SetDefault(move.Table, move.Name, null), Suppressed: false, $"The trigger fills {move.Name} for the new release")],
                    .. sync.Create,
                ],
            },
            Down = new() { First = sync.Drop },
        };

    private static Piece Contract(
        MoveColumn move, Column old, Column fresh, MoveSpec spec, TriggerSteps sync, IReadOnlyList<TriggerSteps> parts, BackfillSpec forward, PlanContext context)
    {
        var back = new BackfillSpec(move.Table, context.Key(move.Table), move.Name, context.Forms.Move!.Back(spec)) { ByImage = old.Collation is not null || context.Forms.HasLooseEquality(old.Type) };
        var given = fresh.Default is not null;
        bool Is(AlterColumn alter) => alter.New.Name == move.NewName && alter.Table.Matches(move.To);
        IReadOnlyList<Disposal> altered = given ? [Disposals.Emitted<AlterColumn>(Is, null)] : [];
        var left = context.IsNew(move.To) ? null : Columns.MadeUp(fresh, context);
        IReadOnlyList<Step> Default(Default? value) => left is null ? []
            : [new Sql(context.Forms.SetDefault(move.To, move.NewName, value), Suppressed: false, value is null ? null : "EF's own migration leaves this default as well")];
        return new(Slot.Contract, $"drops the triggers and {move.Table}.{move.Name}")
        {
            Table = move.Table,
            Moves = spec,
            Gate = new(sync.Counter, forward),
            Loses = spec is { ToChild: true, Tie.Many: true } ? $"Where rows of one row of {move.Table} differ by then, {move.Table}.{move.Name} comes back with one of their values." : null,
            Lifts = [new KeepColumn(move.Table, move.Name), .. given ? [new DropDefault(move.To, move.NewName)] : Array.Empty<ModelEdit>()],
            Up = new()
            {
                First = [.. Look(move, spec, last: true, "Once more, for what was written since", context), .. Standing.Default(move.Table, old, set: true, context), .. sync.Drop],
                Disposals = [Disposals.Emitted<DropColumn>(drop => drop.Name == move.Name && drop.Table.Matches(move.Table), null), .. altered],
                Last = Default(left),
            },
            Down = new()
            {
                First = Default(null),
                Disposals = [Returns.Column(move.Table, old, back, parts[0], context), .. altered],
                // Until the old column is filled again nothing may spread from it.
                Last = context.CommitsEachStep ? [.. parts.Skip(1).SelectMany(part => part.Create)] : sync.Create,
            },
        };
    }

    private static IReadOnlyList<Step> Look(MoveColumn move, MoveSpec spec, bool last, string why, PlanContext context) =>
        [.. context.Forms.Move!.Look(spec, context.Key(move.Table), last).Select(statement => new Sql(statement, Suppressed: false, why))];

    private static string Note(MoveColumn move, MoveSpec spec, PlanContext context)
    {
        var (parent, child) = (spec.Tie.Parent, spec.Tie.Child);
        string?[] sentences =
        [
            $"Until contract linked rows of {move.Table} and {move.To} hold one value of {move.Name}, whichever release writes it.",
            spec.Tie.Many ? $"A write of one row of {child} reaches the others of its row of {parent}." : null,
            spec.Makes is null
                ? $"A row of {child} that is inserted without it, or with NULL, takes the value of its row of {parent}, and so does one that comes to another row, unless that has none or the statement writes one; deleting a row of {child} leaves the value in {parent}."
                : $"The value goes along with a row of {child} that is linked anew, and is gone from both when the row is deleted.",
            spec.Left is { } left ? $"Until contract {move.Table}.{move.Name} holds {left} in a row that the new release inserts without one in {move.To}." : null,
            context.Forms.Move!.ReachesSiblings ? null : $"A statement that writes one of the two tables and reads the other fails until contract.",
            $"Writers of {child} and of {parent} that meet at one pair of rows in the same instant can end in a deadlock, and one of them is to be repeated; whoever locks the row of {parent} first, and goes on only where there is one, never meets it.",
        ];
        return string.Join(' ', sentences.OfType<string>());
    }
}
