using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.SqlServer.SqlServerLocks;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>Indexes, and the keys that are made of one. A clustered index is the table itself.</summary>
internal static class SqlServerIndexes
{
    private const Work Everything = Work.Rewrite | Work.IndexBuild;

    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        CreateIndex create => Created(create, state),
        DropIndex { Table: { } table } drop => Dropped(table, IsClustered(drop, state)).OrOnline(drop, state),
        DropIndex => Taking(Work.Metadata),
        RenameIndex { Table: { } table } => Taking(Work.Metadata, Alone(table)),
        RenameIndex => Taking(Work.Metadata),
        Reindex { Table: { } table } reindex => Taking(Work.IndexBuild, Alone(table)).OrOnline(reindex, state),
        AddPrimaryKey add => Keyed(add, add.Table, add.Key.Clustered ?? !HasClustered(add.Table, state), state) with { FailsIf = FailsIf.DuplicatesExist },
        AddUniqueConstraint add => Keyed(add, add.Table, add.Key.Clustered == true, state) with { FailsIf = FailsIf.DuplicatesExist },
        DropPrimaryKey drop => Dropped(drop.Table, state.Model.Find(drop.Table)?.PrimaryKey?.Clustered != false).OrOnline(drop, state),
        DropUniqueConstraint drop =>
            Dropped(drop.Table, state.Model.Find(drop.Table)?.UniqueConstraints.Any(key => key.Name == drop.Name && key.Clustered == true) == true).OrOnline(drop, state),
        _ => null,
    };

    private static Impact Created(CreateIndex create, ServerState state)
    {
        var fails = create.Index.Unique ? FailsIf.DuplicatesExist : FailsIf.Nothing;
        return create.Index.Method switch
        {
            // It is filled in the background.
            "FULLTEXT" => Taking(Work.Metadata, Alone(create.Table)) with { Transactional = false },
            null or "COLUMNSTORE" => (Taking(Work.IndexBuild, Shared(create.Table)) with { FailsIf = fails }).OrOnline(create, state),
            "XML" or "SPATIAL" => Taking(Work.IndexBuild, Alone(create.Table)),
            _ => (Taking(Everything, Alone(create.Table)) with { FailsIf = fails }).OrOnline(create, state),
        };
    }

    private static Impact Keyed(Change change, TableName table, bool clustered, ServerState state) =>
        Taking(clustered ? Everything : Work.IndexBuild, Alone(table)).OrOnline(change, state);

    /// <summary>Without its clustered index the table becomes a heap, and every other index has to point into it anew.</summary>
    private static Impact Dropped(TableName table, bool clustered) => Taking(clustered ? Everything : Work.Metadata, Alone(table));

    private static bool IsClustered(DropIndex drop, ServerState state) =>
        state.Model.Find(drop.Table!)?.Indexes.FirstOrDefault(index => index.Name == drop.Name)?.Method?.StartsWith("CLUSTERED", StringComparison.Ordinal) == true;

    private static bool HasClustered(TableName name, ServerState state) =>
        state.Model.Find(name) is { } table
        && (table.Indexes.Any(index => index.Method?.StartsWith("CLUSTERED", StringComparison.Ordinal) == true) || table.UniqueConstraints.Any(key => key.Clustered == true));
}
