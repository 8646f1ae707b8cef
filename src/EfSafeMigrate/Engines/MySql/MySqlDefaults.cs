using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Defaults that have another value for each row.</summary>
internal static partial class MySqlDefaults
{
    /// <summary>MariaDB evaluates RAND() once for all existing rows; measured.</summary>
    public static bool DiffersByRow(Default given) => !given.Constant && Anew().IsMatch(given.Sql);

    public static bool DiffersByRowOrRandom(Default given) => DiffersByRow(given) || (!given.Constant && Random().IsMatch(given.Sql));

    [GeneratedRegex(@"\b(?:UUID|UUID_SHORT|UUID_V\d|SYS_GUID|SYSDATE|NEXTVAL|RANDOM_BYTES|SLEEP)\s*\(|\bNEXT\s+VALUE\s+FOR\b", RegexOptions.IgnoreCase)]
    private static partial Regex Anew();

    [GeneratedRegex(@"\bRAND\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Random();
}
