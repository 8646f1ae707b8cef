using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// A column gets another type under its name: a shadow beside it, which no model knows, follows it by a trigger until both releases can do
/// with the new type; then the shadow takes its place with all that stands on it. Both releases write the old column until then.
/// </summary>
/// <param name="Old">The column as the running release knows it.</param>
/// <param name="Fresh">The same column afterwards.</param>
internal sealed record ShadowedColumn(TableName Table, Column Old, Column Fresh)
{
    public string Name => Old.Name;

    public ShadowSpec Spec(PlanContext context) => new(Table, Name, Old.Type, context.Named("safe_migrate_next", Table.Name, Name), Fresh.Type);

    public IReadOnlyList<Piece> Pieces(PlanContext context)
    {
        var (spec, forms) = (Spec(context), context.Forms.Shadow!);
        var narrows = forms.Misfit(spec) is not null;
        var names = context.TriggerNames("next", Table, Name);
        var follow = Triggers.Steps(context.Forms.Swap!.Follow([spec], names), PlanContext.Counter(Table, names), $"Keeps it at what {Name} holds, whichever release writes");
        var filled = new BackfillSpec(Table, context.Key(Table), spec.Shadow, forms.Image(spec))
        {
            ByImage = Fresh.Collation is not null || context.Forms.HasLooseEquality(Fresh.Type),
            Trigger = names.Trigger,
        };
        (IReadOnlyList<Piece> Pieces, IReadOnlyList<string> Return)? proof = narrows ? Fits(spec, context) : Fresh.Nullable ? null : Required(spec, Slot.ConstrainNew, Slot.ConstrainProved, context);
        var objects = ShadowedObject.Of(spec, context);
        var add = new Sql(context.Forms.AddColumn(Table, Fresh with { Name = spec.Shadow }), Suppressed: false, $"Becomes {Name} in the contract");
        return
        [
            new(Slot.Expand, $"adds a column that follows {Table}.{Name} as {Fresh.Type}")
            {
                Table = Table,
                Note = Note(spec, context),
                Converts = narrows ? new(Table, Name, Fresh.Type, Using: null, Required: true) : null,
                Up = new() { First = [RefuseDependents(context)], Last = [add, .. follow.Create] },
                Down = new() { First = [.. follow.Drop, new Sql(context.Forms.Swap!.DropColumn(Table, spec.Shadow), Suppressed: false)] },
            },
            Backfills.Piece(filled, context),
            .. objects.SelectMany(each => each.Pieces),
            .. proof?.Pieces ?? [],
            Swap(spec, follow, filled, objects, proof, context),
        ];
    }

    private string Note(ShadowSpec spec, PlanContext context)
    {
        var until = context.Forms.Shadow!.Misfit(spec) is null
            ? $"Until contract {Table}.{Name} is {Old.Type} for both releases, and takes no more of a value than that"
            : $"Until contract {Table}.{Name} is {Old.Type} for both releases; values that {Fresh.Type} cannot hold stop the contract, and nothing else";
        return $"{until}; when more has to fit at once, give the new type a column of its own name.";
    }

    private Piece Swap(
        ShadowSpec spec, TriggerSteps follow, BackfillSpec filled, IReadOnlyList<ShadowedObject> objects, (IReadOnlyList<Piece> Pieces, IReadOnlyList<string> Return)? proof, PlanContext context)
    {
        var (forms, types) = (context.Forms.Swap!, context.Forms.Shadow!);
        var loses = types.Rounds(Old.Type, Fresh.Type) || types.Rounds(Fresh.Type, Old.Type);
        bool Is(AlterColumn alter) => alter.New.Name == Name && alter.Table.Matches(Table);
        return new(Slot.Contract, $"puts {Table}.{Name} as {Fresh.Type} in the place of the old")
        {
            Table = Table,
            Gate = new(null, filled),
            Lifts = [new KeepDefinition(Table, Name)],
            Loses = loses ? $"Digits of {Table}.{Name} that are rounded away do not come back." : null,
            Up = new()
            {
                Disposals =
                [
                    Disposals.Replaced<AlterColumn>(Is, "the shadow takes its place",
                    [
                        RefuseDependents(context),
                        .. follow.Drop,
                        .. Steps($"All that stands on {Name} goes with it; its like is there already",
                        [
                            forms.DropColumn(Table, Name), forms.RenameColumn(Table, spec.Shadow, Name), .. Fresh.Nullable ? [] : NotNull.Settled(Table, Name, spec.Shadow, context), .. objects.SelectMany(each => each.Take),
                            .. Facets(Fresh, context),
                        ]),
                    ]),
                ],
            },
            Down = new()
            {
                Disposals =
                [
                    Disposals.Replaced<AlterColumn>(Is, "the old column comes back with its values",
                    [
                        .. Steps($"Writes every row of {Table}",
                        [
                            .. Facets(Fresh, context, cleared: true), forms.RenameColumn(Table, Name, spec.Shadow), .. Fresh.Nullable ? [] : NotNull.Settled(Table, Name, spec.Shadow, context, undone: true), .. objects.SelectMany(each => each.Give),
                            context.Forms.AddColumn(Table, Old),
                            // Assigned, not cast: a value that does not fit is an error.
                            context.Forms.FillAtOnce(new(Table, [], Name, context.Engine.Quote(spec.Shadow))),
                            .. Old.Nullable ? [] : context.Forms.NotNull(Table, Old, "", new(12)).Require.Take(1),
                            .. Facets(Old, context), .. objects.SelectMany(each => each.Return), .. proof?.Return ?? [],
                        ]),
                        .. follow.Create,
                    ]),
                ],
            },
        };
    }

    private string FitsName(PlanContext context) => context.Named("safe_migrate_fits", Table.Name, Name);

    private Sql RefuseDependents(PlanContext context)
    {
        var (table, forms) = (context.Source.Find(Table)!, context.Forms.Swap!);
        string[] known = [.. ShadowedObject.Names(table, Name).Append(FitsName(context)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var plain = forms.Plain(Table, table.Indexes.Where(index => index.Uses(Name)));
        return new(forms.RefuseDependents([(Table, Name)], known, plain), Suppressed: false, "What the model does not know of would be lost with the old column");
    }

    /// <summary>What a column has beside its type.</summary>
    private IEnumerable<string> Facets(Column column, PlanContext context, bool cleared = false) =>
    [
        .. column.Default is { } given ? [context.Forms.SetDefault(Table, Name, cleared ? null : given)] : Array.Empty<string>(),
        .. column.Comment is { } comment ? [context.Forms.Shadow!.Comment!(Table, Name, cleared ? null : comment)] : Array.Empty<string>(),
    ];

    /// <summary>
    /// A longer value of the old release leaves the shadow NULL, which must not fail while that release runs: that there is none
    /// holds from contract on, is proved there, and lets the column become what it was.
    /// </summary>
    private (IReadOnlyList<Piece> Pieces, IReadOnlyList<string> Return) Fits(ShadowSpec spec, PlanContext context)
    {
        if (!Fresh.Nullable)
        {
            return Required(spec, Slot.ContractNew, Slot.ContractProved, context);
        }
        var name = FitsName(context);
        var condition = $"{context.Engine.Quote(spec.Shadow)} IS NOT NULL OR {context.Engine.Quote(Name)} IS NULL";
        if (context.Forms.Check(new(Table, new(name, condition)), context.Before) is not { Announce: var announce, Prove: var prove })
        {
            throw PlanErrors.NotHandled($"the change of {Table}.{Name} to {Fresh.Type}", "that every value fits cannot be proved while traffic goes on");
        }
        var withdraw = context.Forms.DropConstraint(Table, name);
        return (Proof($"every value of {Table}.{Name} fits {Fresh.Type}", announce, prove, withdraw, [], [withdraw, announce], Slot.ContractNew, Slot.ContractProved), [announce, prove]);
    }

    private (IReadOnlyList<Piece> Pieces, IReadOnlyList<string> Return) Required(ShadowSpec spec, Slot announced, Slot proved, PlanContext context)
    {
        var form = context.Forms.NotNull(Table, Fresh with { Name = spec.Shadow }, NotNull.Name(Table, spec.Shadow, context), context.Version);
        return (Proof($"{Table}.{Name} has a value as {Fresh.Type}", form.Proof!.Announce, form.Proof.Prove, form.Proof.Withdraw, form.Require, form.Relax, announced, proved), []);
    }

    private IReadOnlyList<Piece> Proof(
        string what, string announce, string prove, string withdraw, IReadOnlyList<string> require, IReadOnlyList<string> relax, Slot announced, Slot proved) =>
    [
        new(announced, $"requires of new rows that {what}")
        {
            Table = Table,
            Up = new() { Last = [new Sql(announce, Suppressed: false, "Holds for new rows at once and reads none of the old")] },
            Down = new() { First = [new Sql(withdraw, Suppressed: false)] },
        },
        new(proved, $"proves that {what} while traffic goes on")
        {
            Table = Table,
            Up = new() { First = [new Sql(prove, Suppressed: false, "Reads the old rows while traffic goes on"), .. Steps("Proved above, so nothing is scanned", require)] },
            Down = new() { First = [.. Steps("Unproved again: holds for new rows only", relax)] },
        },
    ];

    private static IEnumerable<Step> Steps(string comment, IReadOnlyList<string> statements) =>
        statements.Select((statement, at) => new Sql(statement, Suppressed: false, at == 0 ? comment : null));
}
