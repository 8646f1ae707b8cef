using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Primary keys and unique constraints.</summary>
internal static class PostgresKeys
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        AddPrimaryKey add => Add(add.Table, add.Key, add.Index, state, primary: true),
        AddUniqueConstraint add => Add(add.Table, add.Key, add.Index, state, primary: false),
        DropPrimaryKey drop => Drop(drop.Table, state.Model.Find(drop.Table)?.PrimaryKey, drop.Cascade, state),
        DropUniqueConstraint drop => Drop(
            drop.Table, state.Model.Find(drop.Table)?.UniqueConstraints.FirstOrDefault(key => key.Name == drop.Name), drop.Cascade, state),
        _ => null,
    };

    private static Impact Add(TableName name, Key key, string? usingIndex, ServerState state, bool primary)
    {
        var table = state.Model.Find(name);
        var columns = usingIndex is not null && table?.Indexes.FirstOrDefault(index => index.Name == usingIndex) is { } existing
            ? existing.Columns
            : key.Columns;
        var mayBeNull = primary && columns.Any(column => table?.Column(column) is { Nullable: true } && !table.ProvesNotNull(column));
        return TakingTree(LockMode.AccessExclusive, name, state) with
        {
            Work = (usingIndex is null ? Work.IndexBuild : Work.Metadata) | (mayBeNull ? Work.Scan : Work.Metadata),
            FailsIf = (usingIndex is null ? FailsIf.DuplicatesExist : FailsIf.Nothing) | (mayBeNull ? FailsIf.NullsExist : FailsIf.Nothing),
            OnlineForm = usingIndex is null && table?.Kind != TableKind.Partitioned
                ? $"CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … {(primary ? "PRIMARY KEY" : "UNIQUE")} USING INDEX" : null,
            Refused = usingIndex is not null && table?.Kind == TableKind.Partitioned
                ? $"`{name}` is partitioned: a constraint on it cannot use an existing index." : null,
        };
    }

    private static Impact Drop(TableName name, Key? key, bool cascade, ServerState state)
    {
        TableName[] children = key is null ? [] : [.. state.Model.Children(name, [.. key.Columns])];
        return TakingTree(LockMode.AccessExclusive, name, state)
            .With(cascade ? children.Under(LockMode.AccessExclusive) : [])
            .Refuse(cascade || children.Length == 0 ? null : $"A foreign key of `{children[0]}` needs constraint `{key?.Name}`: the drop needs CASCADE.");
    }
}
