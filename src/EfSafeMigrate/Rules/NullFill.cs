using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>Whether the NULLs of a column are gone before it becomes required.</summary>
internal static partial class NullFill
{
    /// <summary>A statement of the same transaction fills them, or the provider puts one before NOT NULL where the model gives a default.</summary>
    public static bool InTransaction(Situation situation, TableName table, string column) =>
        IsEmitted(situation) || situation.SameTransaction.Any(earlier => Fills(earlier.Change, table, column));

    public static bool InSet(Situation situation, TableName table, string column) =>
        IsEmitted(situation) || situation.EarlierInSet.Any(earlier => Fills(earlier, table, column));

    public static bool IsEmitted(Situation situation) => situation.Engine.FillsNulls && IsEmitted(situation.Change);

    public static bool IsEmitted(Change change) =>
        change is AlterColumn { BecomesRequired: true, New.Default: not null, Origin.OperationName: nameof(AlterColumn) };

    private static bool Fills(Change change, TableName table, string column) =>
        change is UpdateRows update && update.Table.Matches(table) && update.Columns.Contains(column)
        && (update.Where is null || IsNull().IsMatch(update.Where));

    [GeneratedRegex(@"\bIS\s+NULL\b", RegexOptions.IgnoreCase)]
    private static partial Regex IsNull();
}
