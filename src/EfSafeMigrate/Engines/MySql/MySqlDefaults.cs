using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Defaults that have another value for each row.</summary>
internal static partial class MySqlDefaults
{
    /// <summary>MariaDB evaluates RAND() once for all existing rows; measured.</summary>
    public static bool DiffersByRow(Default given) => !given.Constant && Anew().IsMatch(given.Sql);

    public static bool DiffersByRowOrRandom(Default given) => DiffersByRow(given) || (!given.Constant && Random().IsMatch(given.Sql));

    /// <summary>What rows get where a NOT NULL column gives them nothing; null where it gives something, or the server refuses.</summary>
    public static string? InventedFor(Change change, ServerState state) => change switch
    {
        AddColumn { Column: { Nullable: false, Default: null, ComputedSql: null, Identity: false, Type: var type } } => Zero(MySqlType.Parse(type)),
        AlterColumn { BecomesRequired: true, New.Type: var type } when !state.IsStrict() => Zero(MySqlType.Parse(type)),
        _ => null,
    };

    private static string Zero(MySqlType type) => type.Name switch
    {
        "enum" => $"'{MySqlType.ValuesOf($"enum({type.Arguments})")!.Values[0]}'",
        "date" => "'0000-00-00'",
        "datetime" or "timestamp" => "'0000-00-00 00:00:00'",
        "time" => "'00:00:00'",
        "decimal" or "float" or "double" or "bit" or "year" => "0",
        "set" or "binary" or "varbinary" => "''",
        "json" or "geometry" or "point" => "an empty value",
        "uuid" => "'00000000-0000-0000-0000-000000000000'",
        _ => type.IsInteger ? "0" : "''",
    };

    [GeneratedRegex(@"\b(?:UUID|UUID_SHORT|UUID_V\d|SYS_GUID|SYSDATE|NEXTVAL|RANDOM_BYTES|SLEEP)\s*\(|\bNEXT\s+VALUE\s+FOR\b", RegexOptions.IgnoreCase)]
    private static partial Regex Anew();

    [GeneratedRegex(@"\bRAND\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Random();
}
