using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.SqlServer.SqlServerLocks;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>References and checks. WITH NOCHECK adds one in an instant and leaves it untrusted; WITH CHECK reads every row.</summary>
internal static class SqlServerConstraints
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        AddForeignKey { ForeignKey: var key } add => Taking(key.Validated ? Work.Scan : Work.Metadata, Both(add.Table, key)) with
        {
            FailsIf = key.Validated ? FailsIf.OrphansExist : FailsIf.Nothing,
        },
        DropForeignKey drop => Taking(Work.Metadata, Both(drop.Table, Known(drop.Table, drop.Name, state))),
        AddCheckConstraint { Check: var check } add => Taking(check.Validated ? Work.Scan : Work.Metadata, Alone(add.Table)) with
        {
            FailsIf = check.Validated ? FailsIf.ViolationsExist : FailsIf.Nothing,
        },
        ValidateConstraint validate => Known(validate.Table, validate.Name, state) is { } key
            ? Taking(Work.Scan, Both(validate.Table, key)) with { FailsIf = FailsIf.OrphansExist }
            : Taking(Work.Scan, Alone(validate.Table)) with { FailsIf = FailsIf.ViolationsExist },
        DropCheckConstraint or DropConstraint or RenameConstraint or AlterConstraint => Taking(Work.Metadata, Alone(change.Target!)),
        _ => null,
    };

    private static ForeignKey? Known(TableName table, string name, ServerState state) =>
        state.Model.Find(table)?.ForeignKeys.FirstOrDefault(key => key.Name == name);

    private static IReadOnlyList<TableLock> Both(TableName table, ForeignKey? key) =>
        key is null || key.Principal.Matches(table) ? [Alone(table)] : [Alone(table), Alone(key.Principal)];
}
