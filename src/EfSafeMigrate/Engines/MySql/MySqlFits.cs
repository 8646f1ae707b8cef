using System.Globalization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Which values a new column type cannot hold, as far as a condition tells that never fails.</summary>
internal static class MySqlFits
{
    // Without backslashes, which mean themselves under NO_BACKSLASH_ESCAPES and are doubled elsewhere.
    private const string Number = "^[[:space:]]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?[[:space:]]*$";

    // Into an integer neither a point nor an exponent is taken, although a decimal takes both.
    private const string Integer = "^[[:space:]]*[-+]?[0-9]+[[:space:]]*$";

    private static readonly Dictionary<string, long> Bytes = new()
    {
        ["tinytext"] = 255, ["text"] = 65_535, ["mediumtext"] = 16_777_215, ["tinyblob"] = 255, ["blob"] = 65_535, ["mediumblob"] = 16_777_215,
    };

    public static Ask? DoNotFit(Engine engine, Table table, Column old, AlterColumn alter)
    {
        var column = engine.Quoted(old.Name);
        var (from, to) = (MySqlType.Parse(old.Type), MySqlType.Parse(alter.New.Type));
        string?[] reasons = [from.Same(to) ? null : Misfit(column, from, to), Unwritable(column, old, alter.New, to)];
        var known = reasons.OfType<string>().ToArray();
        return known.Length == 0 ? null : engine.Rows(table, string.Join(" OR ", known));
    }

    /// <summary>What a SELECT only warns of is an error where it is stored.</summary>
    public static Ask? CannotBeMade(Engine engine, Table table, RegroupedColumn column)
    {
        var type = MySqlType.Parse(column.Type);
        string[] Reasons(string made) =>
        [
            .. column.Required ? [$"{made} IS NULL"] : Array.Empty<string>(),
            .. type.Name is "varchar" or "char" ? [$"char_length({made}) > {Length(type)}"] : Array.Empty<string>(),
        ];
        return engine.Made(table, column.Sql, made => string.Join(" OR ", [.. Reasons(made), "false"]));
    }

    /// <summary>Null where every value fits, or no condition tells.</summary>
    public static string? Misfit(string column, MySqlType from, MySqlType to) => to.Name switch
    {
        _ when to.IsInteger && from.IsNumber => Outside($"round({column})", to),
        _ when to.IsInteger && from.IsText => $"{column} NOT REGEXP '{Integer}' OR {Outside($"CAST({column} AS decimal(65,0))", to)}",
        "decimal" when from.IsNumber => TooWide(column, to),
        "decimal" when from.IsText => $"{column} NOT REGEXP '{Number}' OR {TooWide($"CAST({column} AS decimal(65,30))", to)}",
        // Of char, blanks at the end are no part; of varchar they are, and are not cut off.
        "char" when from.IsText => $"char_length(trim(TRAILING ' ' FROM {column})) > {Length(to)}",
        "varchar" when from.IsText => $"char_length({column}) > {Length(to)}",
        "varchar" or "char" when !from.IsBinary => $"char_length(CAST({column} AS char)) > {Length(to)}",
        "varbinary" or "binary" when from.IsText || from.IsBinary => $"length({column}) > {Length(to)}",
        _ when Bytes.TryGetValue(to.Name, out var most) && (from.IsText || from.IsBinary) => string.Create(CultureInfo.InvariantCulture, $"length({column}) > {most}"),
        "enum" when from.Name == "enum" || from.IsText => $"{column} NOT IN ({to.Arguments})",
        "date" or "datetime" when from.IsText => $"{column} IS NOT NULL AND CAST({column} AS {to.Name}) IS NULL",
        "uuid" when from.IsText => $"{column} IS NOT NULL AND CAST({column} AS uuid) IS NULL",
        _ => null,
    };

    /// <summary>Characters that the new character set does not have come back as question marks.</summary>
    private static string? Unwritable(string column, Column old, Column now, MySqlType to) =>
        to.IsText && MySqlCharset.Of(now) is var charset && MySqlCharset.Loses(MySqlCharset.Of(old), charset)
            ? $"CAST(CONVERT(CONVERT({column} USING {charset}) USING utf8mb4) AS binary) <> CAST(CONVERT({column} USING utf8mb4) AS binary)"
            : null;

    private static string Outside(string value, MySqlType to) => $"NOT {value} BETWEEN {to.Range.Least} AND {to.Range.Most}";

    private static string TooWide(string value, MySqlType to)
    {
        var whole = Math.Max(0, to.Length - to.Scale);
        var tooWide = string.Create(CultureInfo.InvariantCulture, $"abs(round({value}, {to.Scale})) >= 1{new string('0', (int)whole)}");
        return to.Unsigned ? $"{value} < 0 OR {tooWide}" : tooWide;
    }

    private static string Length(MySqlType to) => Math.Max(1, to.Length).ToString(CultureInfo.InvariantCulture);
}
