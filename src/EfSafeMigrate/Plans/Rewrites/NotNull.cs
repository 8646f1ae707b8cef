using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A filled column becomes required: first for new rows, then proved for the old ones.</summary>
internal static class NotNull
{
    public static IReadOnlyList<Piece> Pieces(TableName table, string column, PlanContext context)
    {
        var form = context.Forms.NotNull(table, column, context.Named("safe_migrate_required", table.Name, column), context.Version);
        return
        [
            new(Slot.ConstrainNew, $"requires {table}.{column} of new rows")
            {
                Table = table,
                Up = new() { Last = [new Sql(form.Announce, Suppressed: false, $"Holds for new rows at once and reads none of the old")] },
                Down = new() { First = [new Sql(form.Withdraw, Suppressed: false)] },
            },
            new(Slot.ConstrainProved, $"makes {table}.{column} required, proved while traffic goes on")
            {
                Table = table,
                Lifts = [new Relax(table, column)],
                Up = new()
                {
                    First = [new Sql(form.Prove, Suppressed: false, "Reads the old rows while traffic goes on")],
                    Disposals = [Disposals.Replaced<AlterColumn>(Is, "proved already, so that no scan is needed", Steps(form.Require, "Proved above, so nothing is scanned"))],
                },
                Down = new() { Disposals = [Disposals.Replaced<AlterColumn>(Is, "the rule for new rows comes back", Steps(form.Relax, null))] },
            },
        ];

        bool Is(AlterColumn alter) => alter.New.Name == column && alter.Table.Matches(table);
    }

    private static IEnumerable<Step> Steps(IReadOnlyList<string> statements, string? comment) =>
        statements.Select((statement, at) => new Sql(statement, Suppressed: false, at == 0 ? comment : null));
}
