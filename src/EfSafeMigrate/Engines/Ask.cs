namespace EfSafeMigrate.Engines;

/// <summary>A question to the database: identifiers in the text are quoted, values are parameters <c>@p0</c>, <c>@p1</c> …</summary>
internal sealed record Ask(string Sql, params IReadOnlyList<string?> Parameters)
{
    /// <summary>The statement answers by failing: it tries a conversion and names no row.</summary>
    public bool Trial { get; init; }

    /// <summary>Asked when the trial fails: names the rows, at the cost of trying each; null where nothing can.</summary>
    public Ask? Culprits { get; init; }
}
