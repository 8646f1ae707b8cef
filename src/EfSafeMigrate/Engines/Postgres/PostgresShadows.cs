using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What becomes of values where a column gets another type.</summary>
internal static class PostgresShadows
{
    /// <summary>
    /// Types that Npgsql reads into the CLR types of each other and that PostgreSQL casts on assignment and compares by one operator family;
    /// held by tests against the driver. Others only look alike: a timestamp is read as a time of another kind, a numeric written to an integer is rounded.
    /// </summary>
    private static readonly string[][] Shared =
    [
        ["smallint", "integer", "bigint"], ["varchar", "text"], ["numeric"], ["timestamp"], ["timestamptz"], ["time"], ["interval"],
    ];

    public static ShadowForms Forms(Func<string, string> quote) =>
        new()
        {
            IsShared = IsShared,
            Converts = Converts,
            Cast = Cast,
            Rounds = Rounds,
            Misfit = spec => Misfit(spec, quote(spec.Column)),
            Image = spec => Image(spec, quote(spec.Column)),
            Renamed = (sql, name, newName) => sql.RenamedColumn(name, quote(newName)),
            Comment = (table, column, text) => $"COMMENT ON COLUMN {table.Quoted(quote)}.{quote(column)} IS {text?.Literal() ?? "NULL"};",
        };

    public static bool IsShared(string one, string other)
    {
        var (first, second) = (PostgresTypeName.Parse(one), PostgresTypeName.Parse(other));
        return !first.IsArray && !second.IsArray && Array.Exists(Shared, family => family.Contains(first.Name) && family.Contains(second.Name));
    }

    public static bool Converts(string from, string to) =>
        (IsShared(from, to) && !Rounds(from, to))
        || (PostgresTypeName.Parse(from), PostgresTypeName.Parse(to)) is ({ IsArray: false, Name: "smallint" or "integer" or "bigint" or "uuid" }, { IsArray: false, Name: "text" or "varchar" });

    // A cast to varchar(n) cuts a text that is too long; assigning does not.
    private static string Cast(string sql, string type) =>
        PostgresTypeName.Parse(type) is { Name: "varchar", IsArray: false } ? $"CAST({sql} AS varchar)" : $"CAST({sql} AS {type})";

    public static bool Rounds(string from, string to)
    {
        var (old, wanted) = (PostgresTypeName.Parse(from), PostgresTypeName.Parse(to));
        return wanted.Name switch
        {
            "numeric" => wanted.Modifiers.Count > 0 && (old.Modifiers.Count == 0 || wanted.Modifiers.ElementAtOrDefault(1) < old.Modifiers.ElementAtOrDefault(1)),
            "timestamp" or "timestamptz" or "time" or "interval" => wanted.Modifier(6) < old.Modifier(6),
            _ => false,
        };
    }

    private static string? Misfit(ShadowSpec spec, string value) =>
        PostgresTypes.Convert(spec.Type, spec.NewType, new(PostgresEngine.Value.Assumed, DatabaseModel.Empty)).Narrows
            ? PostgresFits.Misfit(value, spec.Type, spec.NewType)
            : null;

    /// <param name="value">The column as SQL, of a row or of <c>NEW</c>.</param>
    public static string Image(ShadowSpec spec, string value) =>
        Misfit(spec, value) is { } misfit ? $"CASE WHEN {misfit} THEN NULL ELSE CAST({value} AS {spec.NewType}) END" : $"CAST({value} AS {spec.NewType})";
}
