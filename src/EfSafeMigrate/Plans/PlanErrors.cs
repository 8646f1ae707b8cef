using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>Refusals of a plan.</summary>
internal static class PlanErrors
{
    public static SafeMigrateException NotHandled(string what, string why) =>
        new($"There are no phases for {what}: {why}.", "or run it again with --one-shot to get EF's own single migration", ExitCode.StoppedSafely);

    public static SafeMigrateException Computed(TableName table, string column, string computed) =>
        new($"{table}.{column} cannot be filled from {computed}: {computed} is computed after the trigger that fills new rows.", $"write what {computed} is computed from into --fill \"{table}.{column}=SQL\"");

    public static SafeMigrateException Numbered(TableName table, string column, string numbered) =>
        new($"{table}.{column} cannot be filled from {numbered}: the database numbers a new row behind the trigger that fills it.", $"write another value into --fill \"{table}.{column}=SQL\"");

    public static SafeMigrateException NeedsFill(TableName table, string column, string why) =>
        new($"{table}.{column} needs a value for rows that have none: {why}.", $"add --fill \"{table}.{column}=SQL\", an expression over the columns of {table}");
}
