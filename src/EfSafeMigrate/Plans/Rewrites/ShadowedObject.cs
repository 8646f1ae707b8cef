using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>An index or constraint that stands on a shadowed column: its like is built over the shadow beside it, and takes its name in the swap.</summary>
/// <param name="Name">As the models know it.</param>
/// <param name="Pieces">Build it over the shadow.</param>
internal sealed record ShadowedObject(string Name, IReadOnlyList<Piece> Pieces)
{
    /// <summary>In the swap, when the shadow has the column's name: the like gets its own.</summary>
    public required IReadOnlyList<string> Take { get; init; }

    /// <summary>Undoing that.</summary>
    public required IReadOnlyList<string> Give { get; init; }

    /// <summary>Then, when the old column is back: the object as it was.</summary>
    public required IReadOnlyList<string> Return { get; init; }

    /// <summary>Everything of the table that the column is part of, but for its primary key.</summary>
    public static IReadOnlyList<ShadowedObject> Of(ShadowSpec spec, PlanContext context)
    {
        var before = context.Source.Find(spec.Table)!;
        var renamed = Renamed(before, spec, context);
        return
        [
            .. before.Indexes.Where(index => index.Uses(spec.Column)).Select(index => Of(spec, index, renamed.Indexes.Single(each => each.Name == index.Name), context)),
            .. before.UniqueConstraints.Where(key => key.Columns.Contains(spec.Column))
                .Select(key => Of(spec, key, renamed.UniqueConstraints.Single(each => each.Name == key.Name), context)),
            .. before.ForeignKeys.Where(key => key.Columns.Contains(spec.Column)).Select(key => Constraint(
                spec, key.Name!, Form(key, context), Form(renamed.ForeignKeys.Single(each => each.Name == key.Name) with { Name = Next(key.Name!, context) }, context), context)),
            .. before.Checks.Where(check => check.Sql.MentionsColumn(spec.Column)).Select(check => Constraint(
                spec, check.Name!, Form(check, context), Form(renamed.Checks.Single(each => each.Name == check.Name) with { Name = Next(check.Name!, context) }, context), context)),
        ];

        IReadOnlyList<string> Form(object what, PlanContext from) => Statements(spec.Table, what, from);
    }

    /// <summary>The names of everything that stands on a column.</summary>
    public static IEnumerable<string> Names(Table table, string column) =>
    [
        .. table.Indexes.Where(index => index.Uses(column)).Select(index => index.Name),
        .. table.UniqueConstraints.Where(key => key.Columns.Contains(column)).Select(key => key.Name!),
        .. table.ForeignKeys.Where(key => key.Columns.Contains(column)).Select(key => key.Name!),
        .. table.Checks.Where(check => check.Sql.MentionsColumn(column)).Select(check => check.Name!),
    ];

    private static ShadowedObject Of(ShadowSpec spec, Index index, Index renamed, PlanContext context)
    {
        var next = Next(index.Name, context);
        return new(index.Name, [Build(spec.Table, index.Name, renamed, next, context)])
        {
            Take = [context.Forms.RenameIndex(spec.Table, next, index.Name)],
            Give = [context.Forms.RenameIndex(spec.Table, index.Name, next)],
            Return = [context.Forms.Swap!.CreateIndex(spec.Table, index)],
        };
    }

    private static ShadowedObject Of(ShadowSpec spec, Key key, Key renamed, PlanContext context)
    {
        var (table, name, next) = (spec.Table, key.Name!, Next(key.Name!, context));
        return new(name, [Build(table, name, new(next, renamed.Columns) { Unique = true }, next, context)])
        {
            Take = [context.Forms.Swap!.AdoptIndex(table, key, false, next)],
            // The index goes with the constraint.
            Give = [context.Forms.DropConstraint(table, name), context.Forms.UniqueIndex(table, renamed with { Name = next })],
            Return = [context.Forms.UniqueIndex(table, key), context.Forms.Swap!.AdoptIndex(table, key, false, name)],
        };
    }

    private static Piece Build(TableName table, string name, Index index, string next, PlanContext context)
    {
        var away = new Sql(context.Forms.DropIndex(table, next), Suppressed: true, "An interrupted build leaves an invalid index behind");
        return new(Slot.ConstrainAlone, $"builds the next {name} on {table} while writers go on")
        {
            Table = table,
            Up = new() { First = [away, new Sql(context.Forms.BuildIndex(table, index, next, null), Suppressed: true, $"Built beside {name} while writers go on")] },
            Down = new() { First = [away with { Comment = null }] },
        };
    }

    /// <param name="plain">Adds it over the old column and proves it.</param>
    /// <param name="form">The same over the shadow, under the other name.</param>
    private static ShadowedObject Constraint(ShadowSpec spec, string name, IReadOnlyList<string> plain, IReadOnlyList<string> form, PlanContext context)
    {
        var (table, next) = (spec.Table, Next(name, context));
        var added = new Sql(form[0], Suppressed: false, "Holds for new rows at once and reads none of the old");
        var withdraw = context.Forms.DropConstraint(table, next);
        return new(name,
        [
            new(Slot.ConstrainNew, $"adds the next {name} for new rows")
            {
                Table = table,
                Up = new() { First = [added] },
                Down = new() { First = [new Sql(withdraw, Suppressed: false)] },
            },
            new(Slot.ConstrainProved, $"proves the next {name} while traffic goes on")
            {
                Table = table,
                Up = new() { First = [new Sql(form[1], Suppressed: false, "Reads the old rows while traffic goes on")] },
                Down = new() { First = [new Sql(withdraw, Suppressed: false, "Unproved again: holds for new rows only"), added with { Comment = null }] },
            },
        ])
        {
            Take = [context.Forms.RenameConstraint!(table, next, name)],
            Give = [context.Forms.RenameConstraint!(table, name, next)],
            Return = plain,
        };
    }

    /// <summary>Announces and proves.</summary>
    private static IReadOnlyList<string> Statements(TableName table, object what, PlanContext context) =>
        what switch
        {
            ForeignKey key => context.Forms.ForeignKey(new(table, key), context.Before),
            CheckConstraint check => context.Forms.Check(new(table, check), context.Before),
            _ => null,
        } is { } form
            ? [form.Announce, form.Prove]
            : throw PlanErrors.NotHandled($"the constraints on {table}", "they cannot be proved while traffic goes on");

    private static string Next(string name, PlanContext context) => context.Named("safe_migrate_next", name);

    /// <summary>The table with everything over the shadow in place of the column.</summary>
    private static Table Renamed(Table table, ShadowSpec spec, PlanContext context)
    {
        string Other(string sql) => context.Forms.Shadow!.Renamed(sql, spec.Column, spec.Shadow);
        IReadOnlyList<string> Names(IReadOnlyList<string> names) => [.. names.Select(name => name == spec.Column ? spec.Shadow : name.StartsWith('(') ? Other(name) : name)];
        return table with
        {
            UniqueConstraints = [.. table.UniqueConstraints.Select(key => key with { Columns = Names(key.Columns) })],
            ForeignKeys = [.. table.ForeignKeys.Select(key => key with { Columns = Names(key.Columns) })],
            Checks = [.. table.Checks.Select(check => check with { Sql = Other(check.Sql) })],
            Indexes =
            [
                .. table.Indexes.Select(index => index with
                {
                    Columns = Names(index.Columns),
                    Include = Names(index.Include),
                    Filter = index.Filter is { } filter ? Other(filter) : null,
                    Definition = index.Definition is { } definition ? Other(definition) : null,
                }),
            ],
        };
    }
}
