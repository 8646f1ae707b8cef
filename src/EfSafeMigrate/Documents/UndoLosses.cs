using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Documents;

/// <summary>What the Down of a migration takes away, or does not bring back, a sentence each.</summary>
internal static class UndoLosses
{
    public static IReadOnlyList<string> Of(MigrationChanges migration, string? noWayBack)
    {
        if (noWayBack is not null)
        {
            return [$"It cannot be undone: {noWayBack}."];
        }
        var made = migration.Changes.OfType<CreateTable>().Select(create => create.Table).ToArray();
        string[] losses = [.. migration.Changes.Where(change => change is CreateTable || change.Target is not { } target || !made.Any(target.Matches)).Select(change => Of(change, migration)).OfType<string>().Distinct()];
        return losses.Length == 0 ? ["Nothing."] : losses;
    }

    private static string? Of(Change change, MigrationChanges migration) => change switch
    {
        CreateTable { Temporary: false } create when !Plans.Names.IsOwn(create.Table.Name) => $"The rows of {create.Table}.",
        AddColumn { Column.ComputedSql: null } add when migration.Phase is not null => $"What {Say.Column(add.Table, add.Column.Name)} holds and the old shape does not say.",
        AddColumn { Column.ComputedSql: null } add => $"The values of {Say.Column(add.Table, add.Column.Name)}.",
        DropColumn drop => $"The values that {Say.Column(drop.Table, drop.Name)} had do not come back.",
        DropTable drop when !Plans.Names.IsOwn(drop.Table.Name) => $"The rows that {drop.Table} had do not come back.",
        DeleteRows or DeleteData or Truncate => $"The deleted rows of {change.Target} do not come back.",
        UpdateRows update when migration.Phase is null && !IsOfNewColumns(update, migration) => $"The values that were overwritten in {update.Table} do not come back.",
        OpaqueSql => "What raw SQL has done is not known.",
        _ => null,
    };

    private static bool IsOfNewColumns(UpdateRows update, MigrationChanges migration) => update.Columns.Count > 0
        && update.Columns.All(column => migration.Changes.OfType<AddColumn>().Any(add => add.Column.Name == column && add.Table.Matches(update.Table)));
}
