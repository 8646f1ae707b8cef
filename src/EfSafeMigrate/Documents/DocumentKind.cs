namespace EfSafeMigrate.Documents;

/// <summary>A document that is written from a dossier.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="About">One clause.</param>
internal sealed record DocumentKind(string Name, string About, Func<Dossier, string> Write)
{
    /// <summary>It says where the code uses what changes.</summary>
    public bool ShowsCode { get; init; }

    public static IReadOnlyList<DocumentKind> All { get; } =
    [
        new("plan", "what changes, why that is safe, and the question whether it may run", PlanPage.Of) { ShowsCode = true },
        new("runbook", "every command in its order, and what to do when one stops", RunbookPage.Of),
        new("rollback", "the ways back, and what each step loses", RollbackPage.Of),
        new("summary", "for a pull request or a change ticket", SummaryPage.Of),
        new("decisions", "what was decided, accepted, set aside and approved, by whom and why", DecisionsPage.Of),
    ];

    public static string Names => string.Join(", ", All.Select(kind => kind.Name));

    /// <exception cref="SafeMigrateException">There is no such document.</exception>
    public static DocumentKind Named(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new SafeMigrateException($"`{name}` is no document.", $"say one of {Names}");
}
