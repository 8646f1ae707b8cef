using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Changes to rows. The table lock lets everybody through; the rows themselves are locked until the end of the transaction.</summary>
internal static class PostgresData
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        InsertData insert => Insert(insert.Table, state),
        InsertRows insert => Insert(insert.Table, state).With(insert.From.Under(LockMode.AccessShare)) with
        {
            Work = insert.From.Count == 0 ? Work.Metadata : Work.Scan,
        },
        // EF writes these one key at a time, so they cost nothing that grows with the table.
        UpdateData update => Update(update.Table, update.Columns, state, Blocks.Nothing),
        DeleteData delete => Delete(delete.Table, state, Blocks.Nothing),
        UpdateRows update => Many(update.Table, update.Where, state, blocks => Update(update.Table, update.Columns, state, blocks)),
        DeleteRows delete => Many(delete.Table, delete.Where, state, blocks => Delete(delete.Table, state, blocks)),
        _ => null,
    };

    private static TableLock Rows(TableName table, Blocks blocks) => LockMode.RowExclusive.On(table) with { Blocks = blocks };

    private static Impact Insert(TableName table, ServerState state) =>
        Taking(LockMode.RowExclusive, table).With(state.Model.Principals(table).Under(LockMode.RowShare));

    private static Impact Update(TableName table, IReadOnlyList<string> columns, ServerState state, Blocks blocks) =>
        columns.Count == 0
            ? Taking([Rows(table, blocks)])
            : Taking([Rows(table, blocks)])
                .With(state.Model.Principals(table, [.. columns]).Under(LockMode.RowShare))
                .With(state.Model.Children(table, [.. columns]).Under(LockMode.RowShare));

    private static Impact Delete(TableName table, ServerState state, Blocks blocks) =>
        Taking([Rows(table, blocks)]).With(
            from reference in state.Model.ReferencesTo(table)
            where !state.Model.Same(reference.Table.Name, table)
            select (Acts(reference.ForeignKey) ? LockMode.RowExclusive : LockMode.RowShare).On(reference.Table.Name)) with
        {
            FailsIf = state.Model.ReferencesTo(table).All(reference => Acts(reference.ForeignKey)) ? FailsIf.Nothing : FailsIf.OrphansExist,
        };

    /// <summary>ON DELETE CASCADE, SET NULL or SET DEFAULT: the rows that point here follow.</summary>
    private static bool Acts(ForeignKey key) =>
        key.OnDelete?.StartsWith("CASCADE", StringComparison.OrdinalIgnoreCase) == true
        || key.OnDelete?.StartsWith("SET", StringComparison.OrdinalIgnoreCase) == true;

    private static Impact Many(TableName name, string? where, ServerState state, Func<Blocks, Impact> impact)
    {
        var table = state.Model.Find(name);
        if (where is not null && table?.PrimaryKey?.Columns is [var key] && SqlText.IsOneValueOf(where, key))
        {
            return impact(Blocks.Nothing);
        }
        var leading = table is null ? [] : table.Indexes.Select(index => index.Columns[0])
            .Concat(table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().Select(found => found.Columns[0]));
        // A ctid is the row's address: no scan leads to it.
        var searched = where is not null && leading.Append("ctid").Any(column => where.Mentions(column));
        return impact(Blocks.Writes) with
        {
            Work = searched ? Work.RowChanges : Work.Scan | Work.RowChanges,
            OnlineForm = "batches by key, each in its own transaction",
        };
    }
}
