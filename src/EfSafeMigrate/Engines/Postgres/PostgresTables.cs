using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

internal static class PostgresTables
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        CreateTable create => Create(create, state),
        DropTable drop => Drop(drop, state),
        RenameTable rename => Taking(LockMode.AccessExclusive, rename.Table),
        AlterTable alter => Taking(
            alter.What.Contains("comment", StringComparison.OrdinalIgnoreCase) ? LockMode.ShareUpdateExclusive : LockMode.AccessExclusive, alter.Table),
        SetTableOption option => PostgresTableOptions.ImpactOf(option, state),
        Truncate truncate => Truncate(truncate, state),
        LockTable locked => Taking(LockModeOf(locked), locked.Table),
        Vacuum { Full: true } vacuum => Rewritten(vacuum.Table, state) with { Transactional = false },
        Vacuum vacuum => Maintained(vacuum.Table, Work.Scan) with { Transactional = false },
        Analyze analyze => Maintained(analyze.Table, Work.Metadata),
        _ => null,
    };

    private static Impact Create(CreateTable create, ServerState state)
    {
        var principals = create.Definition.ForeignKeys
            .Where(key => state.Model.Find(key.Principal) is not null)
            .Select(key => LockMode.ShareRowExclusive.On(key.Principal));
        if (create.PartitionOf is not { } parent)
        {
            return Taking(principals.Concat(create.From.Concat(create.Like).Under(LockMode.AccessShare)), create.From.Count > 0 ? Work.Scan : Work.Metadata);
        }
        // Rows of the default partition may belong to the new one, so it is locked and read.
        var overflow = state.Model.PartitionsOf(parent).Where(partition => partition.DefaultPartition).ToArray();
        return Taking(LockMode.AccessExclusive, parent, overflow.Length > 0 ? Work.Scan : Work.Metadata)
            .With(overflow.Select(partition => LockMode.AccessExclusive.On(partition.Name)))
            .With(state.Model.Principals(parent).Under(LockMode.ShareRowExclusive));
    }

    private static Impact Drop(DropTable drop, ServerState state)
    {
        var model = state.Model;
        var children = model.Children(drop.Table).Except(model.Tree(drop.Table)).ToArray();
        var parent = model.Find(drop.Table)?.PartitionOf;
        return TakingTree(LockMode.AccessExclusive, drop.Table, state)
            .With(model.Principals(drop.Table).Under(LockMode.AccessExclusive))
            .With(parent is null ? [] : [LockMode.AccessExclusive.On(parent)])
            .With(drop.Cascade ? children.Under(LockMode.AccessExclusive) : [])
            .Refuse(drop.Cascade || children.Length == 0 ? null : $"A foreign key of `{children[0]}` references `{drop.Table}`: the drop needs CASCADE.")
            .Refuse(drop.Cascade ? null : ViewOver(drop.Table, model));
    }

    private static string? ViewOver(TableName table, DatabaseModel model) =>
        model.Tables
            .Where(view => view.Kind is TableKind.View or TableKind.MaterializedView && view.Sql.Mentions(table.Name))
            .Select(view => $"View `{view.Name}` reads `{table}`: the drop needs CASCADE.")
            .FirstOrDefault();

    private static Impact Truncate(Truncate truncate, ServerState state)
    {
        var reached = truncate.Cascade ? Cascade(truncate.Table, state.Model) : [truncate.Table];
        var blocking = state.Model.Children(truncate.Table).FirstOrDefault();
        return Taking(reached.SelectMany(table => LockMode.AccessExclusive.OnTree(table, state.Model)))
            .Refuse(truncate.Cascade || blocking is null ? null : $"A foreign key of `{blocking}` references `{truncate.Table}`: TRUNCATE needs CASCADE.");
    }

    private static List<TableName> Cascade(TableName table, DatabaseModel model)
    {
        var reached = new List<TableName> { table };
        for (var at = 0; at < reached.Count; at++)
        {
            reached.AddRange(model.Children(reached[at]).Distinct().Where(child => !reached.Contains(child)));
        }
        return reached;
    }

    /// <summary>The mode of a bare LOCK TABLE is the strongest.</summary>
    private static LockMode LockModeOf(LockTable locked) => PostgresLocks.Parse(locked.Mode) ?? LockMode.AccessExclusive;

    /// <summary>Stands for the tables of the database, one after the other.</summary>
    private static readonly TableName EveryTable = new(null, "every table");

    public static Impact Rewritten(TableName? table, ServerState state) =>
        table is null
            ? Taking(LockMode.AccessExclusive, EveryTable, Work.Rewrite | Work.IndexBuild)
            : Taking(LockMode.AccessExclusive, table, PostgresColumns.RewriteOf(state.Model.Find(table)));

    private static Impact Maintained(TableName? table, Work work) =>
        table is null ? Free with { Work = work } : Taking(LockMode.ShareUpdateExclusive, table, work);
}
