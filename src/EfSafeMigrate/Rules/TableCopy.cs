using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>A table altered by hand as a copy: create a new one, fill it, drop the old one, give the new one its name.</summary>
internal static class TableCopy
{
    public static bool Replaces(Situation situation, TableName table) =>
        situation.Migration.Changes.Skip(situation.Position + 1).OfType<RenameTable>().Any(rename =>
            rename.NewName.Matches(table) && situation.IsNew(rename.Table));
}
