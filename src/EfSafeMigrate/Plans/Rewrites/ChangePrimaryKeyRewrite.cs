using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// A table gets a primary key, or another one: its index is built while writers go on. A first key adopts it at once; the place of an old key,
/// by which the running release finds its rows, is taken in the contract. Until then both are unique.
/// </summary>
internal sealed class ChangePrimaryKeyRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (context.Forms.Swap is null || change is not (AddPrimaryKey or DropPrimaryKey) || context.Source.Find(change.Target!) is not { } before
            || context.Target.Find(change.Target!) is not { PrimaryKey: { Name: { } name } key } after)
        {
            return null;
        }
        Refuse(before, after, key, context);
        return change is DropPrimaryKey ? [] : before.PrimaryKey is { } old ? Move(before.Name, old, key, context) : Gain(before.Name, key, context);
    }

    private static IReadOnlyList<Piece> Gain(TableName table, Key key, PlanContext context)
    {
        var next = Next(key, context);
        return
        [
            Build(table, key, next, context),
            new(Slot.ConstrainProved, $"lets {key.Name} adopt its index")
            {
                Table = table,
                Lifts = [new Postpone(table, Postponed.PrimaryKey, key.Name!)],
                Up = new()
                {
                    Disposals = [Disposals.Replaced<AddPrimaryKey>(
                        add => add.Table.Matches(table), "adopts the index that is built", Step(context.Forms.Swap!.AdoptIndex(table, key, true, next.Name!), "Adopts the index that is built already"))],
                },
                Down = new()
                {
                    // The index goes with the constraint, and the migration before expects to find it.
                    Disposals = [Disposals.Emitted<DropPrimaryKey>(drop => drop.Table.Matches(table), null, Step(context.Forms.UniqueIndex(table, next), "The constraint took its index along"))],
                },
            },
        ];
    }

    private static IReadOnlyList<Piece> Move(TableName table, Key old, Key key, PlanContext context)
    {
        var (forms, next) = (context.Forms.Swap!, Next(key, context));
        Disposal dropped = Disposals.Replaced<DropPrimaryKey>(drop => drop.Table.Matches(table), "goes where the other comes");
        Disposal Added(params IReadOnlyList<Sql> by) => Disposals.Replaced<AddPrimaryKey>(add => add.Table.Matches(table), "takes the place of the other", by);
        return
        [
            Build(table, key, next, context),
            new(Slot.Contract, $"puts {key.Name} on {string.Join(", ", key.Columns)} in the place of the one on {string.Join(", ", old.Columns)}")
            {
                Table = table,
                Lifts = [new KeepPrimaryKey(table)],
                Note = $"Until the contract rows of {table} differ in {string.Join(", ", old.Columns)} as well as in {string.Join(", ", key.Columns)}; where the running release changes a row's {string.Join(", ", key.Columns.Except(old.Columns))}, the new one does not find it any more. "
                    + $"From the contract on nothing keeps {string.Join(", ", old.Columns)} unique: an INSERT … ON CONFLICT that names it fails, and the contract can be undone as long as the rows still differ in it.",
                Up = new()
                {
                    Disposals = [dropped, Added(Step(context.Forms.DropConstraint(table, old.Name!), null), Step(forms.AdoptIndex(table, key, true, next.Name!), "Adopts the index that is built already"))],
                },
                Down = new()
                {
                    Disposals =
                    [
                        dropped,
                        Added(Step(context.Forms.DropConstraint(table, key.Name!), null), Step(forms.AddKey(table, old, true), null), Step(context.Forms.UniqueIndex(table, next), "The constraint took its index along")),
                    ],
                },
            },
        ];
    }

    private static Piece Build(TableName table, Key key, Key next, PlanContext context)
    {
        var away = new Sql(context.Forms.DropIndex(table, next.Name!), Suppressed: true, "An interrupted build leaves an invalid index behind");
        var build = new Sql(context.Forms.BuildIndex(table, new Index(next.Name!, next.Columns) { Unique = true }, next.Name!, null), Suppressed: true, "Built while writers go on; alone in its migration");
        return new(Slot.ConstrainAlone, $"builds the index of {key.Name} while writers go on")
        {
            Table = table,
            Note = $"{key.Name} makes {string.Join(", ", key.Columns)} unique in {table}: equal rows make its migration fail, and nothing else.",
            Up = new() { First = [away, build] },
            Down = new() { First = [away with { Comment = null }] },
        };
    }

    private static void Refuse(Table before, Table after, Key key, PlanContext context)
    {
        var old = before.PrimaryKey;
        var fresh = key.Columns.FirstOrDefault(column => before.Column(column) is null);
        var referencing = context.Source.ReferencesTo(before.Name).Concat(context.Target.ReferencesTo(after.Name)).Select(reference => reference.ForeignKey)
            .FirstOrDefault(reference => old is null || reference.PrincipalColumns.SequenceEqual(old.Columns) || reference.PrincipalColumns.SequenceEqual(key.Columns));
        var given = old?.Columns.FirstOrDefault(column => before.Column(column) is { } was && (after.Column(column) is not { } stays || stays.Identity != was.Identity || stays.Nullable || stays.Type != was.Type));
        var why =
            referencing is not null ? $"{referencing.Name} references it; drop that in a migration before and add it again in one after"
            : fresh is not null && context.Changes.OfType<AddColumn>().FirstOrDefault(add => add.Column.Name == fresh && add.Table.Matches(before.Name)) is not { Column.Identity: false }
                ? $"{fresh} is new and the database gives it its values; add it in a migration before, as an ordinary column"
            : old is not null && context.Changes.OfType<AddUniqueConstraint>().FirstOrDefault(add => add.Table.Matches(before.Name) && add.Key.Columns.SequenceEqual(old.Columns)) is { } kept
                ? $"{kept.Key.Name} keeps its old columns unique, and a model has one key over the same columns; add it in a migration after"
            : given is not null ? $"{given} changes as well, by which the running release finds its rows; change that in a migration after"
            : key.Columns.Any(column => context.IsRenamedTo(before.Name, column)) ? "a column of it is renamed as well; rename it in a migration before"
            : null;
        if (why is not null)
        {
            throw PlanErrors.NotHandled($"the primary key {key.Name} of {before.Name}", why);
        }
    }

    private static Key Next(Key key, PlanContext context) => new(context.Named("safe_migrate_next", key.Name!), key.Columns);

    private static Sql Step(string sql, string? comment) => new(sql, Suppressed: false, comment);
}
