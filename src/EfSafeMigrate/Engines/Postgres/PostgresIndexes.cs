using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

internal static class PostgresIndexes
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        CreateIndex create => Create(create, state),
        DropIndex drop => Drop(drop, state),
        // ALTER TABLE renames an index too, but then locks it exclusively; ALTER INDEX takes SHARE UPDATE EXCLUSIVE on the index alone.
        RenameIndex { ThroughTable: true, Table: { } owner } rename =>
            Taking([LockMode.AccessExclusive.OnPartOf(owner, $"index {rename.Name}")]) with { OnlineForm = "ALTER INDEX … RENAME TO" },
        RenameIndex => Free,
        AttachIndex attach => Attach(attach, state),
        Reindex reindex => Rebuild(reindex, state),
        _ => null,
    };

    private static Impact Create(CreateIndex create, ServerState state)
    {
        var table = state.Model.Find(create.Table);
        var partitioned = table?.Kind == TableKind.Partitioned;
        var fails = create.Index.Unique ? FailsIf.DuplicatesExist : FailsIf.Nothing;
        if (create.IfNotExists && table?.Indexes.Any(index => index.Name == create.Index.Name) == true)
        {
            return Taking(create.Concurrently ? LockMode.ShareUpdateExclusive : LockMode.Share, create.Table) with { Transactional = !create.Concurrently };
        }
        if (create.Concurrently)
        {
            return Taking(LockMode.ShareUpdateExclusive, create.Table, Work.IndexBuild) with
            {
                FailsIf = fails,
                Transactional = false,
                Refused = partitioned ? $"`{create.Table}` is partitioned: an index on it cannot be created concurrently." : null,
            };
        }
        if (create.Only && partitioned)
        {
            return Taking(LockMode.Share, create.Table);
        }
        return TakingTree(LockMode.Share, create.Table, state, Work.IndexBuild) with
        {
            FailsIf = fails,
            OnlineForm = partitioned
                ? "CREATE INDEX ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION"
                : "CREATE INDEX CONCURRENTLY, outside a transaction",
        };
    }

    private static Impact Drop(DropIndex drop, ServerState state)
    {
        var owner = drop.Table ?? state.Model.IndexOwner(drop.Name)?.Name;
        var table = owner is null ? null : state.Model.Find(owner);
        var partitioned = table?.Kind == TableKind.Partitioned;
        var ownedBy = table?.IsKey(drop.Name) == true ? $"Constraint `{drop.Name}` needs the index: drop the constraint instead." : null;
        if (drop.Concurrently)
        {
            return Take(LockMode.ShareUpdateExclusive, owner, drop.Name, state) with
            {
                Transactional = false,
                Refused = ownedBy ?? (partitioned ? $"`{drop.Name}` is an index of a partitioned table: it cannot be dropped concurrently." : null),
            };
        }
        return Take(LockMode.AccessExclusive, owner, drop.Name, state) with
        {
            Refused = ownedBy,
            OnlineForm = partitioned ? null : "DROP INDEX CONCURRENTLY, outside a transaction",
        };
    }

    /// <summary>When the table of an index is unknown, the index stands for it: the lock exists all the same.</summary>
    private static Impact Take(LockMode mode, TableName? owner, string index, ServerState state) =>
        owner is null ? Taking(mode, new TableName(null, index)) : TakingTree(mode, owner, state);

    private static Impact Attach(AttachIndex attach, ServerState state)
    {
        var partition = state.Model.IndexOwner(attach.Partition)?.Name;
        var parent = attach.Table ?? state.Model.IndexOwner(attach.Index)?.Name;
        TableName[] known = [.. new[] { parent, partition }.OfType<TableName>()];
        return Taking(known.Under(LockMode.AccessShare))
            .With(known.Select(table => LockMode.AccessExclusive.OnPartOf(table, $"index {attach.Partition}")));
    }

    private static Impact Rebuild(Reindex reindex, ServerState state)
    {
        var table = reindex.Table ?? (reindex.Index is null ? null : state.Model.IndexOwner(reindex.Index)?.Name);
        var target = table ?? new TableName(null, reindex.Index ?? "database");
        if (reindex.Concurrently)
        {
            return TakingTree(LockMode.ShareUpdateExclusive, target, state, Work.IndexBuild) with { Transactional = false };
        }
        return Taking(LockMode.Share, target, Work.IndexBuild)
            .With([LockMode.AccessExclusive.OnPartOf(target, reindex.Index is { } index ? $"index {index}" : "its indexes")]) with
        {
            OnlineForm = "REINDEX CONCURRENTLY, outside a transaction",
        };
    }
}
