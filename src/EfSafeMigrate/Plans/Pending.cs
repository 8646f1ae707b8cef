using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Plans;

/// <summary>
/// EF's operations between source and target with renames as they were decided, and with what follows a rename spelt out:
/// an index, key or check on a renamed column goes and another comes, whether EF renames it, leaves it or makes it anew.
/// </summary>
internal static class Pending
{
    public static IReadOnlyList<Change> Read(MigrationChanges pending, DatabaseModel target, Decisions decisions, Func<string, string?> zero)
    {
        var changes = pending.Changes.Where(change => !change.Origin.Emitted).ToList();
        var groups = ColumnGroups.Of(pending.Source, target, decisions);
        var renames = Renames(changes, groups, decisions);
        List<Change> read = [.. renames, .. decisions.Moves];
        foreach (var change in changes)
        {
            switch (change)
            {
                case RenameColumn rename when renames.Contains(Plain(rename)):
                    break;
                case RenameColumn rename:
                    read.AddRange(Apart(rename, renames, target, zero));
                    break;
                case DropColumn drop when renames.Any(rename => rename.Name == drop.Name && rename.Table.Matches(drop.Table)):
                case AddColumn add when renames.Any(rename => rename.NewName == add.Column.Name && rename.Table.Matches(add.Table)):
                case AlterColumn alter when renames.Any(rename => rename.NewName == alter.New.Name && rename.Table.Matches(alter.Table)):
                case AlterColumn regrouped when groups.Any(group => group.Has(regrouped.Table, regrouped.New.Name)):
                case DropColumn gone when decisions.Moves.Any(move => move.Is(gone.Table, gone.Name)):
                case AddColumn come when decisions.Moves.Any(move => move.IsTo(come.Table, come.Column.Name)):
                    break;
                default:
                    read.Add(change);
                    break;
            }
        }
        foreach (var table in renames.Select(rename => rename.Table).Concat(groups.Select(group => group.Table)).Distinct())
        {
            var (renamed, regrouped) = (renames.Where(rename => rename.Table == table).ToList(), groups.Where(group => group.Table == table).ToList());
            Follow(
                read, pending.Source.Find(table), target.Find(table),
                [.. renamed.Select(rename => rename.Name), .. regrouped.SelectMany(group => group.Old)], [.. renamed.Select(rename => rename.NewName), .. regrouped.SelectMany(group => group.New)]);
        }
        return read;
    }

    /// <summary>The decided renames, and EF's own where nobody decided otherwise.</summary>
    private static List<RenameColumn> Renames(IReadOnlyList<Change> changes, IReadOnlyList<ColumnGroup> groups, Decisions decisions)
    {
        var decided = decisions.Renames.Select(Plain).ToList();
        return
        [
            .. decided,
            .. changes.OfType<RenameColumn>().Select(Plain).Where(rename =>
                !decisions.Separate.Any(separate => separate.Column == rename.Name && separate.Table.Matches(rename.Table))
                && !groups.Any(group => group.Has(rename.Table, rename.Name) || group.Has(rename.Table, rename.NewName))
                && !decided.Any(other => other.Table.Matches(rename.Table) && (other.Name == rename.Name || other.NewName == rename.NewName))),
        ];
    }

    private static RenameColumn Plain(RenameColumn rename) => new(rename.Table, rename.Name, rename.NewName);

    /// <summary>A rename of EF's that is none.</summary>
    private static IEnumerable<Change> Apart(RenameColumn rename, List<RenameColumn> renames, DatabaseModel target, Func<string, string?> zero)
    {
        if (!renames.Any(other => other.Table.Matches(rename.Table) && other.NewName == rename.NewName)
            && target.Find(rename.Table)?.Column(rename.NewName) is { } added)
        {
            var given = added.Default is null && !added.Nullable && zero(added.Type) is { } sql ? new Default(sql, Constant: true) : added.Default;
            yield return new AddColumn(rename.Table, added with { Default = given });
        }
        if (!renames.Any(other => other.Table.Matches(rename.Table) && other.Name == rename.Name))
        {
            yield return new DropColumn(rename.Table, rename.Name);
        }
    }

    private static void Follow(List<Change> changes, Table? source, Table? target, List<string> olds, List<string> news)
    {
        if (source is null || target is null)
        {
            return;
        }
        List<Change> gone =
        [
            .. source.Indexes.Where(index => olds.Exists(index.Uses)).Select(index => new DropIndex(source.Name, index.Name)),
            .. source.ForeignKeys.Where(key => key.Columns.Any(olds.Contains)).Select(key => new DropForeignKey(source.Name, key.Name!)),
            .. source.UniqueConstraints.Where(key => key.Columns.Any(olds.Contains)).Select(key => new DropUniqueConstraint(source.Name, key.Name!)),
            .. source.Checks.Where(check => olds.Exists(check.Sql.Mentions)).Select(check => new DropCheckConstraint(source.Name, check.Name!)),
        ];
        List<Change> come =
        [
            .. target.Indexes.Where(index => news.Exists(index.Uses)).Select(index => new CreateIndex(target.Name, index)),
            .. target.UniqueConstraints.Where(key => key.Columns.Any(news.Contains)).Select(key => new AddUniqueConstraint(target.Name, key)),
            .. target.ForeignKeys.Where(key => key.Columns.Any(news.Contains)).Select(key => new AddForeignKey(target.Name, key)),
            .. target.Checks.Where(check => news.Exists(check.Sql.Mentions)).Select(check => new AddCheckConstraint(target.Name, check)),
        ];
        List<Change> follow = [.. gone, .. come];
        var known = follow.Select(Identity.Of).ToHashSet();
        // EF's own operation knows more of the object than the schema does.
        var proposed = changes.Where(change => known.Contains(Identity.Of(change))).DistinctBy(Identity.Of).ToDictionary(Identity.Of);
        changes.RemoveAll(change => known.Contains(Identity.Of(change))
            || (change is RenameIndex rename && rename.Table?.Matches(source.Name) == true
                && (gone.OfType<DropIndex>().Any(drop => drop.Name == rename.Name) || come.OfType<CreateIndex>().Any(create => create.Index.Name == rename.NewName))));
        changes.AddRange(follow.Select(change => proposed.GetValueOrDefault(Identity.Of(change), change)));
    }
}
