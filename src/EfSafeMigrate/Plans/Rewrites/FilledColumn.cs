using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A column on its way to required: a trigger gives it a value where the running release leaves it NULL, until contract.</summary>
/// <param name="Value">The value for rows that have none, as SQL over the row's columns.</param>
/// <param name="Left">The default that EF's own migration leaves behind and the model does not know; null when there is none.</param>
internal sealed record FilledColumn(TableName Table, string Name, string Value, Default? Left)
{
    /// <param name="expand">What becomes of the operations EF proposes in expand.</param>
    public IReadOnlyList<Piece> Pieces(string summary, Func<TriggerSteps, Share> expand, IReadOnlyList<ModelEdit> lifts, Disposal? contract, PlanContext context)
    {
        var (before, after) = (context.Source.Find(Table)!, context.Target.Find(Table)!);
        var between = after with { Columns = [.. after.Columns, .. before.Columns.ExceptBy(after.Columns.Select(column => column.Name), column => column.Name)] };
        if (between.Columns.FirstOrDefault(column => column.ComputedSql is not null && Value.MentionsColumn(column.Name)) is { } computed)
        {
            throw PlanErrors.Computed(Table, Name, computed.Name);
        }
        if (context.Forms.NumbersRowsLate && between.Columns.FirstOrDefault(column => column.Identity && Value.MentionsColumn(column.Name)) is { } numbered)
        {
            throw PlanErrors.Numbered(Table, Name, numbered.Name);
        }
        // Triggers fire in the order of their names: this one behind "sync", because the value may be made of a column that is renamed.
        // Where the order is that of their making, it is made last.
        var names = context.TriggerNames("value", Table, Name);
        var trigger = Triggers.Steps(
            context.Forms.FillNulls(between, Name, Value, names), PlanContext.Counter(Table, names),
            $"The running release leaves {Name} NULL; the trigger fills it");
        var spec = new BackfillSpec(Table, context.Key(Table), Name, Value) { NullsOnly = true, Trigger = names.Trigger };
        var late = NotNull.IsLate(context);
        var required = NotNull.AtContract(Table, after.Column(Name)!, context);
        IReadOnlyList<Disposal> Contracted(Disposal own) => contract is not null ? [contract] : late ? [own] : [];
        return
        [
            new(Slot.Expand, summary) { Table = Table, Up = Expanded(expand, trigger, context), Down = new() { First = trigger.Drop } },
            Backfills.Piece(spec, context),
            .. late ? [] : NotNull.Pieces(Table, after.Column(Name)! with { Default = null }, context),
            new(Slot.Contract, $"drops the trigger that fills {Table}.{Name}")
            {
                Table = Table,
                Lifts = late ? [.. lifts, new Relax(Table, Name)] : lifts,
                Gate = new(trigger.Counter, spec),
                Up = new() { First = trigger.Drop, Disposals = Contracted(required.Up), Last = Default(Left, context) },
                Down = new() { First = Left is null ? [] : Default(null, context), Disposals = Contracted(required.Down), Last = trigger.Create },
            },
        ];
    }

    private static Share Expanded(Func<TriggerSteps, Share> expand, TriggerSteps trigger, PlanContext context)
    {
        if (!context.Forms.FiresAsMade)
        {
            return expand(trigger);
        }
        var share = expand(trigger with { Create = [] });
        return share with { Last = [.. share.Last, .. trigger.Create] };
    }

    private IReadOnlyList<Step> Default(Default? value, PlanContext context) =>
        Left is null || context.Forms.WritesRowsTwice || !context.Forms.KeepsMadeUpDefault(context.New(Table, Name)!.Type) ? [] : [new Sql(context.Forms.SetDefault(Table, Name, value), Suppressed: false, value is null ? null : "EF's own migration leaves this default as well")];
}
