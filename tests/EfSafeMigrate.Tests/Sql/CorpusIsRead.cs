using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

public class CorpusIsRead
{
    private const string Prose = "The row describes an experiment in words";

    // A statement may stay opaque only when it stands here with its reason.
    private static readonly Dictionary<string, string> Opaque = new()
    {
        ["experiment_statement_timeout_aborts_rewrite"] = Prose,
        ["experiment_second_cic_waits"] = Prose,
        ["experiment_cic_while_other_session_holds_history_lock"] = Prose,
        ["experiment_cached_plan_after_type_change"] = Prose,
        ["experiment_cached_plan_select_star_after_add_column"] = Prose,
        ["experiment_cached_plan_after_varchar_widen"] = Prose,
        ["experiment_rebuild_inside_transaction_cascade"] = Prose,
        ["experiment_rebuild_pragma_outside_transaction"] = Prose,
        ["experiment_rebuild_inside_transaction_restrict"] = Prose,
        ["experiment_rebuild_loses_triggers_and_indexes"] = Prose,
        ["experiment_rebuild_with_view"] = Prose,
        ["experiment_rebuild_with_trigger_on_other_table"] = Prose,
        ["experiment_ddl_is_transactional"] = Prose,
        ["experiment_open_reader_blocks_ddl_wal"] = Prose,
        ["experiment_open_writer_blocks_ddl_wal"] = Prose,
        ["experiment_rebuild_20k_wal"] = Prose,
        ["experiment_create_index_20k_wal"] = Prose,
        ["experiment_open_reader_blocks_ddl_delete"] = Prose,
        ["experiment_open_writer_blocks_ddl_delete"] = Prose,
        ["experiment_rebuild_20k_delete"] = Prose,
        ["experiment_create_index_20k_delete"] = Prose,
        ["experiment_drop_column_in_partial_index"] = Prose,
        ["experiment_rename_column_updates_views_triggers"] = Prose,
        ["experiment_ddl_implicit_commit"] = Prose,
        ["experiment_lock_wait_timeout"] = Prose,
    };

    [Theory]
    [InlineData("postgresql")]
    [InlineData("sqlite")]
    [InlineData("mariadb")]
    public void Every_measured_statement_is_read(string engine)
    {
        var (dialect, model) = Base("lock-matrix-base", engine);
        var unread = Data.LockMatrix
            .Where(row => row.Engine == engine)
            .SelectMany(row => Unread(row.Op, [row.Setup, row.Ddl], dialect, model));
        unread.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    [InlineData("mariadb")]
    [InlineData("sqlserver")]
    public void Every_judged_case_is_read(string engine)
    {
        var (dialect, model) = Base("cases-base", engine);
        var unread = Data.Cases
            .Where(row => row.Engine == engine)
            .SelectMany(row => Unread(row.Id, [row.Setup, row.Sql], dialect, model));
        unread.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_listed_as_opaque_without_need()
    {
        var texts = Data.LockMatrix.Select(row => (row.Op, row.Engine, row.Ddl)).Concat(Data.Cases.Select(row => (row.Id, row.Engine, row.Sql)));
        var opaque = texts
            .Where(text => EngineBook.All.Any(engine => engine.Id == text.Item2))
            .Where(text => StatementReader.Read(text.Item3, Dialect(text.Engine), DatabaseModel.Empty).OfType<OpaqueSql>().Any())
            .Select(text => text.Item1);
        Opaque.Keys.Except(opaque).ShouldBeEmpty();
    }

    private static SqlDialect Dialect(string engine) => SqlDialect.Of(engine);

    private static IEnumerable<string> Unread(string id, string?[] texts, SqlDialect dialect, DatabaseModel model) =>
        StatementReader.Read(string.Join(";\n", texts.OfType<string>()), dialect, model)
            .OfType<OpaqueSql>()
            .Where(_ => !Opaque.ContainsKey(id))
            .Select(opaque => $"{id}: {opaque.Why}: {opaque.Sql}");

    private static (SqlDialect Dialect, DatabaseModel Model) Base(string name, string engine)
    {
        var dialect = Dialect(engine);
        var changes = StatementReader.Read(Data.Text($"{name}.{engine}.sql"), dialect, DatabaseModel.Empty);
        changes.OfType<OpaqueSql>().ShouldBeEmpty();
        return (dialect, changes.Aggregate(DatabaseModel.Empty, (model, change) => model.After(change)));
    }
}
