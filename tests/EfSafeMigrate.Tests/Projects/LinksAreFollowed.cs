using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Tests.Projects;

/// <summary>A link in a project's folder may lead to a file, to nothing, or back to where it stands.</summary>
public sealed class LinksAreFollowed : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-links-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void OnlyToWhatIsThere()
    {
        Directory.CreateDirectory(At("Models"));
        File.WriteAllText(At("Models/Order.cs"), "class Order;");
        File.CreateSymbolicLink(At("Linked.cs"), At("Models/Order.cs"));
        File.CreateSymbolicLink(At("Gone.cs"), At("Models/Gone.cs"));
        Directory.CreateSymbolicLink(At("Models/Back"), folder);
        Directory.CreateSymbolicLink(At("Nowhere"), At("None"));

        SourceFiles.Under(folder).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal).ShouldBe(["Linked.cs", "Models/Order.cs"]);
    }

    private string At(string path) => Path.Combine(folder, path);
}
