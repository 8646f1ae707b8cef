using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Plans;

/// <summary>Refusals of a plan.</summary>
internal static class PlanErrors
{
    private static readonly string Refused = Rule.IdOf(typeof(ChangeRefusedRule));

    private const string Single = "run it again with --one-shot to get EF's own single migration";

    public static SafeMigrateException NotHandled(string what, string why) => NotHandled(what, why, $"or {Single}");

    /// <param name="next">Where EF's own migration would not do, or not alone.</param>
    public static SafeMigrateException NotHandled(string what, string why, string next) => new($"There are no phases for {what}: {why}.", next, ExitCode.StoppedSafely);

    /// <param name="flag">What makes no sense beside <c>--one-shot</c>; without it EF drops the values.</param>
    /// <param name="dropped">What they are in.</param>
    public static SafeMigrateException NotCarried(string what, string why, string flag, string dropped) =>
        NotHandled(what, why, $"or leave {flag} out, {Single}, and carry the values over in it by hand before it drops {dropped}");

    /// <param name="names">Foreign keys for which the server refuses EF's own migration.</param>
    public static SafeMigrateException Tied(string what, string why, IReadOnlyList<string> names) =>
        NotHandled(what, why, $"or {Single}, and let its Up and its Down first drop {string.Join(" and ", names)} and at last add {(names.Count == 1 ? "it" : "them")} again");

    public static SafeMigrateException NeedsUsing(TableName table, Column old, Column fresh, params IEnumerable<string> columns) =>
        new($"{table}.{old.Name} becomes {table}.{fresh.Name} as {fresh.Type}, and {old.Type} is not converted there and back without a word.",
            $"add {string.Join(" and ", columns.Select(column => $"--using \"{table}.{column}=SQL\""))}, an expression over the other column");

    public static SafeMigrateException NeedsUsing(ColumnGroup group, IReadOnlyList<(string Column, IReadOnlyList<string> From)> missing) =>
        new($"Nothing says how {string.Join(" and ", missing.Select(each => each.Column))} {(missing.Count == 1 ? "gets its values" : "get their values")} in the {group.What}.",
            $"add {string.Join(" and ", missing.Select(each => $"--using \"{group.Table}.{each.Column}=SQL\" over {string.Join(", ", each.From)}"))}");

    public static SafeMigrateException NoPhases((TableName Table, string Column, string Sql) said, string why, bool onDemand) =>
        new($"`--using {said.Table}.{said.Column}` cannot be kept: {why}.", $"{(onDemand ? "add --phased, or " : "")}leave --using out to get EF's own single migration, and convert the values in it by hand", ExitCode.StoppedSafely);

    public static SafeMigrateException Using(TableName table, string column, string why, string next) =>
        new($"`--using` of {table}.{column} {why}.", next);

    public static SafeMigrateException OneName(TableName table, Column old, Column fresh) =>
        new($"There are no phases for the change of {table}.{old.Name} from {old.Type} to {fresh.Type} under one name: the running release cannot read {fresh.Type}.",
            $"map it under a new column name, New, and say --rename \"{table}.{old.Name}=New\" with --using \"{table}.New=SQL\" and --using \"{table}.{old.Name}=SQL\", "
            + $"or {Single}",
            ExitCode.StoppedSafely);

    /// <param name="findings">What stops the running release, the first of them with what to do instead.</param>
    public static SafeMigrateException Dangerous(string name, IReadOnlyList<Finding> findings) => new(
        $"{name} cannot be split into safe phases yet: {findings[0].Message}{(findings.Count > 1 ? $" ({findings.Count - 1} more like it)" : "")}",
        $"{char.ToLowerInvariant(findings[0].Cure.Advice[0])}{findings[0].Cure.Advice[1..].TrimEnd('.')}; or leave that change out{(findings.Any(finding => finding.Rule == Refused) ? "" : $"; or {Single}")}",
        ExitCode.StoppedSafely);

    public static SafeMigrateException Computed(TableName table, string column, string computed) =>
        new($"{table}.{column} cannot be filled from {computed}: {computed} is computed after the trigger that fills new rows.", $"write what {computed} is computed from into --fill \"{table}.{column}=SQL\"");

    public static SafeMigrateException UsesComputed(TableName table, string column, string computed) =>
        new($"{table}.{column} cannot be made of {computed}: {computed} is computed after the trigger that fills {column}.", $"write what {computed} is computed from into --using \"{table}.{column}=SQL\"");

    public static SafeMigrateException Numbered(TableName table, string column, string numbered) =>
        new($"{table}.{column} cannot be filled from {numbered}: the database numbers a new row behind the trigger that fills it.", $"write another value into --fill \"{table}.{column}=SQL\"");

    public static SafeMigrateException NeedsFill(TableName table, string column, string why) =>
        new($"{table}.{column} needs a value for rows that have none: {why}.", $"add --fill \"{table}.{column}=SQL\", an expression over the columns of {table}");
}
