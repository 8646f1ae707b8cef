using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>What a migration says it does away with: no Down brings that back, and nobody expects it to.</summary>
internal sealed class MeantLosses(PlannedUpdate migration)
{
    private readonly Change[] changes = [.. migration.Judged.Situations.Select(situation => situation.Change)];

    /// <summary>Somebody has accepted that there is no way back.</summary>
    public string? Accepted { get; } = migration.Judged.Findings.FirstOrDefault(finding => finding is { Category: Category.Irreversible, Waiver: not null })?.Waiver?.Reason;

    /// <summary>Somebody has accepted everything by which the running release may stop.</summary>
    public string? Breaks { get; } = migration.Judged.Findings.Where(finding => finding.Category is Category.Incompatible or Category.Destructive).ToArray() is { Length: > 0 } breaking
        && Array.TrueForAll(breaking, finding => finding.Waiver is not null) ? breaking[0].Waiver!.Reason : null;

    /// <summary>Rows of the table go.</summary>
    public bool OfRows(TableName table) => changes.Any(change => change switch
    {
        DropTable or Truncate or DeleteRows or DeleteData or DetachPartition => change.Target?.Matches(table) == true,
        DropSchema drop => table.Schema == drop.Name,
        OpaqueSql opaque => Names(opaque.Sql, table.Name),
        _ => false,
    }) || changes.OfType<Truncate>().Any(truncate => truncate.Cascade);

    /// <summary>Values of the column go, or others are written over them.</summary>
    public bool OfValues(TableName table, string column) => OfRows(table) || migration.Judged.Situations.Any(situation => situation.Change switch
    {
        DropColumn drop => drop.Table.Matches(table) && drop.Name == column,
        UpdateRows update => update.Table.Matches(table) && (update.Columns.Count == 0 || update.Columns.Contains(column)),
        UpdateData update => update.Table.Matches(table) && update.Columns.Contains(column),
        AlterColumn alter => alter.Table.Matches(table) && alter.New.Name == column && situation.Impact.FailsIf.HasFlag(FailsIf.ValuesDoNotFit),
        _ => false,
    }) || migration.Commands.Any(command => command.Backfill is { } spec && spec.Table.Matches(table) && (spec.Column == column || IsFilledWith(table, column)));

    /// <summary>The trigger that stands while a backfill writes one column makes the others that belong to it.</summary>
    private bool IsFilledWith(TableName table, string column) =>
        migration.Judged.Migration.Phase?.Regroups?.Any(regrouping => regrouping.Table.Matches(table) && regrouping.New.Any(each => each.Name == column)) == true;

    /// <summary>Some values of the table go; which, cannot be told where rows have no key.</summary>
    public bool OfSomeValues(TableName table) => OfRows(table) || changes.Any(change => change is DropColumn or UpdateRows or UpdateData or AlterColumn && change.Target?.Matches(table) == true)
        || migration.Commands.Any(command => command.Backfill is { } spec && spec.Table.Matches(table));

    private static bool Names(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !IsOfName(text[at - 1])) && (at + name.Length >= text.Length || !IsOfName(text[at + name.Length])))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter == '_';
}
