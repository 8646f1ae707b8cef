using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A filled column becomes required: first for new rows, then proved for the old ones.</summary>
internal static class NotNull
{
    /// <param name="fresh">The column as it is to be until contract.</param>
    public static IReadOnlyList<Piece> Pieces(TableName table, Column fresh, PlanContext context)
    {
        var column = fresh.Name;
        var form = context.Forms.NotNull(table, fresh with { Nullable = false }, Name(table, column, context), context.Version);
        if (form is { Proof: null, Require.Count: 0 })
        {
            var (up, down) = AtContract(table, fresh, context);
            return
            [
                new(Slot.Contract, $"makes {table}.{column} required")
                {
                    Table = table, Lifts = [new Relax(table, column)], Up = new() { Disposals = [up] }, Down = new() { Disposals = [down] },
                },
            ];
        }
        if (form.Proof is not { } proof)
        {
            return
            [
                new(Slot.ConstrainProved, $"makes {table}.{column} required while traffic goes on")
                {
                    Table = table,
                    Lifts = [new Relax(table, column)],
                    Up = new() { Disposals = [Disposals.Replaced<AlterColumn>(Is, "filled already", Steps(form.Require, "Filled already; traffic goes on while the server reads the rows"))] },
                    Down = new() { Disposals = [Disposals.Replaced<AlterColumn>(Is, "the same way back", Steps(form.Relax, null))] },
                },
            ];
        }
        return
        [
            new(Slot.ConstrainNew, $"requires {table}.{column} of new rows")
            {
                Table = table,
                Up = new() { Last = [new Sql(proof.Announce, Suppressed: false, $"Holds for new rows at once and reads none of the old")] },
                Down = new() { First = [new Sql(proof.Withdraw, Suppressed: false)] },
            },
            new(Slot.ConstrainProved, $"makes {table}.{column} required, proved while traffic goes on")
            {
                Table = table,
                Lifts = [new Relax(table, column)],
                Up = new()
                {
                    First = [new Sql(proof.Prove, Suppressed: false, "Reads the old rows while traffic goes on")],
                    Disposals = [Disposals.Replaced<AlterColumn>(Is, "proved already, so that no scan is needed", Steps(form.Require, "Proved above, so nothing is scanned"))],
                },
                Down = new() { Disposals = [Disposals.Replaced<AlterColumn>(Is, "the rule for new rows comes back", Steps(form.Relax, null))] },
            },
        ];

        bool Is(AlterColumn alter) => alter.New.Name == column && alter.Table.Matches(table);
    }

    /// <summary>The running release inserts without the column, and no trigger can fill it in time: it becomes required with contract.</summary>
    public static bool IsLate(PlanContext context) => !context.Forms.FillsOmitted;

    /// <summary>The column's own alteration in contract.</summary>
    public static (Disposal Up, Disposal Down) AtContract(TableName table, Column fresh, PlanContext context)
    {
        var form = context.Forms.NotNull(table, fresh with { Nullable = false, Default = null }, "", context.Version);
        bool Is(AlterColumn alter) => alter.New.Name == fresh.Name && alter.Table.Matches(table);
        if (form is { Proof: null, Require.Count: 0 })
        {
            return (Disposals.Emitted<AlterColumn>(Is, "Filled already"), Disposals.Emitted<AlterColumn>(Is, null));
        }
        return (Disposals.Replaced<AlterColumn>(Is, "filled already", Steps(form.Require, "Filled already; traffic goes on while the server reads the rows")),
            Disposals.Replaced<AlterColumn>(Is, "the same way back", Steps(form.Relax, null)));
    }

    /// <summary>The rule of a shadow that has taken its column's place is called as the server calls such rules, so that the next shadow finds its name free.</summary>
    public static IEnumerable<string> Settled(TableName table, string column, string shadow, PlanContext context, bool undone = false) =>
        context.Forms.NotNull(table, new(column, "", Nullable: false), "", context.Version).Usual is not { } usual ? []
            : undone ? [context.Forms.RenameConstraint!(table, usual, Name(table, shadow, context))]
            : [context.Forms.RenameConstraint!(table, Name(table, shadow, context), usual)];

    public static string Name(TableName table, string column, PlanContext context) => context.Named("safe_migrate_required", table.Name, column);

    private static IEnumerable<Step> Steps(IReadOnlyList<string> statements, string? comment) =>
        statements.Select((statement, at) => new Sql(statement, Suppressed: false, at == 0 ? comment : null));
}
