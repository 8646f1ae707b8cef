using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>EF drops a constraint and adds it again when only its name changes, as it does with the keys of a renamed table.</summary>
internal static class NewNames
{
    /// <summary>The changes, with a rename where the same constraint goes and comes.</summary>
    /// <param name="source">The schema before.</param>
    public static IReadOnlyList<Change> Of(IReadOnlyList<Change> changes, DatabaseModel source)
    {
        List<Change> read = [];
        var left = changes.ToList();
        foreach (var change in changes)
        {
            if (Dropped(change, source) is ({ } name, var what) && left.Find(other => Added(other) is ({ } fresh, var same) && fresh != name && same == what) is TableChange add)
            {
                left.Remove(change);
                left.Remove(add);
                read.Add(new RenameConstraint(add.Table, name, Added(add)!.Value.Name));
            }
        }
        return [.. read, .. left];
    }

    private static (string Name, string What)? Dropped(Change change, DatabaseModel source) => change switch
    {
        DropPrimaryKey { Name: { } name } drop when source.Find(drop.Table)?.PrimaryKey is { } key => (name, Of(drop.Table, "primary key", key)),
        DropUniqueConstraint drop when source.Find(drop.Table)?.UniqueConstraints.FirstOrDefault(each => each.Name == drop.Name) is { } key => (drop.Name, Of(drop.Table, "unique", key)),
        DropForeignKey drop when source.Find(drop.Table)?.ForeignKeys.FirstOrDefault(each => each.Name == drop.Name) is { } key => (drop.Name, Of(drop.Table, key)),
        DropCheckConstraint drop when source.Find(drop.Table)?.Checks.FirstOrDefault(each => each.Name == drop.Name) is { } check => (drop.Name, Of(drop.Table, check)),
        _ => null,
    };

    private static (string Name, string What)? Added(Change change) => change switch
    {
        AddPrimaryKey { Key: { Name: { } name } key } add => (name, Of(add.Table, "primary key", key)),
        AddUniqueConstraint { Key: { Name: { } name } key } add => (name, Of(add.Table, "unique", key)),
        AddForeignKey { ForeignKey: { Name: { } name } key } add => (name, Of(add.Table, key)),
        AddCheckConstraint { Check: { Name: { } name } check } add => (name, Of(add.Table, check)),
        _ => null,
    };

    private static string Of(TableName table, string kind, Key key) => $"{table.Name} {kind} {Columns(key.Columns)}";

    private static string Of(TableName table, ForeignKey key) =>
        $"{table.Name} foreign key {Columns(key.Columns)} to {key.Principal.Name} {Columns(key.PrincipalColumns)} on delete {key.OnDelete}";

    private static string Of(TableName table, CheckConstraint check) => $"{table.Name} check {check.Sql}";

    private static string Columns(IReadOnlyList<string> columns) => string.Join('\0', columns);
}
