using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A dropped column comes back with its values.</summary>
internal static class Returns
{
    /// <param name="sync">Keeps the values from then on: where each step commits, it stands before they are written.</param>
    public static Disposal Column(TableName table, Column column, BackfillSpec values, TriggerSteps sync, PlanContext context)
    {
        var between = context.CommitsEachStep ? sync.Create : [];
        var standing = context.Forms.FillsOmitted || context.Forms.Zero(column.Type, context.Source) is not { } zero ? null : new Default(zero, Constant: true);
        var fill = new Sql(context.Forms.FillAtOnce(values), Suppressed: false, $"Writes every row of {table}, from {values.Expression}");
        bool Is(AddColumn add) => add.Column.Name == column.Name && add.Table.Matches(table);

        return new(change => change is AddColumn add && Is(add), operation =>
        {
            var proposed = (AddColumn)Projects.OperationReader.Read(operation.Operation, DatabaseModel.Empty);
            var given = column.Default is null ? new Sql(context.Forms.SetDefault(table, column.Name, standing), Suppressed: false) : null;
            // Without a default that stays, rows could not be inserted before the trigger stands.
            var made = context.CommitsEachStep && !context.Forms.KeepsMadeUpDefault(column.Type) ? null : proposed.Column.Default;
            return (column.Nullable, made) switch
            {
                (true, _) => [new Emit(operation), .. between, fill],
                // EF made the default up for the rows that are there.
                (false, not null) => given is null ? [new Emit(operation), .. between, fill] : [new Emit(operation), .. between, fill, given],
                (false, null) =>
                [
                    new Sql(context.Forms.AddColumn(table, column), Suppressed: false), .. between, fill,
                    .. context.Forms.NotNull(table, column, context.Named("safe_migrate_required", table.Name, column.Name), new(12)).Require.Take(1)
                        .Select(statement => new Sql(statement, Suppressed: false)),
                    .. standing is null ? Array.Empty<Step>() : [new Sql(context.Forms.SetDefault(table, column.Name, standing), Suppressed: false)],
                ],
            };
        }, "comes back with its values");
    }
}
