namespace EfSafeMigrate.Tests.Engines;

/// <summary>Measured operations that an impact does not cover, each with the reason.</summary>
internal static class NotModelled
{
    private const string Experiment = "a free-form experiment: its finding is a sentence, not figures";

    public static IReadOnlyDictionary<string, string> On(string engine) => engine switch { "postgresql" => Postgres, "mariadb" => MariaDb, _ => Sqlite };

    private static readonly Dictionary<string, string> Postgres = new()
    {
        ["drop_statistics"] = "the schema does not hold extended statistics, so the table of one that is dropped is unknown; no lock that blocks anybody",
        ["alter_type_int_to_bool_using"] = "the CHECK (qty >= 0) has no operator for the new type: telling that takes PostgreSQL's operator resolution",
        ["enum_create_and_add_value_then_use_same_tx"] = "two changes that only together are refused: a rule's matter, no impact of either",
        ["add_unique_using_invalid_index"] = "the index is made invalid by hand in the catalogue",
        ["experiment_lock_queue"] = Experiment,
        ["experiment_lock_timeout_frees_queue"] = Experiment,
        ["experiment_lock_timeout_does_not_bound_rewrite"] = Experiment,
        ["experiment_statement_timeout_aborts_rewrite"] = Experiment,
        ["experiment_cic_lock_timeout_leaves_invalid"] = Experiment,
        ["experiment_cic_if_not_exists_keeps_invalid"] = Experiment,
        ["experiment_reindex_concurrently_repairs_invalid"] = Experiment,
        ["experiment_second_cic_waits"] = Experiment,
        ["experiment_cic_while_other_session_holds_history_lock"] = Experiment,
        ["experiment_alter_sequence_restart_blocks_nextval"] = Experiment,
        ["experiment_identity_sequence_type_after_bigint"] = Experiment,
        ["experiment_serial_sequence_type_after_bigint"] = Experiment,
        ["experiment_cached_plan_after_type_change"] = Experiment,
        ["experiment_cached_plan_select_star_after_add_column"] = Experiment,
        ["experiment_cached_plan_after_varchar_widen"] = Experiment,
    };

    private static readonly Dictionary<string, string> Sqlite = new()
    {
        ["experiment_rebuild_inside_transaction_cascade"] = Experiment,
        ["experiment_rebuild_pragma_outside_transaction"] = Experiment,
        ["experiment_rebuild_inside_transaction_restrict"] = Experiment,
        ["experiment_rebuild_loses_triggers_and_indexes"] = Experiment,
        ["experiment_rebuild_with_view"] = Experiment,
        ["experiment_rebuild_with_trigger_on_other_table"] = Experiment,
        ["experiment_ddl_is_transactional"] = Experiment,
        ["experiment_open_reader_blocks_ddl_wal"] = Experiment,
        ["experiment_open_writer_blocks_ddl_wal"] = Experiment,
        ["experiment_rebuild_20k_wal"] = Experiment,
        ["experiment_create_index_20k_wal"] = Experiment,
        ["experiment_open_reader_blocks_ddl_delete"] = Experiment,
        ["experiment_open_writer_blocks_ddl_delete"] = Experiment,
        ["experiment_rebuild_20k_delete"] = Experiment,
        ["experiment_create_index_20k_delete"] = Experiment,
        ["experiment_add_not_null_default_null"] = Experiment,
        ["experiment_drop_column_in_partial_index"] = Experiment,
        ["experiment_rename_column_updates_views_triggers"] = Experiment,
    };

    private static readonly Dictionary<string, string> MariaDb = new()
    {
        ["truncate"] = "the table is new and empty: that its rows were read is inferred from its new number, and the time does not grow with the rows",
        ["delete_all_rows"] = "the parallel clients wrote other rows than those the DELETE had locked",
        ["alter_type_varchar_widen_row_format_redundant"] = "the schema does not hold row formats: REDUNDANT, which keeps lengths in two bytes, was the default before MySQL 5.0.3",
        ["experiment_ddl_implicit_commit"] = Experiment,
        ["experiment_mdl_queue"] = Experiment,
        ["experiment_lock_wait_timeout"] = Experiment,
        ["experiment_open_tx_on_child"] = Experiment,
        ["experiment_open_tx_on_parent"] = Experiment,
        ["experiment_open_tx_on_child_reader"] = Experiment,
        ["experiment_open_tx_on_parent_reader"] = Experiment,
        ["experiment_create_table_fk_to_busy_table"] = Experiment,
        ["experiment_failed_alter_is_atomic"] = Experiment,
        ["experiment_child_insert_during_parent_alter"] = Experiment,
    };
}
