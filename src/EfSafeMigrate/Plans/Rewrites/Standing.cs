using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A default that stands in for a trigger.</summary>
internal static class Standing
{
    /// <summary>Where each statement commits, the column stands for an instant without the trigger that fills it, or the trigger cannot fill it at all.</summary>
    public static IEnumerable<Step> Default(TableName table, Column old, bool set, PlanContext context) =>
        context.CommitsEachStep && old is { Nullable: false, Default: null } && context.Forms.Zero(old.Type, context.Source) is { } zero
            ? [new Sql(context.Forms.SetDefault(table, old.Name, set ? new(zero, Constant: true) : null), Suppressed: false, set ? $"The new release inserts without {old.Name}" : null)]
            : [];
}
