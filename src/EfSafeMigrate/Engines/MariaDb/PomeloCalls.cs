using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.MariaDb;

/// <summary>
/// Calls of the two procedures that Pomelo makes around a change of the primary key when it migrates, and that no script of ours makes: what they
/// do is asked of the catalogue when the script runs. Done again, it changes nothing.
/// </summary>
internal static partial class PomeloCalls
{
    /// <summary>A query for the ALTER TABLE that the call comes to, or NULL where it comes to nothing; null for any other statement.</summary>
    public static string? Alteration(string sql)
    {
        if (Call().Match(sql) is not { Success: true } call)
        {
            return null;
        }
        var (schema, table, column) = (call.Groups["schema"].Value, call.Groups["table"].Value, call.Groups["column"]);
        var which = column.Success ? $"column_name = {column.Value} AND column_type LIKE '%int%'" : "extra = 'auto_increment'";
        return $"""
            SELECT CONCAT('ALTER TABLE `', REPLACE(table_schema, '`', '``'), '`.`', REPLACE(table_name, '`', '``'), '` MODIFY COLUMN `', REPLACE(column_name, '`', '``'), '` ', column_type, ' NOT NULL{(column.Success ? " AUTO_INCREMENT" : "")}')
                        FROM information_schema.columns WHERE table_schema = COALESCE({schema}, DATABASE()) AND table_name = {table} AND column_key = 'PRI' AND {which} LIMIT 1
            """;
    }

    [GeneratedRegex(@"^\s*CALL\s+`?(?:POMELO_BEFORE_DROP_PRIMARY_KEY`?\s*\(\s*(?<schema>NULL|'(?:[^']|'')*')\s*,\s*(?<table>'(?:[^']|'')*')|POMELO_AFTER_ADD_PRIMARY_KEY`?\s*\(\s*(?<schema>NULL|'(?:[^']|'')*')\s*,\s*(?<table>'(?:[^']|'')*')\s*,\s*(?<column>'(?:[^']|'')*'))\s*\)\s*;?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Call();
}
