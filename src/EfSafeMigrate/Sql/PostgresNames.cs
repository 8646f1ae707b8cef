using System.Collections.Frozen;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.Sql;

/// <summary>PostgreSQL's words: type spellings and functions that change nothing.</summary>
internal static class PostgresNames
{
    public static readonly FrozenDictionary<string, string> TypeAliases = new Dictionary<string, string>
    {
        ["int"] = "integer",
        ["int4"] = "integer",
        ["int8"] = "bigint",
        ["int2"] = "smallint",
        ["bool"] = "boolean",
        ["varchar"] = "character varying",
        ["char varying"] = "character varying",
        ["char"] = "character",
        ["bpchar"] = "character",
        ["decimal"] = "numeric",
        ["dec"] = "numeric",
        ["float"] = "double precision",
        ["float8"] = "double precision",
        ["float4"] = "real",
        ["timestamptz"] = "timestamp with time zone",
        ["timestamp"] = "timestamp without time zone",
        ["timetz"] = "time with time zone",
        ["time"] = "time without time zone",
        ["varbit"] = "bit varying",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static readonly FrozenDictionary<string, string> Serials = new Dictionary<string, string>
    {
        ["serial"] = "integer",
        ["serial4"] = "integer",
        ["bigserial"] = "bigint",
        ["serial8"] = "bigint",
        ["smallserial"] = "smallint",
        ["serial2"] = "smallint",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static readonly FrozenSet<string> HarmlessFunctions = Words(
        """
        abs aclexplode age array_agg array_length array_position array_remove array_to_string avg bit_length bool_and bool_or btrim cardinality
        ceil ceiling char_length clock_timestamp coalesce col_description concat concat_ws count currval date_part date_trunc dense_rank
        every exists extract first_value floor format format_type gen_random_uuid generate_series greatest has_table_privilege initcap json_agg
        json_build_object jsonb_agg jsonb_build_object lag last_value lastval lead least left length lower lpad ltrim make_date
        make_interval max md5 min mod nextval now ntile nullif obj_description octet_length overlay pg_advisory_lock pg_advisory_unlock
        pg_advisory_unlock_all pg_advisory_xact_lock pg_backend_pid pg_get_constraintdef pg_get_indexdef pg_get_serial_sequence pg_get_userbyid pg_get_viewdef
        pg_indexes_size pg_is_in_recovery pg_relation_size pg_size_pretty pg_sleep pg_table_size pg_total_relation_size
        pg_try_advisory_lock pg_try_advisory_xact_lock pg_typeof position power quote_ident quote_literal quote_nullable random rank regexp_match
        regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table repeat replace reverse right round row_number
        row_security_active row_to_json rpad rtrim set_config setval sign split_part sqrt statement_timestamp strpos string_agg string_to_array substr
        substring sum timezone to_char to_date to_json to_jsonb to_number to_regclass to_regtype to_timestamp transaction_timestamp translate trim
        trunc txid_current unnest upper uuidv7 version current_schema current_schemas current_setting current_database
        """);

    /// <summary>Of psql; <c>\i</c>, <c>\gexec</c>, <c>\copy</c> and <c>\!</c> run something.</summary>
    public static readonly FrozenSet<string> HarmlessCommands = Words("set unset echo qecho warn pset timing encoding connect c restrict unrestrict x t a q conninfo prompt errverbose");

    /// <summary>What PostgreSQL calls a constraint without a name: table and columns give way, the longer first, until all of it fits.</summary>
    public static string Constraint(string table, string columns, string suffix)
    {
        var limit = PostgresDesign.Names with { Length = PostgresDesign.Names.Length - suffix.Length - (columns.Length > 0 ? 2 : 1) };
        while (limit.LengthOf(table) + limit.LengthOf(columns) > limit.Length)
        {
            (table, columns) = limit.LengthOf(table) > limit.LengthOf(columns) ? (table[..^1], columns) : (table, columns[..^1]);
        }
        return columns.Length > 0 ? $"{table}_{columns}_{suffix}" : $"{table}_{suffix}";
    }

    private static FrozenSet<string> Words(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
