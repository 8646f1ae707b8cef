using System.Text.RegularExpressions;
using EfSafeMigrate.Engines.MySql;

namespace EfSafeMigrate.Engines.MariaDb;

/// <summary>The type of a column as a person or a provider writes it, in the words in which the catalogue tells it.</summary>
internal static partial class MariaDbTypeText
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["integer"] = "int", ["int4"] = "int", ["int8"] = "bigint", ["int2"] = "smallint", ["int1"] = "tinyint", ["int3"] = "mediumint", ["middleint"] = "mediumint", ["bool"] = "tinyint", ["boolean"] = "tinyint",
        ["numeric"] = "decimal", ["dec"] = "decimal", ["fixed"] = "decimal", ["double precision"] = "double", ["real"] = "double", ["float8"] = "double", ["float4"] = "float",
        ["nchar"] = "char", ["national char"] = "char", ["character"] = "char", ["nvarchar"] = "varchar", ["national varchar"] = "varchar", ["character varying"] = "varchar", ["char varying"] = "varchar",
        ["long varchar"] = "mediumtext", ["long"] = "mediumtext", ["long varbinary"] = "mediumblob",
    };

    public static MySqlType Read(string type)
    {
        var bare = MySqlType.Parse(More().Replace(type.Trim(), ""));
        var name = Names.GetValueOrDefault(bare.Name, bare.Name);
        return bare with { Name = name, Arguments = ArgumentsOf(name, bare) };
    }

    /// <summary>With what the server adds where nothing is said.</summary>
    private static string ArgumentsOf(string name, MySqlType bare) => (name, bare.Arguments) switch
    {
        ("tinyint", _) when bare.Name is "bool" or "boolean" => "1",
        ("decimal", "") => "10,0",
        ("decimal", var digits) when !digits.Contains(',', StringComparison.Ordinal) => $"{digits.Trim()},0",
        ("char" or "binary" or "bit", "") => "1",
        ("year", _) => "4",
        ("datetime" or "timestamp" or "time", "0") => "",
        var (_, said) => said,
    };

    [GeneratedRegex(@"\s+(?:signed|zerofill|(?:character\s+set|charset|collate)\s+\w+)(?=\s|$)", RegexOptions.IgnoreCase)]
    private static partial Regex More();
}
