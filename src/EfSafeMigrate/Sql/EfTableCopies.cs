using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>
/// EF alters a SQLite table by copying it: <c>ef_temp_X</c> is created and filled, X is dropped, the copy gets its name and the indexes again.
/// Folds these statements back into the operations they carry out.
/// </summary>
internal static partial class EfTableCopies
{
    private const string Prefix = "ef_temp_";

    /// <param name="texts">The statements, by the operation of a change's origin.</param>
    public static IReadOnlyList<Change> Folded(IReadOnlyList<Change> changes, DatabaseModel source, Func<int, string> texts)
    {
        var kept = changes.Select(change => new List<Change> { change }).ToArray();
        var model = source;
        for (var at = 0; at < changes.Count; at++)
        {
            if (changes[at] is CreateTable create && create.Table.Name.StartsWith(Prefix, StringComparison.Ordinal)
                && Renaming(changes, at, create.Table) is > 0 and var end && model.Find(((RenameTable)changes[end]).NewName) is { } old)
            {
                Fold(changes, kept, at, end, old, create.Definition with { Name = old.Name }, texts);
            }
            model = model.After(changes[at]);
        }
        return [.. kept.SelectMany(each => each)];
    }

    private static void Fold(IReadOnlyList<Change> changes, List<Change>[] kept, int start, int end, Table old, Table copy, Func<int, string> texts)
    {
        var copyName = changes[start].Target!;
        kept[start].Clear();
        for (var at = start + 1; at < changes.Count; at++)
        {
            if (changes[at] switch
            {
                InsertRows insert => insert.Table.Matches(copyName),
                DropTable drop => at < end && drop.Table.Matches(old.Name),
                RenameTable => at == end,
                OtherStatement other => other.Verb.StartsWith("PRAGMA foreign_keys", StringComparison.OrdinalIgnoreCase),
                CreateIndex index => at > end && old.Indexes.Any(each => each.Name == index.Index.Name && index.Table.Matches(old.Name)),
                _ => false,
            })
            {
                kept[at].Clear();
            }
        }
        var fill = changes.Skip(start).Take(end - start).OfType<InsertRows>().Select(insert => texts(insert.Origin.Operation)).FirstOrDefault() ?? "";
        var carried = Differences(old, copy, fill).DefaultIfEmpty(new AlterTable(old.Name, "copy"));
        kept[start].AddRange(carried.Select(change => change with
        {
            Origin = changes[start].Origin with { OperationName = change.GetType().Name },
            // EF turns the foreign keys off in between, which only works outside a transaction.
            InTransaction = false,
        }));
    }

    private static int Renaming(IReadOnlyList<Change> changes, int from, TableName copy) =>
        Enumerable.Range(from, changes.Count - from).FirstOrDefault(at => changes[at] is RenameTable rename && rename.Table.Matches(copy) && Prefix + rename.NewName.Name == copy.Name);

    private static IEnumerable<Change> Differences(Table old, Table copy, string fill)
    {
        foreach (var column in old.Columns.Where(column => copy.Column(column.Name) is null))
        {
            yield return new DropColumn(old.Name, column.Name);
        }
        foreach (var column in copy.Columns)
        {
            var before = old.Column(column.Name);
            if (before is null)
            {
                yield return new AddColumn(old.Name, column);
            }
            else if (column != before)
            {
                yield return new AlterColumn(old.Name, before.Nullable && !column.Nullable ? column with { Default = Filled(fill, column.Name) ?? column.Default } : column, before);
            }
        }
        foreach (var key in old.ForeignKeys.ExceptBy(copy.ForeignKeys.Select(Shape), Shape))
        {
            yield return new DropForeignKey(old.Name, key.Name ?? "");
        }
        foreach (var key in copy.ForeignKeys.ExceptBy(old.ForeignKeys.Select(Shape), Shape))
        {
            yield return new AddForeignKey(old.Name, key);
        }
        foreach (var key in old.UniqueConstraints.ExceptBy(copy.UniqueConstraints.Select(key => key.Name), key => key.Name))
        {
            yield return new DropUniqueConstraint(old.Name, key.Name ?? "");
        }
        foreach (var key in copy.UniqueConstraints.ExceptBy(old.UniqueConstraints.Select(key => key.Name), key => key.Name))
        {
            yield return new AddUniqueConstraint(old.Name, key);
        }
        foreach (var check in old.Checks.ExceptBy(copy.Checks.Select(check => check.Name), check => check.Name))
        {
            yield return new DropCheckConstraint(old.Name, check.Name ?? "");
        }
        foreach (var check in copy.Checks.ExceptBy(old.Checks.Select(check => check.Name), check => check.Name))
        {
            yield return new AddCheckConstraint(old.Name, check);
        }
        if (old.PrimaryKey is { } was && (copy.PrimaryKey is null || !was.Columns.SequenceEqual(copy.PrimaryKey.Columns)))
        {
            yield return new DropPrimaryKey(old.Name, was.Name);
        }
        if (copy.PrimaryKey is { } now && (old.PrimaryKey is null || !now.Columns.SequenceEqual(old.PrimaryKey.Columns)))
        {
            yield return new AddPrimaryKey(old.Name, now);
        }
    }

    private static string Shape(ForeignKey key) => $"{key.Name} {string.Join(',', key.Columns)} {key.Principal} {key.OnDelete}";

    /// <summary>The copy gives a NULL the default that the model gives the column.</summary>
    private static Default? Filled(string fill, string column) =>
        Given().Matches(fill).FirstOrDefault(match => match.Groups["column"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) == column) is { } given
            ? new(given.Groups["value"].Value.Trim(), Constant: true) : null;

    [GeneratedRegex("""IFNULL\("(?<column>(?:[^"]|"")+)",\s*(?<value>'(?:[^']|'')*'|[^()',]+)\)""")]
    private static partial Regex Given();
}
