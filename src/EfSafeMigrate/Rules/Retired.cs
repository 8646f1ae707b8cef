using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>
/// What the running release does not map any more, though the database still has it: the source model of the first migration of the
/// deployment is the one that release was built with.
/// </summary>
internal static class Retired
{
    private const string Suffix = "_dropped";

    public static string SetAside(string name) => $"{name}{Suffix}";

    /// <summary>It was renamed out of everybody's way by an earlier deployment, and nobody has missed it since.</summary>
    public static bool IsSetAside(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    public static string Advice(string name) =>
        $"rename it to {SetAside(name)} in a later migration, and drop that once nobody has missed it and its values are saved";

    public static bool Column(Situation situation, TableName table, string column) =>
        Table(situation, table) || (Released(situation).Find(table) is { Columns.Count: > 0 } mapped
        && mapped.Column(column) is null
        && !situation.IsNew(table, column)
        && !situation.EarlierInSet.Any(earlier => earlier is RenameTable moved && moved.NewName.Matches(table)
            || earlier is RenameColumn renamed && renamed.Table.Matches(table) && renamed.NewName == column));

    public static bool Table(Situation situation, TableName table) =>
        Released(situation) is { Tables.Count: > 0 } released
        && released.Find(table) is null
        && !situation.IsNew(table)
        && !situation.EarlierInSet.Any(earlier => earlier is RenameTable moved && moved.NewName.Matches(table));

    private static DatabaseModel Released(Situation situation) => situation.Set.Migrations[0].Source;
}
