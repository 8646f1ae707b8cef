using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What becomes of values where a column gets another type.</summary>
internal static class MySqlShadows
{
    /// <summary>Types that a provider reads into the CLR types of each other. A tinyint(1) is a yes or no; numbers with and without a sign are no family.</summary>
    private static readonly string[][] Families =
    [
        ["tinyint", "smallint", "mediumint", "int", "bigint"], ["varchar", "tinytext", "text", "mediumtext", "longtext"], ["varbinary", "tinyblob", "blob", "mediumblob", "longblob"],
        ["decimal"], ["datetime"], ["timestamp"], ["time"],
    ];

    public static readonly ShadowForms Forms = new()
    {
        IsShared = IsShared,
        Converts = (from, to) => IsShared(from, to) && !Rounds(from, to),
        Rounds = Rounds,
        Misfit = spec => Misfit(spec, MySqlQuestions.Quote(spec.Column)),
        Image = spec => Image(spec, MySqlQuestions.Quote(spec.Column)),
        Renamed = (sql, name, newName) => sql.RenamedColumn(name, MySqlQuestions.Quote(newName)),
    };

    public static bool IsShared(string one, string other)
    {
        var (first, second) = (MySqlType.Parse(one), MySqlType.Parse(other));
        return first.Unsigned == second.Unsigned && !IsYesOrNo(first) && !IsYesOrNo(second)
            && Array.Exists(Families, family => family.Contains(first.Name) && family.Contains(second.Name));
    }

    /// <summary>Null where every value has its place.</summary>
    public static string? Misfit(ShadowSpec spec, string value)
    {
        var (from, to) = (MySqlType.Parse(spec.Type), MySqlType.Parse(spec.NewType));
        var (room, taken) = (to.Length - to.Scale, from.Length - from.Scale);
        return from.Same(to) || to.Holds(from) || (to.Name == "decimal" && to.Unsigned == from.Unsigned && (room > taken || (room == taken && to.Scale >= from.Scale)))
            ? null : MySqlFits.Misfit(value, from, to);
    }

    /// <summary>Assigned, a value that does not fit is an error; digits behind the point are rounded either way.</summary>
    public static string Image(ShadowSpec spec, string value)
    {
        var image = Rounds(spec.Type, spec.NewType) ? $"CAST({value} AS {(MySqlType.Parse(spec.NewType) is { Name: "timestamp" } time ? $"datetime({time.Length})" : Bare(spec.NewType))})" : value;
        return Misfit(spec, value) is { } misfit ? $"CASE WHEN {misfit} THEN NULL ELSE {image} END" : image;
    }

    private static bool Rounds(string from, string to)
    {
        var (old, wanted) = (MySqlType.Parse(from), MySqlType.Parse(to));
        return wanted.Name switch
        {
            "decimal" => wanted.Scale < old.Scale,
            "datetime" or "timestamp" or "time" => wanted.Length < old.Length,
            _ => false,
        };
    }

    private static bool IsYesOrNo(MySqlType type) => type is { Name: "tinyint", Arguments: "1" };

    private static string Bare(string type) => type.Replace(" unsigned", "", StringComparison.OrdinalIgnoreCase);
}
