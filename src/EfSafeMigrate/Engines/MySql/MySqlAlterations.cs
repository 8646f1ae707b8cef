using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>The way of each change that is an action of <c>ALTER TABLE</c>; null for the others.</summary>
internal static class MySqlAlterations
{
    public static Way? WayOf(Change change, ServerState state, MySqlTraits traits) => change switch
    {
        AddColumn add => Added(add, state, traits),
        DropColumn column => Dropped(column, state, traits),
        AlterColumn alter => MySqlColumnChange.WayOf(alter, state, traits),
        RenameColumn rename when state.Model.KeyOnto(rename.Table, rename.Name) is not null => traits.RenameColumn(state.Version).With(traits.Light),
        RenameColumn => traits.RenameColumn(state.Version),
        RenameTable => Way.Instant with { Lock = LockLevel.Exclusive },
        CreateIndex create => Indexed(create, state),
        DropIndex or DropUniqueConstraint => Way.Light,
        RenameIndex => traits.Light,
        AddPrimaryKey => Way.Rebuild,
        DropPrimaryKey drop => change.Beside.OfType<AddPrimaryKey>().Any() ? Way.Rebuild : traits.DropPrimaryKey(state.Model.Find(drop.Table)?.HasOtherKey() == true),
        AddUniqueConstraint => Way.Build,
        AddForeignKey { NotEnforced: false } add => Referenced(add, state, traits),
        DropForeignKey or DropConstraint => traits.Light,
        AddCheckConstraint { NotEnforced: true } => Way.Instant,
        AddCheckConstraint or AlterConstraint { What: "ENFORCED" } => Way.Copy,
        DropCheckConstraint or AlterConstraint { What: "NOT ENFORCED" } => Way.Instant,
        AlterTable => traits.Light,
        SetTableOption set => Option(set, state, traits),
        _ => null,
    };

    private static Way Added(AddColumn add, ServerState state, MySqlTraits traits)
    {
        var column = add.Column;
        if (column is { ComputedSql: not null, Stored: true } || (column.Default is { } given && traits.IsVolatile(given))
            || (add.Inline.OfType<AddForeignKey>().Any() && traits.InlineReferences(state.Version) && state.ChecksKeys()))
        {
            return Way.Copy;
        }
        var way = column.Identity ? Way.Rebuild with { Lock = LockLevel.Shared }
            : add.Inline.Any(inline => inline is AddPrimaryKey or AddUniqueConstraint) ? Way.Rebuild
            : add.Inline.OfType<AddCheckConstraint>().Any() ? traits.AddCheckedColumn
            : state.Model.Find(add.Table).HasFullText() ? traits.BesideFullText
            : state.Model.Find(add.Table).HadFullText() && traits.AfterFullText is { } after ? after
            : state.Model.Find(add.Table).IsCompressed() ? Way.Rebuild
            : column.ComputedSql is not null ? Way.Instant
            : traits.AddColumn(state.Version, add.Position is null);
        return way with { Reshapes = true };
    }

    private static Way Dropped(DropColumn drop, ServerState state, MySqlTraits traits)
    {
        var table = state.Model.Find(drop.Table);
        return table?.PrimaryKey?.Columns.Contains(drop.Name) == true ? Way.Rebuild
            : table.HasFullText() ? traits.BesideFullText
            : table.HadFullText() && traits.AfterFullText is { } after ? after
            : table.IsCompressed() ? Way.Rebuild
            : table?.IsIndexed(drop.Name) == true ? traits.DropIndexedColumn(table.Keys().All(columns => columns.Count == 1 || !columns.Contains(drop.Name)))
            : traits.DropColumn(state.Version) with { Reshapes = true };
    }

    private static Way Indexed(CreateIndex create, ServerState state) => create.Index.Method switch
    {
        // The first one adds a hidden column to every row.
        "FULLTEXT" => (state.Model.Find(create.Table).HasFullText() ? Way.Build : Way.Rebuild) with { Lock = LockLevel.Shared },
        "SPATIAL" => Way.Build with { Lock = LockLevel.Shared },
        _ => Way.Build,
    };

    /// <summary>A key that nobody checks is a line in the dictionary, and an index where none leads with its columns.</summary>
    private static Way Referenced(AddForeignKey add, ServerState state, MySqlTraits traits) =>
        state.ChecksKeys() ? Way.Copy
        : state.Model.Find(add.Table)?.Keys().Any(columns => MySqlState.Leads(columns, add.ForeignKey)) == true ? traits.Light
        : Way.Build;

    private static Way Option(SetTableOption set, ServerState state, MySqlTraits traits) => set.Option switch
    {
        "ENGINE" when !MySqlState.IsDefaultEngine(set.Value) || !MySqlState.IsDefaultEngine(state.Model.Find(set.Table).Option("ENGINE")) => Way.Copy,
        "CONVERT TO CHARACTER SET" when state.Model.Find(set.Table).IsAllIn(set.Value) => Way.Instant,
        "FORCE" or "ENGINE" or "ROW_FORMAT" or "KEY_BLOCK_SIZE" or "ENCRYPTION" or "ENCRYPTED" or "PAGE_COMPRESSED" or "COMPRESSION" => Way.Rebuild,
        "CONVERT TO CHARACTER SET" or "ADD SYSTEM VERSIONING" or "DROP SYSTEM VERSIONING" or "WITH SYSTEM VERSIONING" or "PARTITION BY" or "REMOVE PARTITIONING"
            or "REORGANIZE PARTITION" or "COALESCE PARTITION" or "REBUILD PARTITION" or "ORDER BY" or "TABLESPACE" => Way.Copy,
        "AUTO_INCREMENT" or "SET VISIBLE" or "SET INVISIBLE" => Way.Instant,
        _ when set.Option.StartsWith("ALTER INDEX", StringComparison.Ordinal) => Way.Instant,
        _ => traits.Light,
    };
}
