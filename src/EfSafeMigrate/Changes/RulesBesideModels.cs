namespace EfSafeMigrate.Changes;

/// <summary>EF's models know nothing of constraints and columns that SQL added; a later migration may rest on them all the same.</summary>
internal static class RulesBesideModels
{
    public static ChangeSet WithRulesOfEarlierSql(this ChangeSet set)
    {
        var before = DatabaseModel.Empty;
        List<MigrationChanges> all = [];
        foreach (var migration in set.Migrations)
        {
            var source = migration.Source with { Tables = [.. migration.Source.Tables.Select(table => table.WithRulesOf(before.Find(table.Name)))] };
            var changes = migration.Changes.Select(change => Known(change, source)).ToList();
            all.Add(migration with { Source = source, Changes = changes });
            before = changes.Aggregate(source, Evolution.After);
        }
        return new ChangeSet(all);
    }

    /// <summary>The statement was read without the column that it makes required.</summary>
    private static Change Known(Change change, DatabaseModel source) =>
        change is AlterColumn { Old: null, Clause: "SET NOT NULL" } alter && source.Find(alter.Table)?.Column(alter.New.Name) is { } column
            ? alter with { Old = column, New = column with { Nullable = false } }
            : change;

    private static Table WithRulesOf(this Table table, Table? before) => before is null ? table : table with
    {
        Columns = [.. table.Columns, .. before.Columns.ExceptBy(table.Columns.Select(column => column.Name), column => column.Name)],
        Checks = [.. table.Checks, .. before.Checks.ExceptBy(table.Checks.Select(check => check.Name), check => check.Name)],
        NotNulls = [.. table.NotNulls, .. before.NotNulls.ExceptBy(table.NotNulls.Select(rule => rule.Name), rule => rule.Name)],
    };
}
