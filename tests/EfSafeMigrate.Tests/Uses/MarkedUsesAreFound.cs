namespace EfSafeMigrate.Tests.Uses;

/// <summary>In code whose lines say what they use, all of that is found and nothing else.</summary>
public class MarkedUsesAreFound
{
    public static TheoryData<string> Folders =>
    [
        .. new[] { "tests/EfSafeMigrate.Tests/Data/Marked" }.Concat(Directory.GetDirectories(Path.Combine(Approval.Root, "tests", "Samples"))
            .Where(IsMarked).Select(folder => Path.GetRelativePath(Approval.Root, folder))),
    ];

    [Theory, MemberData(nameof(Folders))]
    public void AllOfThem(string folder) => In(folder).Missed.ShouldBeEmpty();

    [Theory, MemberData(nameof(Folders))]
    public void AndNoOther(string folder) => In(folder).Wrong.ShouldBeEmpty();

    [Theory, MemberData(nameof(Folders))]
    public void AndThereAreMarks(string folder) => In(folder).Marks.Count.ShouldBeGreaterThan(40);

    private static MarkedCode In(string folder) => Read.GetOrAdd(folder, each => new(() => new(Path.Combine(Approval.Root, each)))).Value;

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<MarkedCode>> Read = new();

    private static bool IsMarked(string folder) => EfSafeMigrate.Projects.SourceFiles.Under(folder).Any(file => File.ReadAllText(file).Contains("// uses ", StringComparison.Ordinal));
}
