using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>What a claim rests on, in clauses joined by a middle dot.</summary>
internal static class Evidence
{
    private const string Joint = " · ";

    /// <summary><c>SHARE lock until the build ends · measured on PostgreSQL 12–18</c>.</summary>
    public static string Of(Situation situation, string work)
    {
        var taken = situation.Impact.Locks.Count > 0 ? $"{situation.Impact.Locks[0].Mode} lock until {work} ends" : null;
        return Join(taken, Of(situation.Impact.Basis));
    }

    public static string Of(Basis basis) =>
        basis switch
        {
            { Measured: { } versions } => $"measured on {versions}",
            { Page: { } page } => $"documented: {page}",
            _ => "not measured",
        };

    public static string Join(params IEnumerable<string?> clauses) => string.Join(Joint, clauses.Where(clause => clause is { Length: > 0 }));
}
