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
/// <param name="sql">The schema the statements ran on.</param>
internal sealed class LockMatrix(Engine engine, SqlDialect dialect, string sql)
{
    public static readonly LockMatrix Postgres = Of("postgresql", SqlDialect.Postgres);
    public static readonly LockMatrix Sqlite = Of("sqlite", SqlDialect.Sqlite);
    public static readonly LockMatrix MariaDb = Of("mariadb", SqlDialect.MariaDb);

    private readonly DatabaseModel schema = After(sql, dialect, DatabaseModel.Empty);

    private static LockMatrix Of(string id, SqlDialect dialect) => new(EngineBook.All.Single(engine => engine.Id == id), dialect, Data.Text($"lock-matrix-base.{id}.sql"));

    public Engine Engine => engine;

    public IReadOnlyList<Verdict> Walk() => Walk(Measurement.Of(engine.Id));

    public IReadOnlyList<Verdict> Walk(IEnumerable<Measurement> measurements) =>
    [
        .. from measured in measurements
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
        state = StatementReader.Read(measured.Session ?? "", dialect, state.Model).Aggregate(state, (before, change) => before.After(change));
        var written = Predict(Written(measured, state.Model), state);
        var differences = written is null ? ["not modelled"] : Comparison.Differences(written, measured).ToArray();
        if (Rebuilt(measured, state.Model) is not { } operation)
        {
            return new(measured, version, written, differences);
        }
        // The rebuild was measured inside one transaction; EF leaves it for a PRAGMA, so that figure is not EF's.
        var predicted = Predict(operation, state);
        var asRebuilt = measured with { Ok = true, InTransaction = predicted?.Transactional == true };
        return new(measured, version, predicted, [.. differences, .. predicted is null ? ["the rebuild is not modelled"] : Comparison.Differences(predicted, asRebuilt)]);
    }

    private Prediction? Predict(IReadOnlyList<Change> changes, ServerState state) =>
        changes.OfType<OpaqueSql>().Any() ? null : Prediction.Of(changes, engine, state);

    /// <summary>A statement that stands alone runs without a transaction around it; several run in one, and a DO block is one.</summary>
    private List<Change> Written(Measurement measured, DatabaseModel model)
    {
        var alone = !measured.Ddl.Contains(';', StringComparison.Ordinal) && !measured.Ddl.StartsWith("DO ", StringComparison.Ordinal);
        return
        [
            .. StatementReader.Read(measured.Ddl, dialect, model).Select(change => change with
            {
                InTransaction = change.InTransaction && !alone,
                Origin = change.Origin with { OperationName = "Sql" },
            }),
        ];
    }

    /// <summary>
    /// EF's operation for what was measured as a rebuild. It is written down as the statement that other engines have for it.
    /// EF adds a column by a statement even where SQLite then refuses, unless the column is a stored one.
    /// </summary>
    private static List<Change>? Rebuilt(Measurement measured, DatabaseModel model) =>
        measured.Rebuild is null
            || StatementReader.Read(measured.Ddl, SqlDialect.Postgres, model) is [AddColumn { Column: not { Stored: true } }] ? null :
        [
            .. StatementReader.Read(measured.Ddl, SqlDialect.Postgres, model)
                .Select(change => change with { Origin = change.Origin with { OperationName = change.GetType().Name } }),
        ];

    private static DatabaseModel After(string sql, SqlDialect dialect, DatabaseModel model) =>
        StatementReader.Read(sql, dialect, model).Aggregate(model, (before, change) => before.After(change));
}
