using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The column stays until no release uses it. A required one gets a default, so that the new release can insert without it.</summary>
internal sealed class DropColumnRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not DropColumn drop || context.Old(drop.Table, drop.Name) is not { } column || context.Source.Find(drop.Table)!.PrimaryKey?.Columns.Contains(drop.Name) == true
            || context.Group(drop.Table, drop.Name) is not null)
        {
            return null;
        }
        var (table, name) = (drop.Table, drop.Name);
        var assigned = column.Identity || column.ComputedSql is not null;
        var given = assigned || column.Nullable || column.Default is not null
            ? null
            : context.Fill(table, name) ?? context.Forms.Zero(column.Type, context.Source)
                ?? throw PlanErrors.NeedsFill(table, name, $"the new release inserts rows without {name}, which is required until it is dropped");
        var names = context.TriggerNames("drop", table, name);
        var counter = assigned
            ? TriggerSteps.None
            : Triggers.Steps(
                context.Forms.CountWrites(table, name, given ?? column.Default?.Sql, names), PlanContext.Counter(table, names),
                $"Counts writes to {name}, so that it is known when the old release is gone");
        bool Is(AlterColumn alter) => alter.New.Name == name && alter.Table.Matches(table);
        const string Why = "The new release inserts without it";
        // The provider leaves out a default that some versions of the server do not take.
        Disposal Given(string value) => context.Forms.KeepsMadeUpDefault(column.Type)
            ? Disposals.Emitted<AlterColumn>(Is, Why, counter.Create)
            : Disposals.Replaced<AlterColumn>(Is, "given by its own statement", [new Sql(context.Forms.SetDefault(table, name, new(value, Constant: true)), Suppressed: false, Why), .. counter.Create]);
        return
        [
            new(Slot.Expand, given is null ? $"keeps {table}.{name} for the running release" : $"gives {table}.{name} a default, for the new release inserts without it")
            {
                Table = table,
                Up = given is null ? new() { Last = counter.Create } : new() { Disposals = [Given(given)] },
                Down = new() { First = counter.Drop },
            },
            new(Slot.Contract, $"drops {table}.{name}")
            {
                Table = table,
                Lifts = [new KeepColumn(table, name, given)],
                Gate = counter.Counter is { } writes ? new(writes) : null,
                Loses = assigned ? null : $"The values of {table}.{name} do not come back.",
                Up = new()
                {
                    First = counter.Drop,
                    Disposals = [Disposals.Emitted<DropColumn>(proposed => proposed.Name == name && proposed.Table.Matches(table), null)],
                },
                Down = new()
                {
                    Disposals = given is null || context.Forms.KeepsMadeUpDefault(column.Type) ? [] :
                    [
                        Disposals.Replaced<AddColumn>(
                            add => add.Column.Name == name && add.Table.Matches(table), "with its default at once",
                            new Sql(context.Forms.AddColumn(table, column with { Default = new(given, Constant: true) }), Suppressed: false, Why)),
                    ],
                    Last = counter.Create,
                },
            },
        ];
    }
}
