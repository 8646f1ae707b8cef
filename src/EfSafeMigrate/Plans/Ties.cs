using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>The foreign keys that link the rows of two tables, before and after.</summary>
internal static class Ties
{
    /// <summary>Those of both models; of the target alone where the new table is made.</summary>
    public static IReadOnlyList<Tie> Between(TableName old, TableName fresh, DatabaseModel source, DatabaseModel target) =>
    [
        .. Of(old, fresh, target).Concat(Of(fresh, old, target))
            .Where(tie => source.Find(fresh) is null || Of(old, fresh, source).Concat(Of(fresh, old, source)).Any(was => Same(was, tie)))
            .Select(tie => tie with { Many = tie.Many || (source.Find(fresh) is not null && IsMany(source.Find(tie.Child)!, tie.ChildKey)) }),
    ];

    /// <summary>The columns by which a table's rows are told apart or linked.</summary>
    public static IEnumerable<string> Keys(TableName table, DatabaseModel model) => model.Find(table) is { } found
        ? found.ForeignKeys.SelectMany(key => key.Columns)
            .Concat(found.PrimaryKey?.Columns ?? [])
            .Concat(model.ReferencesTo(found.Name).SelectMany(reference => reference.ForeignKey.PrincipalColumns))
        : [];

    private static IEnumerable<Tie> Of(TableName parent, TableName child, DatabaseModel model) =>
        model.Find(child) is { } found && model.Find(parent) is not null && !parent.Matches(child)
            ? found.ForeignKeys.Where(key => key.Principal.Matches(parent))
                .Select(key => new Tie(key.Name ?? $"the foreign key of {child}", parent, key.PrincipalColumns, child, key.Columns, IsMany(found, key.Columns)))
            : [];

    private static bool Same(Tie one, Tie other) =>
        one.Parent.Matches(other.Parent) && one.Child.Matches(other.Child) && one.ParentKey.SequenceEqual(other.ParentKey) && one.ChildKey.SequenceEqual(other.ChildKey);

    private static bool IsMany(Table child, IReadOnlyList<string> columns) =>
        !child.UniqueConstraints.Append(child.PrimaryKey).OfType<Key>().Select(key => key.Columns)
            .Concat(child.Indexes.Where(index => index is { Unique: true, Filter: null }).Select(index => index.Columns))
            .Any(key => key.All(columns.Contains));
}
