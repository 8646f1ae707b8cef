using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>An operation on one version, as predicted and as measured.</summary>
/// <param name="Predicted">Null when nothing can be said of it.</param>
internal sealed record Verdict(Measurement Measured, string Version, Prediction? Predicted, IReadOnlyList<string> Differences)
{
    public bool Agrees => Predicted is not null && Differences.Count == 0;
}

/// <summary>Reads every measured statement on the schema it ran on and asks the engine what it does.</summary>
internal sealed class LockMatrix(Engine engine, SqlDialect dialect)
{
    public static readonly LockMatrix Postgres = new(EngineBook.All.Single(engine => engine.Id == "postgresql"), SqlDialect.Postgres);
    public static readonly LockMatrix Sqlite = new(EngineBook.All.Single(engine => engine.Id == "sqlite"), SqlDialect.Sqlite);

    private readonly DatabaseModel schema = After(Data.Text($"lock-matrix-base.{engine.Id}.sql"), dialect, DatabaseModel.Empty);

    public Engine Engine => engine;

    public IReadOnlyList<Verdict> Walk() =>
    [
        .. from measured in Measurement.Of(engine.Id)
           from version in measured.Versions
           select Judge(measured, version),
    ];

    private Verdict Judge(Measurement measured, string version)
    {
        if (measured.Experiment)
        {
            return new(measured, version, null, ["a free-form experiment"]);
        }
        EngineVersion.TryParse(version, out var parsed).ShouldBeTrue();
        var state = new ServerState(parsed, After(measured.Setup ?? "", dialect, schema)) { TimeZone = measured.TimeZone };
        var changes = Changes(measured, state.Model);
        var predicted = changes.OfType<OpaqueSql>().Any() ? null : Prediction.Of(changes, engine, state);
        return new(measured, version, predicted, predicted is null ? [$"not modelled: {string.Join(", ", changes)}"] : [.. Comparison.Differences(predicted, measured)]);
    }

    /// <summary>A statement that stands alone runs without a transaction around it; several run in one, and a DO block is one.</summary>
    private IReadOnlyList<Change> Changes(Measurement measured, DatabaseModel model)
    {
        var alone = !measured.Ddl.Contains(';', StringComparison.Ordinal) && !measured.Ddl.StartsWith("DO ", StringComparison.Ordinal);
        // What EF rebuilds on SQLite is written down as the statement that other engines have for it.
        var read = StatementReader.Read(measured.Ddl, measured.Rebuild is null ? dialect : SqlDialect.Postgres, model);
        return
        [
            .. read.Select(change => change with
            {
                InTransaction = change.InTransaction && !alone,
                Origin = change.Origin with { OperationName = measured.Rebuild is null ? "Sql" : change.GetType().Name },
            }),
        ];
    }

    private static DatabaseModel After(string sql, SqlDialect dialect, DatabaseModel model) =>
        StatementReader.Read(sql, dialect, model).Aggregate(model, (before, change) => before.After(change));
}
