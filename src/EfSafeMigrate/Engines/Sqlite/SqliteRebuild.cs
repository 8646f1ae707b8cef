using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Sqlite.SqliteImpact;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>
/// What SQLite cannot alter EF rebuilds: it creates <c>ef_temp_X</c>, copies every row, drops X, renames and creates the indexes again.
/// </summary>
internal static class SqliteRebuild
{
    public static Impact? ImpactOf(Change change, ServerState state)
    {
        if (change.IsWrittenSql || FailsIfOf(change) is not { } failsIf || change.Target is not { } table)
        {
            return null;
        }
        var indexed = state.Model.Find(table)?.HasIndexes() != false;
        return Writing(table, indexed ? Work.Rewrite | Work.IndexBuild : Work.Rewrite, failsIf) with
        {
            // EF sets PRAGMA foreign_keys, which does nothing inside a transaction: inside one the DROP TABLE would delete cascading children.
            Transactional = false,
            Refused = SqliteDependents.StoppingRebuild(table, state.Model),
        };
    }

    /// <summary>What stops the copy, for the changes that EF rebuilds for; null for the others.</summary>
    private static FailsIf? FailsIfOf(Change change) => change switch
    {
        AddColumn { Column: { ComputedSql: not null, Stored: true } } => FailsIf.Nothing,
        // With a default the copy selects IFNULL(column, default).
        AlterColumn alter => alter.BecomesRequired && alter.New.Default is null ? FailsIf.NullsExist : FailsIf.Nothing,
        AddPrimaryKey => FailsIf.DuplicatesExist | FailsIf.NullsExist,
        AddUniqueConstraint => FailsIf.DuplicatesExist,
        AddCheckConstraint => FailsIf.ViolationsExist,
        // EF turns foreign keys off behind the copy, for the drop alone; seen on a file with EF Core 10.
        AddForeignKey => FailsIf.OrphansExist,
        DropForeignKey or DropColumn or DropPrimaryKey or DropUniqueConstraint or DropCheckConstraint or DropConstraint or AlterTable
            => FailsIf.Nothing,
        _ => null,
    };
}
