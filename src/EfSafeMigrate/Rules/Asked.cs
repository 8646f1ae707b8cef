using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

/// <summary>Whether the data was looked at, as a clause of the evidence.</summary>
internal static class Asked
{
    public static string Of(Probe? probe) => probe switch
    {
        null => "data not looked at",
        { Unanswered: { } why } => $"data not known: {why}",
        { Checked: { } rows } => $"looked at {Say.Rows(rows)}",
        _ => "data looked at",
    };
}
