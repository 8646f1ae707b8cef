using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>An index is built while writers go on, alone in its migration. One that takes the place of another under its name is built beside it first.</summary>
internal sealed class AddIndexRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not CreateIndex create || context.IsNew(create.Table))
        {
            return null;
        }
        // Rows are filled before the index is built: once is cheaper than row by row, and a unique index needs the final values.
        var late = create.Index.Unique || create.Index.Columns.Concat(create.Index.Include).Any(column => Columns.IsFilled(create.Table, column, context));
        return context.Source.Find(create.Table)!.Indexes.Any(index => index.Name == create.Index.Name)
            ? context.Engine.RebuildsTables ? [AtContract(create)] : Swap(create, context)
            : [Build(create, late ? Slot.ConstrainAlone : Slot.ExpandAlone, context)];
    }

    private static Piece Build(CreateIndex create, Slot slot, PlanContext context)
    {
        var (table, name) = (create.Table, create.Index.Name);
        var away = new Sql(context.Forms.DropIndex(table, name), Suppressed: true, "An interrupted build leaves an invalid index behind");
        return new(slot, Summary(create, context))
        {
            Table = table,
            Lifts = [new Postpone(table, Postponed.Index, name)],
            Note = Note(create),
            Up = new()
            {
                First = context.Forms.BuildsLeaveRemains ? [away] : [],
                Disposals = [Disposals.Shaped<CreateIndex>(
                    proposed => proposed.Index.Name == name, emit => emit with { Annotations = context.Forms.Concurrently }, $"Built while writers {(context.Forms.BuildsStopWriters ? "wait" : "go on")}; alone in its migration")],
            },
            Down = new() { Disposals = [Disposals.Replaced<DropIndex>(drop => drop.Name == name, "dropped without stopping anyone", away with { Comment = null })] },
        };
    }

    /// <summary>Where an index takes no new name, the old one stays until the columns it is on go.</summary>
    private static Piece AtContract(CreateIndex create) =>
        new(Slot.Contract, $"puts the new {create.Index.Name} in the place of the old")
        {
            Table = create.Table,
            Lifts = [new Postpone(create.Table, Postponed.Index, create.Index.Name), new KeepIndex(create.Table, create.Index.Name)],
            Note = Note(create),
            Up = new()
            {
                Disposals =
                [
                    Disposals.Emitted<DropIndex>(drop => drop.Name == create.Index.Name, null),
                    Disposals.Emitted<CreateIndex>(proposed => proposed.Index.Name == create.Index.Name, null),
                ],
            },
        };

    private static IReadOnlyList<Piece> Swap(CreateIndex create, PlanContext context)
    {
        var (table, name) = (create.Table, create.Index.Name);
        var other = context.Named("safe_migrate_next", name);
        var away = new Sql(context.Forms.DropIndex(table, other), Suppressed: true, "An interrupted build leaves an invalid index behind");
        var build = new Sql(context.Forms.BuildIndex(table, create.Index, other, context.ProviderSql(create)), Suppressed: true, $"Built beside {name} while writers {(context.Forms.BuildsStopWriters ? "wait" : "go on")}");
        // The running release reads through the old index until the columns it is on go.
        var kept = context.Source.Find(table)!.Indexes.First(index => index.Name == name).Columns.Any(column => context.IsRenamedFrom(table, column));
        return
        [
            new(Slot.ConstrainAlone, Summary(create, context))
            {
                Table = table,
                Note = Note(create),
                Up = new() { First = context.Forms.BuildsLeaveRemains ? [away, build] : [build] },
                Down = new() { First = [away with { Comment = null }] },
            },
            new(kept ? Slot.Contract : Slot.ConstrainProved, $"puts the new {name} in the place of the old")
            {
                Table = table,
                Lifts = [new Postpone(table, Postponed.Index, name), new KeepIndex(table, name)],
                Up = new()
                {
                    Disposals = context.Forms.ReplaceIndex is { } replace
                        ?
                        [
                            Disposals.Replaced<DropIndex>(
                                drop => drop.Name == name, "replaced in one statement", new Sql(replace(table, name, other), Suppressed: false, "Built already, beside the old one")),
                            Disposals.Replaced<CreateIndex>(proposed => proposed.Index.Name == name, "built already"),
                        ]
                        :
                        [
                            Disposals.Emitted<DropIndex>(drop => drop.Name == name, null),
                            Disposals.Replaced<CreateIndex>(
                                proposed => proposed.Index.Name == name, "built already", new Sql(context.Forms.RenameIndex(table, other, name), Suppressed: false, "Built already, beside the old one")),
                        ],
                },
                Down = new()
                {
                    Disposals = [Disposals.Replaced<DropIndex>(
                        drop => drop.Name == name, "kept beside the old one", new Sql(context.Forms.RenameIndex(table, name, other), Suppressed: false))],
                },
            },
        ];
    }

    private static string Summary(CreateIndex create, PlanContext context) => $"builds {create.Index.Name} on {create.Table} while writers {(context.Forms.BuildsStopWriters ? "wait" : "go on")}";

    private static string? Note(CreateIndex create) =>
        create.Index.Unique ? $"{create.Index.Name} makes {string.Join(", ", create.Index.Columns)} unique in {create.Table}: equal rows make its migration fail, and nothing else." : null;
}
