using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A dropped column comes back with its values.</summary>
internal static class Returns
{
    public static Disposal Column(TableName table, Column column, BackfillSpec values, PlanContext context)
    {
        var fill = new Sql(context.Forms.FillAtOnce(values), Suppressed: false, $"Writes every row of {table}, from {values.Expression}");
        bool Is(AddColumn add) => add.Column.Name == column.Name && add.Table.Matches(table);

        return new(change => change is AddColumn add && Is(add), operation =>
        {
            var proposed = (AddColumn)Projects.OperationReader.Read(operation.Operation, DatabaseModel.Empty);
            var given = column.Default is null ? new Sql(context.Forms.SetDefault(table, column.Name, null), Suppressed: false) : null;
            return (column.Nullable, proposed.Column.Default) switch
            {
                (true, _) => [new Emit(operation), fill],
                // EF made the default up for the rows that are there.
                (false, not null) => given is null ? [new Emit(operation), fill] : [new Emit(operation), fill, given],
                (false, null) =>
                [
                    new Sql(context.Forms.AddColumn(table, column), Suppressed: false), fill,
                    .. context.Forms.NotNull(table, column.Name, context.Named("safe_migrate_required", table.Name, column.Name), new(12)).Require.Take(1)
                        .Select(statement => new Sql(statement, Suppressed: false)),
                ],
            };
        }, "comes back with its values");
    }
}
