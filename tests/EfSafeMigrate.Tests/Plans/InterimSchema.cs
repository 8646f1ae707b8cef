using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>Model edits on a schema, as the agent makes them on EF's model.</summary>
internal static class InterimSchema
{
    public static DatabaseModel Of(DatabaseModel source, DatabaseModel target, IEnumerable<ModelEdit> edits) =>
        edits.Aggregate(target, (model, edit) => Apply(source, model, edit));

    private static DatabaseModel Apply(DatabaseModel source, DatabaseModel model, ModelEdit edit)
    {
        var kept = source.Find(edit.Table);
        Table Kept() => kept ?? throw new InvalidOperationException($"{edit} names a table the source does not have");
        return edit switch
        {
            KeepTable => model with { Tables = [.. model.Tables, Kept()] },
            KeepColumn keep => On(model, edit, table => table with
            {
                Columns = [.. table.Columns, Column(Kept(), keep.Column) is var column && keep.DefaultSql is { } sql ? column with { Default = new(sql, true) } : column],
            }),
            KeepDefinition keep => On(model, edit, table => table.WithColumn(Column(table, keep.Column).Name, _ => Column(Kept(), keep.Column))),
            KeepIndex keep => On(model, edit, table => table with { Indexes = [.. Free(table.Indexes, keep.Name, index => index.Name), Kept().Indexes.Single(index => index.Name == keep.Name)] }),
            KeepForeignKey keep => On(model, edit, table => table with { ForeignKeys = [.. table.ForeignKeys, Kept().ForeignKeys.Single(key => key.Name == keep.Name)] }),
            KeepUnique keep => On(model, edit, table => table with { UniqueConstraints = [.. table.UniqueConstraints, Kept().UniqueConstraints.Single(key => key.Name == keep.Name)] }),
            KeepCheck keep => On(model, edit, table => table with { Checks = [.. table.Checks, Kept().Checks.Single(check => check.Name == keep.Name)] }),
            Relax relax => On(model, edit, table => table.WithColumn(Column(table, relax.Column).Name, column => column with { Nullable = true })),
            DropDefault drop => On(model, edit, table => table.WithColumn(Column(table, drop.Column).Name, column => column with { Default = null })),
            KeepPrimaryKey => On(model, edit, table => table with { PrimaryKey = Kept().PrimaryKey }),
            Postpone { What: Postponed.PrimaryKey } => On(model, edit, table => table with { PrimaryKey = null }),
            Postpone { What: Postponed.Index } later => On(model, edit, table => table with { Indexes = Without(table.Indexes, index => index.Name == later.Name) }),
            Postpone { What: Postponed.ForeignKey } later => On(model, edit, table => table with { ForeignKeys = Without(table.ForeignKeys, key => key.Name == later.Name) }),
            Postpone { What: Postponed.Unique } later => On(model, edit, table => table with { UniqueConstraints = Without(table.UniqueConstraints, key => key.Name == later.Name) }),
            Postpone { What: Postponed.Check } later => On(model, edit, table => table with { Checks = Without(table.Checks, check => check.Name == later.Name) }),
            _ => throw new InvalidOperationException($"{edit} is not known here"),
        };
    }

    private static DatabaseModel On(DatabaseModel model, ModelEdit edit, Func<Table, Table> change)
    {
        var target = model.Find(edit.Table) ?? throw new InvalidOperationException($"{edit} names a table the model does not have");
        return model with { Tables = [.. model.Tables.Select(table => ReferenceEquals(table, target) ? change(table) : table)] };
    }

    private static Column Column(Table table, string name) => table.Column(name) ?? throw new InvalidOperationException($"{table.Name} has no column {name}");

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> all, Func<T, bool> which)
    {
        all.Count(which).ShouldBe(1, "an edit postpones one object");
        return [.. all.Where(each => !which(each))];
    }

    private static IReadOnlyList<T> Free<T>(IReadOnlyList<T> all, string name, Func<T, string> nameOf)
    {
        all.ShouldNotContain(each => nameOf(each) == name, "a kept object needs its name");
        return all;
    }
}
