using EfSafeMigrate.Projects.Repositories;

namespace EfSafeMigrate.Tests.Projects.Repositories;

/// <summary>Who committed a file first, in real repositories.</summary>
public sealed class FilesHaveOrigins : IDisposable
{
    private readonly Clone clone = new();

    public void Dispose() => clone.Dispose();

    [Fact]
    public async Task EachHasTheCommitThatAddedIt()
    {
        var first = Commit("Ann Ünal", "A.cs", "B 'q' ü.cs");
        var second = Commit("Bob", "C.cs");
        clone.Write("Migrations/A.cs", "edited");
        clone.Git("commit", "-q", "--all", "-m", "edited later");
        clone.Write("Migrations/D.cs", "new");

        var origins = await OriginsAsync("Migrations/A.cs", "Migrations/B 'q' ü.cs", "Migrations/C.cs", "Migrations/D.cs");

        origins.Keys.ShouldBe(["Migrations/A.cs", "Migrations/B 'q' ü.cs", "Migrations/C.cs"], ignoreOrder: true);
        origins["Migrations/A.cs"].ShouldSatisfyAllConditions(a => a.Commit.ShouldBe(first), a => a.Author.ShouldBe("Ann Ünal"), a => a.Email.ShouldBe("person@example.com"), a => a.IsEdge.ShouldBeFalse());
        origins["Migrations/B 'q' ü.cs"].Commit.ShouldBe(first);
        origins["Migrations/C.cs"].ShouldSatisfyAllConditions(c => c.Commit.ShouldBe(second), c => c.Author.ShouldBe("Bob"));
    }

    [Fact]
    public async Task AMoveIsNoOrigin()
    {
        var first = Commit("Ann", "A.cs");
        clone.Git("mv", "src/Shop/Migrations", "src/Shop/Data");
        clone.Commit("moved");
        clone.Git("mv", "src/Shop", "src/Store");
        clone.Commit("moved again");
        clone.Project = "src/Store";

        (await OriginsAsync("Data/A.cs"))["Data/A.cs"].Commit.ShouldBe(first);
    }

    [Fact]
    public async Task WhatAMergeBringsIsOfTheBranch()
    {
        Commit("Ann", "A.cs");
        clone.Git("switch", "-q", "-c", "topic");
        var topic = Commit("Bob", "B.cs");
        clone.Git("switch", "-q", "main");
        Commit("Cid", "C.cs");
        clone.Git("merge", "-q", "--no-edit", "topic");

        (await OriginsAsync("Migrations/B.cs"))["Migrations/B.cs"].Commit.ShouldBe(topic);
    }

    [Fact]
    public async Task WhatCameBackIsOfItsReturn()
    {
        Commit("Ann", "A.cs");
        clone.Delete("Migrations/A.cs");
        clone.Write("Other.cs", "x");
        clone.Commit("gone");
        var back = Commit("Bob", "A.cs");

        (await OriginsAsync("Migrations/A.cs"))["Migrations/A.cs"].Commit.ShouldBe(back);
    }

    [Fact]
    public async Task AShallowCloneDoesNotReachBack()
    {
        Commit("Ann", "A.cs");
        var second = Commit("Bob", "B.cs");
        Commit("Cid", "C.cs");
        clone.CloneTo("shallow", "--depth", "2");

        var origins = await OriginsAsync("Migrations/A.cs", "Migrations/C.cs");

        (origins["Migrations/A.cs"].Commit, origins["Migrations/A.cs"].IsEdge, origins["Migrations/C.cs"].IsEdge).ShouldBe((second, true, false));
    }

    [Fact]
    public async Task BeforeTheFirstCommitThereIsNone()
    {
        clone.Write("Migrations/A.cs", "a");

        (await OriginsAsync("Migrations/A.cs")).ShouldBeEmpty();
    }

    private string Commit(string author, params string[] files)
    {
        foreach (var file in files)
        {
            clone.Write($"Migrations/{file}", $"class {Guid.NewGuid():N} {{ /* {author} wrote {file} */ }}\n");
        }
        clone.Git("add", "--all");
        clone.Git("-c", $"user.name={author}", "commit", "-q", "-m", $"of {author}");
        return clone.Git("rev-parse", "HEAD").Trim();
    }

    private async Task<IReadOnlyDictionary<string, FileOrigin>> OriginsAsync(params string[] files)
    {
        using var repository = (await Repository.FindAsync(clone.Folder, _ => null, default))!;
        return await FileOrigins.ReadAsync(repository, clone.Folder, files, default);
    }
}
