namespace EfSafeMigrate.Changes;

/// <summary>A table that migrations touch, as it is before and behind all of them.</summary>
/// <param name="Before">Null for one that they make.</param>
/// <param name="After">Null for one that they drop.</param>
internal sealed record ChangedTable(Table? Before, Table? After)
{
    public TableName Name => (After ?? Before)!.Name;

    /// <summary>Columns as they are listed now, and behind them those that are new.</summary>
    public IReadOnlyList<ChangedColumn> Columns =>
    [
        .. (Before?.Columns ?? []).Select(column => new ChangedColumn(column, After?.Column(column.Name))),
        .. (After?.Columns ?? []).Where(column => Before?.Column(column.Name) is null).Select(column => new ChangedColumn(null, column)),
    ];

    /// <summary>In the order in which they are touched.</summary>
    public static IReadOnlyList<ChangedTable> Of(IReadOnlyList<MigrationChanges> migrations)
    {
        if (migrations.Count == 0)
        {
            return [];
        }
        var (before, after) = (migrations[0].Source, migrations[^1].Changes.Aggregate(migrations[^1].Source, Evolution.After));
        List<Followed> followed = [];
        foreach (var change in migrations.SelectMany(migration => migration.Changes).Where(change => change.Target is not null))
        {
            Follow(followed, change, before);
        }
        return [.. followed.Select(each => new ChangedTable(Stored(before, each.Original), Stored(after, each.Now))).Where(table => (table.Before ?? table.After) is not null).Distinct()];
    }

    private static void Follow(List<Followed> followed, Change change, DatabaseModel before)
    {
        var at = followed.FindIndex(each => each.Now?.Matches(change.Target!) == true);
        if (at < 0)
        {
            // A table whose name another has taken meanwhile is not meant by it.
            var known = change is CreateTable || followed.Any(each => each.Original?.Matches(change.Target!) == true) ? null : before.Find(change.Target!)?.Name;
            followed.Add(new(known, change.Target));
            at = followed.Count - 1;
        }
        followed[at] = change switch
        {
            RenameTable rename => followed[at] with { Now = rename.NewName },
            DropTable => followed[at] with { Now = null },
            _ => followed[at],
        };
    }

    private static Table? Stored(DatabaseModel model, TableName? name) => name is not null && model.Find(name) is { Kind: TableKind.Table or TableKind.Partitioned } table ? table : null;

    /// <param name="Original">Its name before everything; null for a table that is made.</param>
    /// <param name="Now">Its name by now; null for one that is dropped.</param>
    private sealed record Followed(TableName? Original, TableName? Now);
}

/// <summary>A column as it is before and behind the migrations; null where it is not there.</summary>
internal sealed record ChangedColumn(Column? Before, Column? After)
{
    public string Name => (After ?? Before)!.Name;

    public bool IsChanged => Before != After;

    /// <summary>One or a few words; empty where nothing changes.</summary>
    public string Verdict => (Before, After) switch
    {
        (null, _) => "added",
        (_, null) => "dropped",
        _ when !IsChanged => "",
        var (old, now) => string.Join(", ", new[]
        {
            old!.Type != now!.Type ? "type" : null, old.Nullable != now.Nullable ? now.Nullable ? "optional" : "required" : null, old.Default != now.Default ? "default" : null,
        }.OfType<string>().DefaultIfEmpty("altered")),
    };
}
