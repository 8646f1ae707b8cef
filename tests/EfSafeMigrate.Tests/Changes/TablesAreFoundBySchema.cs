using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Changes;

/// <summary>A table of the same name in another schema is another table, where somebody has asked which schema is whose.</summary>
public class TablesAreFoundBySchema
{
    private static readonly DatabaseModel Asked = new([Named(null, "own"), Named("second", "behind"), Named("other", "own"), Named("other", "apart"), Named("other", "behind")]) { Path = ["first", "second"] };

    [Theory]
    [InlineData(null, "own", "own")]
    [InlineData("first", "own", "own")]
    [InlineData(null, "behind", "second.behind")]
    [InlineData("second", "behind", "second.behind")]
    [InlineData("other", "apart", "other.apart")]
    public void OnTheConnectionsPath(string? schema, string name, string found) => Asked.Find(new(schema, name))!.Name.ToString().ShouldBe(found);

    [Theory]
    [InlineData(null, "apart")]
    [InlineData("second", "own")]
    [InlineData("first", "apart")]
    public void AndNotBesideIt(string? schema, string name) => Asked.Find(new(schema, name)).ShouldBeNull();

    [Fact]
    public void NobodyAskedAndOneIsLikelyMeant() => (Asked with { Path = [] }).Find(new(null, "apart"))!.Name.ToString().ShouldBe("other.apart");

    private static Table Named(string? schema, string name) => new(new(schema, name), []);
}
