using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A dropped column comes back with its values.</summary>
internal static class Returns
{
    /// <param name="sync">Keeps the values from then on: where each step commits, it stands before they are written.</param>
    public static Disposal Column(TableName table, Column column, BackfillSpec values, TriggerSteps sync, PlanContext context) => Columns(table, [(column, values)], sync, context)[0];

    /// <summary>Several columns: the trigger stands, and the values are written, when all are there.</summary>
    public static IReadOnlyList<Disposal> Columns(TableName table, IReadOnlyList<(Column Column, BackfillSpec Values)> columns, TriggerSteps sync, PlanContext context)
    {
        var together = new Together(
            [],
            [
                .. context.CommitsEachStep ? sync.Create : [],
                .. columns.Select(each => new Sql(context.Forms.FillAtOnce(each.Values), Suppressed: false, $"Writes every row of {table}, from {each.Values.Expression}") { IsOfTrigger = true }),
            ]);
        return [.. columns.Select(each => Column(table, each.Column, together, context))];
    }

    private static Disposal Column(TableName table, Column column, Together together, PlanContext context)
    {
        var standing = context.Forms.FillsOmitted || context.Forms.Zero(column.Type, context.Source) is not { } zero ? null : new Default(zero, Constant: true);
        IReadOnlyList<Step> Given() => column.Default is null ? [new Sql(context.Forms.SetDefault(table, column.Name, standing), Suppressed: false)] : [];
        // Without a default that stays, rows could not be inserted before the trigger stands. EF made it up for the rows that are there.
        bool IsMadeUp(ProposedOperation operation) =>
            !(context.CommitsEachStep && !context.Forms.KeepsMadeUpDefault(column.Type)) && ((AddColumn)Projects.OperationReader.Read(operation.Operation, DatabaseModel.Empty)).Column.Default is not null;

        return new(
            change => change is AddColumn add && add.Column.Name == column.Name && add.Table.Matches(table),
            operation => [column.Nullable || IsMadeUp(operation) ? new Emit(operation) : new Sql(context.Forms.AddColumn(table, column), Suppressed: false)],
            "comes back with its values")
        {
            Together = together,
            Finish = operation => column.Nullable ? []
                : IsMadeUp(operation) ? Given()
                :
                [
                    .. context.Forms.NotNull(table, column, context.Named("safe_migrate_required", table.Name, column.Name), new(12)).Require.Take(1)
                        .Select(statement => new Sql(statement, Suppressed: false)),
                    .. standing is null ? Array.Empty<Step>() : [new Sql(context.Forms.SetDefault(table, column.Name, standing), Suppressed: false)],
                ],
        };
    }
}
