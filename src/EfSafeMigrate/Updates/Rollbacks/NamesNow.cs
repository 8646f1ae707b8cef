using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>What tables and columns are called now that a step meets under other names, because steps before it have renamed them by then.</summary>
/// <param name="earlier">What happens before, in order.</param>
internal sealed class NamesNow(IReadOnlyList<Change> earlier)
{
    public TableName Of(TableName table) =>
        earlier.Reverse().OfType<RenameTable>().Aggregate(table, (name, rename) => rename.NewName.Matches(name) ? rename.Table : name);

    public string Of(TableName table, string column)
    {
        foreach (var change in earlier.Reverse())
        {
            if (change is RenameTable rename && rename.NewName.Matches(table))
            {
                table = rename.Table;
            }
            else if (change is RenameColumn renamed && renamed.Table.Matches(table) && renamed.NewName == column)
            {
                column = renamed.Name;
            }
        }
        return column;
    }
}
