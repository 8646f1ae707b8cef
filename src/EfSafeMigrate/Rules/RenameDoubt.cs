using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>What speaks against a rename meaning the same data under a new name.</summary>
/// <param name="Taken">The renames in doubt, as the migration has them.</param>
/// <param name="Likelier">The pairs the names suggest instead; empty when no name resembles another.</param>
internal sealed record RenameDoubt(IReadOnlyList<RenameColumn> Taken, IReadOnlyList<RenamePair> Likelier)
{
    private const int Comparable = 30;

    /// <summary>The doubt about one rename, or null when its names vouch for it.</summary>
    public static RenameDoubt? Of(RenameColumn rename, MigrationChanges migration)
    {
        if (rename.Decided || IsBetweenKeys(rename, migration))
        {
            return null;
        }
        var shape = new ShapeMates(rename, migration);
        var best = Pair(shape.Olds, shape.News);
        var taken = shape.Renames.Where(other => IsContradicted(other, best)).ToList();
        if (taken.Contains(rename))
        {
            var leftOver = Remaining(taken, best);
            return new(taken, [.. best.Where(pair => taken.Any(pair.Touches)), .. leftOver]);
        }
        // A person who wrote the statement by hand has decided; EF has guessed from the shape.
        var guessed = rename.Origin.OperationName == nameof(RenameColumn);
        return guessed && !NameLikeness.ShareAWord(rename.Name, rename.NewName) ? new([rename], []) : null;
    }

    private static bool IsContradicted(RenameColumn rename, IReadOnlyList<RenamePair> best)
    {
        var others = best.Where(pair => pair.Touches(rename) && !pair.Is(rename)).ToList();
        return others.Count > 0 && others.Max(pair => pair.Likeness) > NameLikeness.Of(rename.Name, rename.NewName);
    }

    /// <summary>The likeliest pairs first; each name is used once.</summary>
    private static List<RenamePair> Pair(IReadOnlyList<string> olds, IReadOnlyList<string> news)
    {
        // Every name is compared with every other; a migration of this many renames was written by a machine that knew the pairs.
        if (olds.Count > Comparable || news.Count > Comparable)
        {
            return [];
        }
        var (before, after) = (Spelled(olds), Spelled(news));
        var candidates =
            from old in before
            from fresh in after
            let pair = new RenamePair(old.Name, fresh.Name, NameLikeness.Of(old, fresh))
            where pair.Likeness > 0
            orderby pair.Likeness descending
            select pair;
        var (usedOlds, usedNews) = (new HashSet<string>(), new HashSet<string>());
        return [.. candidates.Where(pair => !usedOlds.Contains(pair.Old) && !usedNews.Contains(pair.New) && usedOlds.Add(pair.Old) && usedNews.Add(pair.New))];
    }

    private static SpelledName[] Spelled(IEnumerable<string> names) => [.. names.Distinct().Select(name => new SpelledName(name))];

    private static IEnumerable<RenamePair> Remaining(IReadOnlyList<RenameColumn> taken, IReadOnlyList<RenamePair> best)
    {
        var olds = taken.Select(rename => rename.Name).Where(name => best.All(pair => pair.Old != name)).ToList();
        var news = taken.Select(rename => rename.NewName).Where(name => best.All(pair => pair.New != name)).ToList();
        return olds.Zip(news, (old, fresh) => new RenamePair(old, fresh));
    }

    /// <summary>A primary key stays the primary key, and a foreign key put back to the same table stays that reference, whatever the name.</summary>
    private static bool IsBetweenKeys(RenameColumn rename, MigrationChanges migration)
    {
        var table = migration.Source.Find(rename.Table);
        if (table?.PrimaryKey is { Columns: [var key] } && key == rename.Name)
        {
            return true;
        }
        var principal = table?.ForeignKeys.FirstOrDefault(foreignKey => foreignKey.Columns is [var only] && only == rename.Name)?.Principal;
        return principal is not null && migration.Changes.OfType<AddForeignKey>().Any(add =>
            add.Table.Matches(rename.Table) && add.ForeignKey.Columns is [var only] && only == rename.NewName && add.ForeignKey.Principal.Matches(principal));
    }

    /// <summary>The columns of one table and shape that appear and disappear in a migration: what EF could have paired.</summary>
    private sealed class ShapeMates
    {
        public ShapeMates(RenameColumn rename, MigrationChanges migration)
        {
            var table = migration.Source.Find(rename.Table);
            var shape = table?.Column(rename.Name);
            bool Mates(Column? column) => shape is null || column is null || (column.Type == shape.Type && column.Nullable == shape.Nullable);
            var here = migration.Changes.OfType<TableChange>().Where(change => change.Table.Matches(rename.Table)).ToList();
            Renames = [.. here.OfType<RenameColumn>().Where(other => !other.Decided && Mates(table?.Column(other.Name)))];
            Olds = [.. Renames.Select(other => other.Name), .. here.OfType<DropColumn>().Where(drop => !drop.Decided && Mates(table?.Column(drop.Name))).Select(drop => drop.Name)];
            News = [.. Renames.Select(other => other.NewName), .. here.OfType<AddColumn>().Where(add => Mates(add.Column)).Select(add => add.Column.Name)];
        }

        public IReadOnlyList<RenameColumn> Renames { get; }
        public IReadOnlyList<string> Olds { get; }
        public IReadOnlyList<string> News { get; }
    }
}

internal sealed record RenamePair(string Old, string New, double Likeness)
{
    public RenamePair(string old, string fresh)
        : this(old, fresh, NameLikeness.Of(old, fresh))
    {
    }

    public bool Is(RenameColumn rename) => Old == rename.Name && New == rename.NewName;

    public bool Touches(RenameColumn rename) => Old == rename.Name || New == rename.NewName;

    public override string ToString() => $"{Old} → {New}";
}
