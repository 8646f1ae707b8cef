using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>The pages of Microsoft Learn that say what an impact says. Nothing of SQL Server was measured.</summary>
internal static class SqlServerPages
{
    private const string Root = "https://learn.microsoft.com/sql/";

    public static Basis Of(Change change) => new(null, new(Root + Path(change)));

    private static string Path(Change change) => change switch
    {
        CreateIndex { Demanded.Online: true } or AddPrimaryKey { Demanded.Online: true } or AddUniqueConstraint { Demanded.Online: true } =>
            "relational-databases/indexes/guidelines-for-online-index-operations",
        CreateIndex { Index: { Method: { } method } } when method.Contains("COLUMNSTORE", StringComparison.Ordinal) => "t-sql/statements/create-columnstore-index-transact-sql",
        CreateIndex { Index.Method: "FULLTEXT" } => "t-sql/statements/create-fulltext-index-transact-sql",
        CreateIndex => "t-sql/statements/create-index-transact-sql",
        DropIndex => "t-sql/statements/drop-index-transact-sql",
        Reindex or SetTableOption { Option: "REORGANIZE INDEX" or "DISABLE INDEX" or "SET INDEX" } => "t-sql/statements/alter-index-transact-sql",
        RenameTable rename when rename.Table.Schema != rename.NewName.Schema && rename.NewName.Schema is not null => "t-sql/statements/alter-schema-transact-sql",
        RenameTable or RenameColumn or RenameIndex or RenameConstraint or RenameSequence => "relational-databases/system-stored-procedures/sp-rename-transact-sql",
        CreateTable => "t-sql/statements/create-table-transact-sql",
        DropTable => "t-sql/statements/drop-table-transact-sql",
        Truncate => "t-sql/statements/truncate-table-transact-sql",
        UpdateRows or DeleteRows or InsertRows or InsertData or UpdateData or DeleteData => "relational-databases/sql-server-transaction-locking-and-row-versioning-guide",
        AlterDatabase => "t-sql/statements/alter-database-transact-sql",
        DropDatabase => "t-sql/statements/drop-database-transact-sql",
        CreateSequence or AlterSequence or RestartSequence => "t-sql/statements/alter-sequence-transact-sql",
        DropSequence => "t-sql/statements/drop-sequence-transact-sql",
        CreateSchema or DropSchema => "t-sql/statements/drop-schema-transact-sql",
        CreateView or DropView => "t-sql/statements/create-view-transact-sql",
        CreateTrigger or DropTrigger or RenameTrigger => "t-sql/statements/create-trigger-transact-sql",
        Analyze => "t-sql/statements/update-statistics-transact-sql",
        _ => "t-sql/statements/alter-table-transact-sql",
    };
}
