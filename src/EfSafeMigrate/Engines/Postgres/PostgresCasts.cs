using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Whether PostgreSQL converts a column by itself or demands a <c>USING</c> clause.</summary>
internal static class PostgresCasts
{
    private static readonly string[] Texts = ["text", "varchar", "char", "citext", "name"];

    /// <summary>Types that convert into each other on assignment.</summary>
    private static readonly string[][] Families =
    [
        ["smallint", "integer", "bigint", "numeric", "real", "double precision", "money", "oid"],
        ["date", "timestamp", "timestamptz"],
        ["time", "timetz", "interval"],
        ["json", "jsonb"], ["inet", "cidr"], ["bit", "varbit"], ["boolean"], ["uuid"], ["bytea"],
    ];

    public static bool IsText(string type) => Texts.Contains(type);

    /// <summary>False only when both types are known and no assignment cast leads from one to the other.</summary>
    public static bool Automatic(string from, string to, DatabaseModel model)
    {
        var (old, wanted) = (PostgresTypeName.Parse(from), PostgresTypeName.Parse(to));
        if (old.Name == wanted.Name || (IsText(wanted.Name) && !wanted.IsArray) || !Known(old.Name, model) || !Known(wanted.Name, model))
        {
            return old.IsArray == wanted.IsArray || (IsText(wanted.Name) && !wanted.IsArray);
        }
        return old.IsArray == wanted.IsArray
            && (Families.Any(family => family.Contains(old.Name) && family.Contains(wanted.Name))
                || (old.Name, wanted.Name) is ("timestamp", "time") or ("timestamptz", "time" or "timetz"));
    }

    private static bool Known(string type, DatabaseModel model) =>
        IsText(type)
        || Families.Any(family => family.Contains(type))
        || model.Enums.Any(known => known.Name.Equals(type, StringComparison.OrdinalIgnoreCase));
}
