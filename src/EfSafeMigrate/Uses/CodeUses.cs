namespace EfSafeMigrate.Uses;

/// <summary>What in the user's code uses the tables and columns that changes touch.</summary>
/// <param name="Touched">In the order of the changes, also those that nothing uses.</param>
/// <param name="All">By what is touched, place, file and line.</param>
/// <param name="Files">How many files were read.</param>
internal sealed record CodeUses(IReadOnlyList<TouchedName> Touched, IReadOnlyList<CodeUse> All, int Files)
{
    /// <summary>Projects whose packages are not restored: what their code means is known in part.</summary>
    public IReadOnlyList<string> Unrestored { get; init; } = [];

    /// <summary>Public APIs without a version that use what is touched; none where nobody asked.</summary>
    public IReadOnlyList<ApiUse> Unversioned { get; init; } = [];

    public IReadOnlyList<CodeUse> Of(TouchedName touched) => [.. All.Where(use => use.Touched == touched)];

    /// <summary>What is to be done because of a change, once for all uses that call for the same.</summary>
    public static IReadOnlyList<Duties> DutiesOf(IEnumerable<CodeUse> uses) => [.. uses.OrderBy(use => use.Kind).Select(use => use.Duties).Distinct()];
}
