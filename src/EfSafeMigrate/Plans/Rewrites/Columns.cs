using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>What a plan does with a column.</summary>
internal static class Columns
{
    /// <summary>The names of the table's columns in either release.</summary>
    public static IReadOnlyList<string> OfBoth(TableName table, PlanContext context) =>
        [.. context.Source.Find(table)!.Columns.Concat(context.Target.Find(table)!.Columns).Select(column => column.Name).Distinct()];

    /// <summary>True when a backfill writes the column, so that what builds on its values comes later.</summary>
    public static bool IsFilled(TableName table, string column, PlanContext context) =>
        context.IsRenamedTo(table, column)
        || context.Decisions.Moves.Any(move => move.IsTo(table, column) && !context.IsNew(table))
        || context.Changes.OfType<AlterColumn>().Any(alter => alter.New.Name == column && alter.Table.Matches(table) && alter.BecomesRequired)
        || context.Changes.OfType<AddColumn>().Any(add => add.Column.Name == column && add.Table.Matches(table) && (!add.Column.Nullable || IsRewritten(add, context)));

    /// <summary>
    /// EF makes a value up for the rows that get a required column, and its own migration leaves it behind as the column's default. Null where it does
    /// not, or nobody knows the value.
    /// </summary>
    public static Default? MadeUp(Column fresh, PlanContext context) =>
        fresh is { Nullable: false, Default: null } && !context.Forms.WritesRowsTwice && context.Forms.KeepsMadeUpDefault(fresh.Type) && context.Forms.Zero(fresh.Type, context.Target) is { } zero ? new(zero, Constant: true) : null;

    /// <summary>True when adding the column as it is would write every row anew.</summary>
    public static bool IsRewritten(AddColumn add, PlanContext context) =>
        add.Column is { Default: not null, ComputedSql: null, Identity: false }
        && context.Engine.ImpactOf(add, context.Before)?.Work.HasFlag(Work.Rewrite) == true;
}
