using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Reads the SQL of another tool's migrations as that tool runs it.</summary>
/// <param name="batchesAreTransactions">Several statements in one text are one transaction.</param>
internal sealed class ForeignReader(SqlDialect dialect, bool batchesAreTransactions)
{
    /// <summary>The chosen ones, each on the schema that all before it leave.</summary>
    public ChangeSet Read(IReadOnlyList<ForeignMigration> all, IReadOnlyList<string> chosen)
    {
        var model = DatabaseModel.Empty;
        List<MigrationChanges> read = [];
        foreach (var migration in all)
        {
            var statements = StatementReader.ReadEach(migration.Sql, dialect, model);
            if (chosen.Contains(migration.Id))
            {
                read.AddRange(new ScriptReader(migration.File, dialect, TransactionOf(migration, statements), migration.Id).Read(migration.Sql, model).Changes.Migrations);
            }
            model = statements.Count == 0 ? model : statements[^1].After;
        }
        return new(read);
    }

    private ScriptTransaction TransactionOf(ForeignMigration migration, IReadOnlyList<ReadStatement> statements) => migration.Carried switch
    {
        Carried.InTransaction => ScriptTransaction.Migration,
        Carried.AsBatch when batchesAreTransactions && statements.Count > 1 && !statements.SelectMany(statement => statement.Changes).Any(change => change is TransactionControl) => ScriptTransaction.Migration,
        _ => ScriptTransaction.Explicit,
    };
}
