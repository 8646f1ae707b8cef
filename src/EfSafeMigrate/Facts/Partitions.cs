using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Facts;

/// <summary>An EF model does not say that a table is partitioned; the database does, and much follows from it.</summary>
internal static class Partitions
{
    public static ChangeSet WithPartitions(this ChangeSet changes, FactSheet facts) =>
        changes with { Migrations = [.. changes.Migrations.Select(migration => migration with { Source = migration.Source.With(facts) })] };

    private static DatabaseModel With(this DatabaseModel model, FactSheet facts) => model with
    {
        Tables = [.. model.Tables.Select(table =>
            table.Kind == TableKind.Table && facts.Of(table.Name).Partitions is not null ? table with { Kind = TableKind.Partitioned } : table)],
    };
}
