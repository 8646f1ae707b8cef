using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Digests of tables, whatever the order of their rows.</summary>
internal static class PostgresDigests
{
    /// <summary>2 to the 64th divided by the golden ratio: multiples of it have no bits in common.</summary>
    private const ulong Spread = 0x9E3779B97F4A7C15;

    /// <summary>
    /// A row's is the XOR of its values', each with a seed of its own: values that change places are another digest, and NULL is none of them. The
    /// functions are those that hash partitions lie by, so they stay what they are from one major to the next (pg_upgrade keeps partitions where
    /// they are). A whole row as text takes more than twice as long, for it is quoted byte by byte: see benchmarks/README.md.
    /// </summary>
    public static Ask Of(TableName table, IReadOnlyList<DigestedColumn> columns)
    {
        var values = columns.Select((column, at) => string.Create(CultureInfo.InvariantCulture, $"COALESCE({Value($"t.{PostgresEngine.Value.Quote(column.Name)}", column.Type, Seed(2 * at + 1))}, {Seed(2 * at + 2)})"));
        return new($"SELECT count(*)::text, COALESCE(sum({string.Join(" # ", values.DefaultIfEmpty("0"))}), 0)::text FROM ONLY {PostgresEngine.Value.QuoteTable(table)} t");
    }

    /// <summary>By its own type's function where that sees all of it, else by its text: of a number with a scale it sees neither the sign nor the scale. NULL where the value is.</summary>
    /// <param name="type">Null where its cast to text is a function, which may leave something out: a CHAR's does its blanks.</param>
    private static string Value(string column, string? type, long seed)
    {
        var with = string.Create(CultureInfo.InvariantCulture, $", {seed})");
        return type switch
        {
            "smallint" or "integer" => $"hashint4extended({column}{with}",
            // Its function takes both halves for one, so that small numbers are what they are as integers: the upper half is in the seed.
            "bigint" => string.Create(CultureInfo.InvariantCulture, $"hashint8extended({column}, {seed} # ({column} >> 32))"),
            "boolean" => $"hashint4extended({column}::int{with}",
            "uuid" => $"uuid_hash_extended({column}{with}",
            // Both halves for one, too: of four billion changes of a single value one is missed.
            "timestamp without time zone" => $"timestamp_hash_extended({column}{with}",
            "timestamp with time zone" => $"timestamp_hash_extended({column}::timestamp{with}",
            null => $"""CASE num_nulls({column}) WHEN 0 THEN hashtextextended(concat({column}) COLLATE "C"{with} END""",
            _ => $"""hashtextextended({column}::text COLLATE "C"{with}""",
        };
    }

    private static long Seed(int number) => unchecked((long)((ulong)number * Spread));
}
