using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>Columns that go and columns that come, and hold the same: the expressions of the ones name the others.</summary>
internal sealed record ColumnGroup(TableName Table, IReadOnlyList<string> Old, IReadOnlyList<string> New)
{
    public bool Has(TableName table, string column) => Table.Matches(table) && (Old.Contains(column) || New.Contains(column));

    /// <summary>What becomes of them, as a noun.</summary>
    public string What => $"{(Old.Count == 1 ? "split" : New.Count == 1 ? "merge" : "regrouping")} of {Listed(Old)} into {string.Join(", ", New)}";

    public string Listed(IReadOnlyList<string> columns) => string.Join(", ", columns.Select(column => $"{Table}.{column}"));
}

/// <summary>Finds the groups by what a person said of how their values are made.</summary>
internal static class ColumnGroups
{
    /// <param name="source">The schema before, with tables under their new names.</param>
    public static IReadOnlyList<ColumnGroup> Of(DatabaseModel source, DatabaseModel target, Decisions decisions) =>
    [
        .. from said in decisions.Usings.GroupBy(each => each.Table)
           let before = source.Find(said.Key)
           let after = target.Find(said.Key)
           where before is not null && after is not null
           from found in Of(said.Key, before, after, [.. said], decisions)
           select found,
    ];

    private static IEnumerable<ColumnGroup> Of(
        TableName table, Table before, Table after, IReadOnlyList<(TableName Table, string Column, string Sql)> said, Decisions decisions)
    {
        bool IsRenamed(string column) => decisions.Renames.Any(rename => rename.Table.Matches(table) && (rename.Name == column || rename.NewName == column));
        var gone = before.Columns.Select(column => column.Name).Where(name => after.Column(name) is null && !IsRenamed(name)).ToList();
        var come = after.Columns.Select(column => column.Name).Where(name => before.Column(name) is null && !IsRenamed(name)).ToList();
        List<HashSet<string>> groups = [];
        foreach (var (_, column, sql) in said.Where(each => gone.Contains(each.Column) || come.Contains(each.Column)))
        {
            HashSet<string> one = [column, .. (gone.Contains(column) ? come : gone).Where(sql.MentionsColumn)];
            foreach (var other in groups.Where(other => other.Overlaps(one)).ToList())
            {
                one.UnionWith(other);
                groups.Remove(other);
            }
            groups.Add(one);
        }
        return groups.Select(group => new ColumnGroup(table, [.. gone.Where(group.Contains)], [.. come.Where(group.Contains)])).Where(group => group is { Old.Count: > 0, New.Count: > 0 });
    }
}
