using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Changes;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>The words the reader's tests speak in.</summary>
internal static class Reading
{
    public static readonly DatabaseModel Shop = Model(SqlDialect.Postgres, Data.Text("lock-matrix-base.postgresql.sql"));

    public static readonly DatabaseModel SqliteShop = Model(SqlDialect.Sqlite, Data.Text("lock-matrix-base.sqlite.sql"));

    public static readonly DatabaseModel MariaDbShop = Model(SqlDialect.MariaDb, Data.Text("lock-matrix-base.mariadb.sql"));

    public static readonly DatabaseModel SqlServerShop = Model(SqlDialect.SqlServer, Data.Text("cases-base.sqlserver.sql"));

    public static DatabaseModel Model(SqlDialect dialect, string sql) =>
        StatementReader.Read(sql, dialect, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, (model, change) => model.After(change));

    /// <summary>What PostgreSQL would be told, on the shop's schema.</summary>
    public static string Postgres(string sql) => StatementReader.Read(sql, SqlDialect.Postgres, Shop).Show();

    public static string MariaDb(string sql) => StatementReader.Read(sql, SqlDialect.MariaDb, MariaDbShop).Show();

    public static string SqlServer(string sql) => StatementReader.Read(sql.Replace("\\n", "\n", StringComparison.Ordinal), SqlDialect.SqlServer, SqlServerShop).Show();

    public static string Sqlite(string sql) => StatementReader.Read(sql, SqlDialect.Sqlite, SqliteShop).Show();
}
