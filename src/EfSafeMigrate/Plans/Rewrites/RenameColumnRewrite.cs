using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The new column stands beside the old one, a trigger keeps both equal, and the old one goes when no release uses it.</summary>
internal sealed class RenameColumnRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not RenameColumn rename || context.Old(rename.Table, rename.Name) is not { } old || context.New(rename.Table, rename.NewName) is not { } fresh)
        {
            return null;
        }
        RenameRefusals.Check(rename, old, fresh, context);
        var table = rename.Table;
        var fill = old.Nullable && !fresh.Nullable
            ? context.Fill(table, fresh.Name) ?? fresh.Default?.Sql ?? throw PlanErrors.NeedsFill(table, fresh.Name, $"{old.Name} may be NULL and {fresh.Name} is required")
            : null;
        var values = RenamedValues.Of(table, old, fresh, context);
        var spec = new SyncSpec(
            table,
            [new(old.Name, values.Down) { Left = values.SameType ? null : old.Default?.Sql, ByImage = IsByImage(old, context) }],
            [
                new(fresh.Name, fill is null ? values.Up : $"COALESCE({values.Up}, {fill})")
                {
                    Given = old is { Nullable: false, Default: null } ? fresh.Default?.Sql : null,
                    ByImage = IsByImage(old, context),
                },
            ])
        {
            Row = Columns.OfBoth(table, context), Key = context.Key(table),
        };
        var names = context.TriggerNames("sync", table, old.Name, fresh.Name);
        var sync = Triggers.Steps(context.Forms.Sync(spec, names), PlanContext.Counter(table, names), $"Keeps {old.Name} and {fresh.Name} {(values.SameType ? "equal" : "the same value in two types")}, whichever release writes");
        var back = Triggers.Steps(context.Forms.Sync(spec with { NewHolds = true }, names), PlanContext.Counter(table, names), $"Keeps {old.Name} and {fresh.Name} equal; until {old.Name} is filled again, {fresh.Name} holds");
        var forward = Forward(table, old, fresh, values, fill, context) with { Trigger = names.Trigger };
        var reconciled = Reconciliation.Of(table, old, forward, context);
        var relaxed = context.RelaxesOld(old) ? [Altered(table, old.Name)] : Array.Empty<Disposal>();
        return
        [
            new(Slot.Expand, $"adds {fresh.Name} to {table}; a trigger keeps it {(values.SameType ? "equal to" : "at the value of")} {old.Name}")
            {
                Table = table,
                Note = Note(table, old, fresh, spec, values),
                Converts = values.SameType ? null : new(table, old.Name, fresh.Type, context.Using(table, fresh.Name), Required: !fresh.Nullable && fill is null),
                Up = new()
                {
                    Disposals = [Disposals.Emitted<AddColumn>(add => add.Column.Name == fresh.Name && add.Table.Matches(table), null, sync.Create), .. relaxed],
                    Last = context.Forms.FillsOmitted ? [] : [.. Standing.Default(table, old, set: true, context)],
                },
                Down = new() { First = [.. context.Forms.FillsOmitted ? [] : Standing.Default(table, old, set: false, context), .. sync.Drop] },
            },
            Backfills.Piece(forward, context),
            .. reconciled.Pieces,
            .. fresh.Nullable || NotNull.IsLate(context) ? [] : NotNull.Pieces(table, fresh with { Default = null }, context),
            Contract(rename, old, fresh, values, sync, back, forward, reconciled, context),
        ];
    }

    private static string? Note(TableName table, Column old, Column fresh, SyncSpec spec, RenamedValues values) => (old, fresh.Default) switch
    {
        _ when values.Said =>
            $"Until contract a write of {table}.{old.Name} or {fresh.Name} fails where its expression does: it has to have an answer for whatever either release writes.",
        _ when values.Tight =>
            $"Until contract {table}.{fresh.Name} takes no more of a value than {old.Type}: what has no place in {old.Name} is an error.",
        (_, { } own) when old.Default?.Sql != own.Sql && spec.New[0].Given is null && (old.Default is not null || fresh.Nullable) =>
            $"Until contract a row that the new release inserts without {fresh.Name} gets {old.Default?.Sql ?? "NULL"}; the default {own.Sql} holds from contract on.",
        ({ Nullable: true, Default: { } shown }, _) =>
            $"Until contract a NULL that the new release inserts into {fresh.Name} becomes {shown.Sql}, the default of {old.Name}: the two cannot be told apart.",
        _ => null,
    };

    private static BackfillSpec Forward(TableName table, Column old, Column fresh, RenamedValues values, string? fill, PlanContext context)
    {
        if (!values.SameType)
        {
            var loose = old.Collation is not null || fresh.Collation is not null || context.Forms.HasLooseEquality(old.Type) || context.Forms.HasLooseEquality(fresh.Type);
            var typed = context.Forms.Shadow!.Cast!(fill is null ? values.Up : $"COALESCE({values.Up}, {fill})", fresh.Type);
            var back = new BackfillSpec(table, [], old.Name, values.Down) { ByImage = true };
            // What the new release wrote stands, also where the old column holds only an image of it.
            var where = $"{context.Engine.Quote(fresh.Name)} IS NULL OR {context.Forms.Unfilled(back)}";
            return new(table, context.Key(table), fresh.Name, fill is null ? values.Up : typed) { ByImage = loose, Where = where };
        }
        var (quoted, byImage) = (context.Engine.Quote(old.Name), IsByImage(old, context));
        // A domain's COALESCE is of the type below it, and images of two types cannot be compared.
        var expression = fill is null ? quoted : byImage ? context.Forms.Typed($"COALESCE({quoted}, {fill})", fresh.Type) : $"COALESCE({quoted}, {fill})";
        return new(table, context.Key(table), fresh.Name, expression) { ByImage = byImage };
    }

    private static bool IsByImage(Column old, PlanContext context) => old.Collation is not null || context.Forms.HasLooseEquality(old.Type);

    private static Piece Contract(
        RenameColumn rename, Column old, Column fresh, RenamedValues values, TriggerSteps sync, TriggerSteps returned, BackfillSpec forward, Reconciliation reconciled, PlanContext context)
    {
        var table = rename.Table;
        var back = forward with { Column = old.Name, Expression = values.Down, Trigger = null, Where = null };
        var given = fresh.Default is not null;
        var late = !fresh.Nullable && NotNull.IsLate(context);
        var required = NotNull.AtContract(table, fresh, context);
        var left = old.Nullable ? Columns.MadeUp(fresh, context) : null;
        return new(Slot.Contract, $"drops the trigger and {table}.{old.Name}")
        {
            Table = table,
            Gate = new(sync.Counter, forward),
            Loses = values.Said ? $"The values of {table}.{old.Name} come back only as its expression makes them." : null,
            Lifts = [new KeepColumn(table, old.Name), .. context.RelaxesOld(old) ? [new Relax(table, old.Name)] : Array.Empty<ModelEdit>(), .. given ? [new DropDefault(table, fresh.Name)] : Array.Empty<ModelEdit>(), .. late ? [new Relax(table, fresh.Name)] : Array.Empty<ModelEdit>()],
            Up = new()
            {
                First = context.CommitsEachStep ? reconciled.Steps : sync.Drop,
                Disposals =
                [
                    Dropped(table, old, sync, context),
                    .. given ? [Altered(table, fresh.Name)] : late ? [required.Up] : Array.Empty<Disposal>(),
                ],
                Last = left is null ? [] : [new Sql(context.Forms.SetDefault(table, fresh.Name, left), Suppressed: false, "EF's own migration leaves this default as well")],
            },
            Down = new()
            {
                First = left is null ? [] : [new Sql(context.Forms.SetDefault(table, fresh.Name, null), Suppressed: false)],
                Disposals =
                [
                    Returns.Column(table, context.RelaxesOld(old) ? old with { Nullable = true } : old, back, returned, context),
                    .. given ? [Altered(table, fresh.Name)] : late ? [required.Down] : Array.Empty<Disposal>(),
                ],
                Last = context.CommitsEachStep ? [] : sync.Create,
            },
        };
    }

    /// <summary>Where each step commits, the trigger fills the old column until nothing but the column itself is left of it.</summary>
    private static Disposal Dropped(TableName table, Column old, TriggerSteps sync, PlanContext context)
    {
        IEnumerable<Step> before = context.CommitsEachStep ? [.. context.Forms.FillsOmitted ? Standing.Default(table, old, set: true, context) : [], .. sync.Drop] : [];
        return new(change => change is DropColumn drop && drop.Name == old.Name && drop.Table.Matches(table), operation => [.. before, new Emit(operation)], "emitted as EF proposes it");
    }

    private static Disposal Altered(TableName table, string column) =>
        Disposals.Emitted<AlterColumn>(alter => alter.New.Name == column && alter.Table.Matches(table), null);
}
