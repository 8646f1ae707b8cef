using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// A column gets another type under its name where every statement commits: a column beside it, which no model knows, follows it by triggers until both
/// releases can do with the new type; then the two trade names in one statement, and the triggers go before the old one does.
/// </summary>
/// <param name="Old">The column as the running release knows it.</param>
/// <param name="Fresh">The same column afterwards.</param>
internal sealed record ExchangedColumn(TableName Table, Column Old, Column Fresh)
{
    private string Name => Old.Name;

    public IReadOnlyList<Piece> Pieces(PlanContext context)
    {
        var (spec, forms) = (Spec(context), context.Forms.Exchange!);
        var narrows = context.Forms.Shadow!.Misfit(spec) is not null;
        var follow = Steps(forms.Follow(spec, Names("next", context)), $"Keeps it at what {Name} holds, whichever release writes");
        var filled = new BackfillSpec(Table, context.Key(Table), spec.Shadow, context.Forms.Shadow.Image(spec))
        {
            ByImage = context.Forms.HasLooseEquality(Fresh.Type),
            Trigger = Names("next", context).Trigger,
        };
        return
        [
            new(Slot.Expand, $"adds a column that follows {Table}.{Name} as {Fresh.Type}")
            {
                Table = Table,
                Note = narrows
                    ? $"Until contract {Table}.{Name} is {Old.Type} for both releases; values that {Fresh.Type} cannot hold stop the contract, and nothing else."
                    : $"Until contract {Table}.{Name} is {Old.Type} for both releases, and takes no more of a value than that; when more has to fit at once, give the new type a column of its own name.",
                Converts = narrows ? new(Table, Name, Fresh.Type, Using: null, Required: true) : null,
                Up = new() { Checks = [RefuseDependents(context)], Last = [Step(forms.Add(Table, Fresh with { Name = spec.Shadow }, false), $"Becomes {Name} in the contract"), .. follow.Create] },
                Down = new() { First = [.. follow.Drop, Step(forms.DropColumn(Table, spec.Shadow, []))] },
            },
            Backfills.Piece(filled, context),
            .. Indexes(context).Select(index => Build(index, spec, context)),
            .. Proof(spec, narrows, context),
            Contract(spec, follow, filled, narrows, context),
        ];
    }

    private IReadOnlyList<Piece> Proof(ShadowSpec spec, bool narrows, PlanContext context)
    {
        var forms = context.Forms.Exchange!;
        var restate = Step(forms.Restate(Table, Beside(Fresh, spec, context)), "Filled already; traffic goes on while the server reads the rows");
        var relax = Step(forms.Restate(Table, Fresh with { Name = spec.Shadow, Nullable = true, Default = null, Comment = null }));
        if (!narrows)
        {
            return Fresh is { Nullable: true, Default: null, Comment: null } ? [] :
            [
                new(Slot.ConstrainProved, $"makes the column that follows {Table}.{Name} what it is to be") { Table = Table, Up = new() { Last = [restate] }, Down = new() { First = [relax] } },
            ];
        }
        var guard = Steps(forms.Guard(spec, Names("fits", context)), "Holds for what is written from now on");
        return
        [
            new(Slot.ContractNew, $"refuses new values of {Table}.{Name} that {Fresh.Type} cannot hold")
            {
                Table = Table, Up = new() { Last = guard.Create }, Down = new() { First = guard.Drop },
            },
            new(Slot.ContractProved, $"proves that every value of {Table}.{Name} fits {Fresh.Type}")
            {
                Table = Table, Up = new() { First = [Step(forms.Look(spec), "Reads the old rows while traffic goes on")], Last = [restate] }, Down = new() { First = [relax] },
            },
        ];
    }

    private Piece Contract(ShadowSpec spec, TriggerSteps follow, BackfillSpec filled, bool narrows, PlanContext context)
    {
        var (forms, types) = (context.Forms.Exchange!, context.Forms.Shadow!);
        var back = new ShadowSpec(Table, Name, Fresh.Type, spec.Shadow, Old.Type);
        var tight = types.Misfit(back) is not null;
        var trade = Step(forms.Trade(spec, [.. Indexes(context).Select(index => (index.Name, Next(index.Name, context)))]), "Names change hands and no row is touched; the triggers go on");
        var guard = narrows ? Steps(forms.Guard(spec, Names("fits", context)), null) : TriggerSteps.None;
        bool Is(AlterColumn alter) => alter.New.Name == Name && alter.Table.Matches(Table);
        return new(Slot.Contract, $"puts {Table}.{Name} as {Fresh.Type} in the place of the old")
        {
            Table = Table,
            Gate = new(null, filled),
            Lifts = [new KeepDefinition(Table, Name)],
            Loses = types.Rounds(Old.Type, Fresh.Type) || types.Rounds(Fresh.Type, Old.Type) ? $"Digits of {Table}.{Name} that are rounded away do not come back." : null,
            Up = new()
            {
                Checks = [RefuseDependents(context)],
                Disposals =
                [
                    Disposals.Replaced<AlterColumn>(Is, "the column beside it takes its place",
                    [
                        .. Standing(Old, context), trade, .. Given(Fresh, context), .. guard.Drop, .. follow.Drop,
                        Step(forms.DropColumn(Table, spec.Shadow, [.. Indexes(context).Select(index => Next(index.Name, context))])),
                    ]),
                ],
            },
            Down = new()
            {
                Checks = [RefuseDependents(context), .. tight ? [Step(forms.Look(back), $"Nothing is undone while {Old.Type} has no place for a value")] : Array.Empty<Step>()],
                Disposals = [Disposals.Replaced<AlterColumn>(Is, "the old column comes back with its values", Return(spec, back, trade, follow, guard, tight, context))],
            },
        };
    }

    /// <summary>The same way back: the old type beside the column, filled, and the names traded. It stands first, as the old column did.</summary>
    private IReadOnlyList<Step> Return(ShadowSpec spec, ShadowSpec back, Step trade, TriggerSteps follow, TriggerSteps guard, bool tight, PlanContext context)
    {
        var forms = context.Forms.Exchange!;
        var returning = Steps(forms.Follow(back, Names("back", context)), null);
        var refusing = tight ? Steps(forms.Guard(back, Names("room", context)), null) : TriggerSteps.None;
        var reversed = back with { Column = spec.Shadow, Shadow = Name };
        var fill = new BackfillSpec(Table, context.Key(Table), spec.Shadow, context.Forms.Shadow!.Image(back)) { ByImage = context.Forms.HasLooseEquality(Old.Type) };
        return
        [
            Step(forms.Add(Table, Old with { Name = spec.Shadow }, true)),
            .. refusing.Create, .. returning.Create,
            .. tight ? [Step(forms.Look(back))] : Array.Empty<Step>(),
            Step(context.Forms.FillAtOnce(fill), $"Writes every row of {Table}, in batches"),
            .. Indexes(context).Select(index => Step(context.Forms.BuildIndex(Table, Over(index, spec, context), Next(index.Name, context), null))),
            Step(forms.Before(reversed, forms.Restate(Table, Beside(Old, spec, context)))),
            .. Standing(Fresh, context),
            Step(forms.Trade(reversed, [.. Indexes(context).Select(index => (index.Name, Next(index.Name, context)))]), trade.Comment),
            .. Given(Old, context),
            .. follow.Create, .. guard.Create, .. returning.Drop, .. refusing.Drop,
        ];
    }

    private ShadowSpec Spec(PlanContext context) => new(Table, Name, Old.Type, context.Named("safe_migrate_next", Table.Name, Name), Fresh.Type);

    private ObjectNames Names(string kind, PlanContext context) => context.TriggerNames(kind, Table, Name);

    private static string Next(string name, PlanContext context) => context.Named("safe_migrate_next", name);

    /// <summary>Everything of the table that the column is part of: unique constraints are indexes there.</summary>
    private IReadOnlyList<Index> Indexes(PlanContext context)
    {
        var table = context.Source.Find(Table)!;
        return
        [
            .. table.Indexes.Where(index => index.Uses(Name)),
            .. table.UniqueConstraints.Where(key => key.Columns.Contains(Name)).Select(key => new Index(key.Name!, key.Columns) { Unique = true }),
        ];
    }

    private Index Over(Index index, ShadowSpec spec, PlanContext context) => new(Next(index.Name, context), [.. index.Columns.Select(column => column == Name ? spec.Shadow : column)]) { Unique = index.Unique };

    private Piece Build(Index index, ShadowSpec spec, PlanContext context)
    {
        var next = Next(index.Name, context);
        return new(Slot.ConstrainAlone, $"builds the next {index.Name} on {Table} while writers go on")
        {
            Table = Table,
            Up = new() { First = [Step(context.Forms.BuildIndex(Table, Over(index, spec, context), next, null), $"Built beside {index.Name} while writers go on")] },
            Down = new() { First = [Step(context.Forms.DropIndex(Table, next))] },
        };
    }

    private Step RefuseDependents(PlanContext context) =>
        Step(context.Forms.Exchange!.RefuseDependents(Table, Name, Indexes(context)), "What the model does not know of would be lost with the old column");

    /// <summary>The column as it stands beside the other: an INSERT leaves it out, and the trigger behind the default gives it its value.</summary>
    private static Column Beside(Column column, ShadowSpec spec, PlanContext context) =>
        column with { Name = spec.Shadow, Default = column.Default ?? (column.Nullable ? null : Zero(column, context)) };

    /// <summary>The column that is about to stand beside the other gets a default.</summary>
    private IEnumerable<Step> Standing(Column column, PlanContext context) => column is { Nullable: false, Default: null } ? [Step(context.Forms.SetDefault(Table, Name, Zero(column, context)))] : [];

    /// <summary>The column that has just got the name keeps the default it has in the model, or none.</summary>
    private IEnumerable<Step> Given(Column column, PlanContext context) => column is { Nullable: false, Default: null } ? [Step(context.Forms.SetDefault(Table, Name, null))] : [];

    private static Default Zero(Column column, PlanContext context) => new(
        context.Forms.Zero(column.Type, context.Target) ?? throw PlanErrors.NotHandled($"the change of {column.Name} to {column.Type}", "nobody knows a value of its type that every row can have"), Constant: true);

    private static Sql Step(string sql, string? comment = null) => new(sql, Suppressed: false, comment);

    private static TriggerSteps Steps(TriggerObjects objects, string? comment) => Triggers.Steps(objects, comment);
}
