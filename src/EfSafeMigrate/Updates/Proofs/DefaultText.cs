using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Proofs;

/// <summary>A default that is written out, in the notation in which values are compared.</summary>
internal static class DefaultText
{
    /// <returns>Null when it is no text, number or truth.</returns>
    public static string? Of(Default? value)
    {
        if (value is not { Sql: var sql })
        {
            return null;
        }
        return sql.Equals("true", StringComparison.OrdinalIgnoreCase) ? "1"
            : sql.Equals("false", StringComparison.OrdinalIgnoreCase) ? "0"
            : decimal.TryParse(sql, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : sql.Length > 1 && sql[0] == '\'' && sql[^1] == '\'' && !DateTime.TryParse(sql[1..^1], CultureInfo.InvariantCulture, out _) && !Guid.TryParse(sql[1..^1], out _)
                ? sql[1..^1].Replace("''", "'", StringComparison.Ordinal) : null;
    }
}
