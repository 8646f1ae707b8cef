using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Uses;

/// <summary>The tables and columns that changes touch and that a release may know: none of a table that the same deployment makes.</summary>
internal static partial class TouchedNames
{
    /// <param name="together">The migrations reach the database in one go; otherwise each is a deployment of its own.</param>
    public static IReadOnlyList<TouchedName> In(ChangeSet changes, bool together)
    {
        var deployments = together ? [changes.Migrations.SelectMany(migration => migration.Changes)] : changes.Migrations.Select(migration => (IEnumerable<Change>)migration.Changes);
        return [.. deployments.SelectMany(InOne).DistinctBy(each => (each.Table, each.Column, each.Touch, each.NewName))];
    }

    private static IEnumerable<TouchedName> InOne(IEnumerable<Change> changes)
    {
        var created = new HashSet<TableName>();
        foreach (var change in changes)
        {
            if (change is CreateTable create)
            {
                created.Add(create.Definition.Name);
            }
            else if (change.Target is { } table && !created.Contains(table))
            {
                foreach (var touched in Of(change))
                {
                    yield return touched;
                }
            }
        }
    }

    /// <summary><c>varchar(40)</c> to <c>varchar(80)</c>, and <c>numeric(8,2)</c> to <c>numeric(12,2)</c>; more places behind the point take some in front of it.</summary>
    private static bool IsWider(string old, string now)
    {
        var (before, after) = (Sized().Match(old), Sized().Match(now));
        return before.Success && after.Success && before.Groups["name"].Value.Equals(after.Groups["name"].Value, StringComparison.OrdinalIgnoreCase)
            && before.Groups["scale"].Value == after.Groups["scale"].Value
            && int.TryParse(before.Groups["size"].Value, CultureInfo.InvariantCulture, out var small) && int.TryParse(after.Groups["size"].Value, CultureInfo.InvariantCulture, out var large) && small <= large;
    }

    [GeneratedRegex(@"^(?<name>[^(]+)\((?<size>\d+)(?:,\s*(?<scale>\d+))?\)$")]
    private static partial Regex Sized();

    private static IEnumerable<TouchedName> Of(Change change)
    {
        var migration = change.Origin.Migration;
        switch (change)
        {
            case DropColumn drop:
                yield return new(migration, drop.Table, drop.Name, Touch.DroppedColumn);
                break;
            case RenameColumn rename:
                yield return new(migration, rename.Table, rename.Name, Touch.RenamedColumn) { NewName = rename.NewName };
                break;
            case DropTable drop:
                yield return new(migration, drop.Table, null, Touch.DroppedTable);
                break;
            case RenameTable rename:
                yield return new(migration, rename.Table, null, Touch.RenamedTable) { NewName = $"{rename.NewName}" };
                break;
            case AlterColumn { ChangesType: true } alter:
                yield return new(migration, alter.Table, alter.New.Name, Touch.ChangedType) { NewType = alter.New.Type, IsWider = IsWider(alter.Old!.Type, alter.New.Type) };
                break;
            default:
                break;
        }
        if (change is AlterColumn { BecomesRequired: true } required)
        {
            yield return new(migration, required.Table, required.New.Name, Touch.Required);
        }
        if (change is AlterColumn { BecomesOptional: true } optional)
        {
            yield return new(migration, optional.Table, optional.New.Name, Touch.Optional);
        }
    }
}
