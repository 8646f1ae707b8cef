using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>What <c>ALTER COLUMN … TYPE</c> does to the rows, and whether it can fail.</summary>
/// <param name="Reindexes">Indexes on the column are rebuilt although the table is not.</param>
/// <param name="Narrows">Some values of the old type have no place in the new one.</param>
internal readonly record struct TypeConversion(bool Rewrites, bool Reindexes = false, bool Narrows = false)
{
    public static readonly TypeConversion None;
    public static readonly TypeConversion Rewrite = new(true);
}

/// <summary>The conversions that keep the stored bytes; every other one writes each row. Measured.</summary>
internal static class PostgresTypes
{
    /// <summary>Time zones in which <c>timestamp</c> and <c>timestamptz</c> have the same bytes.</summary>
    private static readonly HashSet<string> ZeroOffset = new(
        ["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Etc/GMT0", "Etc/GMT+0", "Etc/GMT-0", "GMT0", "UCT", "Etc/UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal", "Greenwich", "Etc/Greenwich"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Integers = ["smallint", "integer", "bigint", "numeric"];

    public static bool IsUtc(string? timeZone) => timeZone is not null && ZeroOffset.Contains(timeZone);

    public static TypeConversion Convert(string from, string to, ServerState state)
    {
        var (old, wanted) = (PostgresTypeName.Parse(from), PostgresTypeName.Parse(to));
        if (old.Same(wanted))
        {
            return TypeConversion.None;
        }
        if (state.Model.Domains.FirstOrDefault(domain => domain.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase)) is { } target)
        {
            return target.Constrained ? new(true, Narrows: true) : Convert(from, target.Type, state);
        }
        if (state.Model.Domains.FirstOrDefault(domain => domain.Name.Equals(old.Name, StringComparison.OrdinalIgnoreCase)) is { } source)
        {
            return Convert(source.Type, to, state);
        }
        if (old.IsArray || wanted.IsArray)
        {
            // Only taking the limit off the elements is free; measured.
            return old with { Modifiers = [] } is var free && free.Same(wanted) ? TypeConversion.None : TypeConversion.Rewrite;
        }
        return Scalar(old, wanted, state);
    }

    private static TypeConversion Scalar(PostgresTypeName old, PostgresTypeName wanted, ServerState state) =>
        (old.Name, wanted.Name) switch
        {
            ("varchar" or "text", "varchar" or "text") => Grows(old.Modifier(int.MaxValue), wanted.Modifier(int.MaxValue)),
            ("varchar" or "text", "citext") or ("citext", "text") => new(false, Reindexes: true),
            ("citext", "varchar") => wanted.Modifiers.Count == 0 ? new(false, Reindexes: true) : new(true, Narrows: true),
            ("char", "char") => new(true, Narrows: wanted.Modifier(1) < old.Modifier(1)),
            ("varchar" or "text", "char") => new(true, Narrows: wanted.Modifier(1) < old.Modifier(int.MaxValue)),
            ("numeric", "numeric") => Numeric(old, wanted),
            ("timestamp", "timestamp") or ("timestamptz", "timestamptz") or ("time", "time") or ("timetz", "timetz") or ("interval", "interval")
                => Precision(old, wanted),
            ("timestamp", "timestamptz") or ("timestamptz", "timestamp") =>
                IsUtc(state.TimeZone) && wanted.Modifier(6) >= 6 ? new(false, Reindexes: true) : TypeConversion.Rewrite,
            ("varbit", "varbit") => Grows(old.Modifier(int.MaxValue), wanted.Modifier(int.MaxValue)),
            ("bit", "varbit") => wanted.Modifiers.Count == 0 ? new(false, Reindexes: true) : new(true, Narrows: wanted.Modifiers[0] < old.Modifier(1)),
            ("cidr", "inet") or ("xml", "text") => TypeConversion.None,
            ("integer", "oid") or ("oid", "integer") => new(false, Reindexes: true),
            var (before, after) => new(true, Narrows: Narrows(before, after)),
        };

    private static TypeConversion Grows(int old, int wanted) =>
        wanted >= old ? TypeConversion.None : new(true, Narrows: true);

    private static TypeConversion Precision(PostgresTypeName old, PostgresTypeName wanted) =>
        new(wanted.Modifier(6) < old.Modifier(6));

    private static TypeConversion Numeric(PostgresTypeName old, PostgresTypeName wanted)
    {
        if (wanted.Modifiers.Count == 0)
        {
            return TypeConversion.None;
        }
        if (old.Modifiers.Count == 0)
        {
            return new(true, Narrows: true);
        }
        var (oldScale, scale) = (old.Modifiers.ElementAtOrDefault(1), wanted.Modifiers.ElementAtOrDefault(1));
        var narrows = wanted.Modifiers[0] - scale < old.Modifiers[0] - oldScale;
        return scale == oldScale && !narrows ? TypeConversion.None : new(true, Narrows: narrows);
    }

    private static bool Narrows(string before, string after)
    {
        var (old, wanted) = (Array.IndexOf(Integers, before), Array.IndexOf(Integers, after));
        return old >= 0 && wanted >= 0 ? wanted < old
            : PostgresCasts.IsText(before) ? !PostgresCasts.IsText(after)
            : (before, after) is ("double precision", "real" or "smallint" or "integer" or "bigint") or ("real", "smallint" or "integer" or "bigint");
    }
}
