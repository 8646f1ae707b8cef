using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.EngineTests;

/// <summary>Change sets over a schema that is written as DDL.</summary>
internal static class Schema
{
    public static DatabaseModel Model(this Engine engine, string ddl) =>
        StatementReader.Read(ddl, SqlDialect.Of(engine.Id), DatabaseModel.Empty)
            .Aggregate(DatabaseModel.Empty, (model, change) => model.After(change));

    public static ChangeSet Set(this DatabaseModel model, params IReadOnlyList<Change> changes) => new([new("20260101000000_Next", model, changes)]);

    /// <summary>One migration of statements.</summary>
    public static ChangeSet Written(this DatabaseModel model, string sql) => model.Set(StatementReader.Read(sql, SqlDialect.Postgres, model));

    public static TableName Table(string name) => new(null, name);
}
