namespace EfSafeMigrate.Changes;

/// <summary>EF's names of referential actions as SQL.</summary>
internal static class ReferentialActions
{
    /// <returns>Null for the default, NO ACTION.</returns>
    public static string? Sql(string? action) => action switch
    {
        "Cascade" => "CASCADE",
        "SetNull" => "SET NULL",
        "SetDefault" => "SET DEFAULT",
        "Restrict" => "RESTRICT",
        _ => null,
    };
}
