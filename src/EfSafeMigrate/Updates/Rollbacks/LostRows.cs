using System.Globalization;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>What a way back takes away for good.</summary>
/// <param name="Sentence">What goes, and how much of it.</param>
/// <param name="Rows">How many rows lose something; null where nobody could count them.</param>
internal sealed record LostRows(string Sentence, long? Rows)
{
    /// <summary>It went when the migration was applied.</summary>
    public bool IsGone { get; init; }

    /// <summary>The rows of a table that goes.</summary>
    public static LostRows OfTable(string table, long? rows) => new($"{table} is dropped with {Counted(rows, "row")}.", rows);

    /// <summary>The values of a column that goes.</summary>
    public static LostRows OfColumn(string column, long? rows) => new($"{column} is dropped with {Counted(rows, "value")}.", rows);

    /// <summary>What the running release wrote into a new column, and the old shape does not say.</summary>
    public static LostRows OfNewShape(string column, long? rows) =>
        new($"{column} is dropped, and {(rows is { } known ? Say.Rows(known) : "nobody could count how many rows")} {(rows == 1 ? "has" : "have")} a value there that the old shape does not say.", rows);

    /// <summary>What was taken away when the migration was applied: its Down makes the place for it and no more.</summary>
    public static LostRows Gone(string what, long? rows) =>
        new($"What {what} held does not come back{(rows is { } known ? $": {Say.Rows(known)} {(known == 1 ? "stays" : "stay")} without it" : "")}; only a backup has it.", rows) { IsGone = true };

    private static string Counted(long? rows, string what) => rows is { } known
        ? $"{known.ToString("N0", CultureInfo.InvariantCulture)} {(known == 1 ? what : $"{what}s")}" : $"all its {what}s, which nobody could count";
}
