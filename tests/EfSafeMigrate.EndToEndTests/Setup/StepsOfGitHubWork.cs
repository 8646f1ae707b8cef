namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>The review and the comment of the workflow that <c>init</c> writes, run on a clone as GitHub runs them, when all is well and when it is not.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class StepsOfGitHubWork(InstalledTool tool)
{
    private const string Workflow = ".github/workflows/safe-migrate.yml";
    private const string Migrations = "src/Library/Migrations";

    [Fact]
    public async Task ReviewAndComment()
    {
        var origin = await OriginAsync();
        var clean = await BranchAsync(origin, "clean", _ => Task.CompletedTask);
        (clean.Review.Code, clean.Review.Output.Contains("::error", StringComparison.Ordinal)).ShouldBe((0, false), clean.Review.Output + clean.Review.Error);

        var dangerous = await BranchAsync(origin, "dangerous", clone => File.WriteAllTextAsync(clone.PathOf($"{Migrations}/20990101000000_DropFines.cs"), Dangerous.Migration));
        dangerous.Review.Code.ShouldBe(1, dangerous.Review.Error);
        dangerous.Review.Output.ShouldContain($"::error file={Migrations}/20990101000000_DropFines.cs,line=");

        // The first comment, the same one again, and none where that is not allowed.
        var server = dangerous.Server;
        await server.GitHubAsync(answer: "");
        (await server.RunAsync(dangerous.Steps.Named("run", "Comment"))).Output.ShouldEndWith("The review stands in a comment.\n");
        server.Asked[^1].ShouldBe("api --method POST repos/team/shop/issues/7/comments --field body=@review.md --silent");
        await server.GitHubAsync(answer: "11\\n12\\n");
        (await server.RunAsync(dangerous.Steps.Named("run", "Comment"))).Code.ShouldBe(0);
        server.Asked[^1].ShouldBe("api --method PATCH repos/team/shop/issues/comments/11 --field body=@review.md --silent");
        server.Summary.ShouldBeEmpty();
        await server.GitHubAsync(answer: null);
        var refused = await server.RunAsync(dangerous.Steps.Named("run", "Comment"));
        (refused.Code, refused.Output).ShouldBe((0, "No comment could be written: the review stands in the summary of this run.\n"), refused.Error);
        server.Summary.ShouldContain("drop-table");
    }

    [Fact]
    public async Task WhatTwoBranchesDoToEachOther()
    {
        var origin = await OriginAsync();

        var edited = await BranchAsync(origin, "edited", async clone =>
        {
            var file = Directory.GetFiles(clone.PathOf(Migrations), "*_*.cs").First(path => !path.EndsWith(".Designer.cs", StringComparison.Ordinal));
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("protected override void Up(MigrationBuilder migrationBuilder)\n        {\n", "protected override void Up(MigrationBuilder migrationBuilder)\n        {\n            migrationBuilder.Sql(\"SELECT 1\");\n", StringComparison.Ordinal));
        });
        edited.Review.ShouldSatisfyAllConditions(review => review.Code.ShouldBe(1, review.Output + review.Error), review => review.Output.ShouldContain("title=edited-applied-migration"));

        var missing = await BranchAsync(origin, "missing", async clone =>
        {
            var file = Directory.GetFiles(clone.PathOf("src/Library"), "Author.cs", SearchOption.AllDirectories).Single();
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("public int Id { get; set; }", "public int Id { get; set; }\n\n    public string? Pseudonym { get; set; }", StringComparison.Ordinal));
        });
        missing.Review.ShouldSatisfyAllConditions(review => review.Code.ShouldBe(1, review.Output + review.Error), review => review.Output.ShouldContain("title=model-without-migration"));

        // The base branch goes on with a snapshot of its own, and this one has none of it.
        var conflicting = await BranchAsync(origin, "conflicting", async clone =>
        {
            await SnapshotAsync(clone, "Theirs");
            await clone.CommitAsync("theirs");
            await clone.GitAsync("push", "--quiet", "origin", "HEAD:main");
            await clone.GitAsync("reset", "--quiet", "--hard", "HEAD~1");
            await SnapshotAsync(clone, "Ours");
        });
        conflicting.Review.ShouldSatisfyAllConditions(review => review.Code.ShouldBe(1, review.Output + review.Error), review => review.Output.ShouldContain("title=diverged-snapshot"));

        var shallow = await origin.CloneAsync("edited", depth: 1);
        var server = new BuildServer(tool, shallow) { Variables = { ["GITHUB_BASE_REF"] = "main" } };
        var told = await server.RunAsync(new StepsOfCi(shallow.PathOf(Workflow)).Named("run", "Review"));
        told.Code.ShouldBe(2, told.Output);
        told.Error.ShouldContain("git fetch --unshallow");
    }

    private async Task<GitRepository> OriginAsync()
    {
        var origin = await GitRepository.WithAsync(tool, "Library", "src/Library");
        // Its last migration is one short, to be looked for.
        (await tool.RunAsync(origin.Root, ["add", "Website", "--one-shot", "--project", "src/Library"])).ShouldSatisfyAllConditions(added => added.Code.ShouldBe(0, added.Output + added.Error));
        var written = await tool.RunAsync(origin.Root, ["init", "--github-actions"]);
        written.Code.ShouldBe(0, written.Error);
        // Here the tool is on the path.
        File.Delete(origin.PathOf(".config/dotnet-tools.json"));
        await origin.CommitAsync("set up");
        await origin.GitAsync("config", "receive.denyCurrentBranch", "ignore");
        return origin;
    }

    private async Task<(ShellResult Review, BuildServer Server, StepsOfCi Steps)> BranchAsync(GitRepository origin, string name, Func<GitRepository, Task> edit)
    {
        var clone = await origin.CloneAsync("main");
        await clone.GitAsync("config", "user.name", "A Person");
        await clone.GitAsync("config", "user.email", "person@example.org");
        await clone.GitAsync("checkout", "--quiet", "-b", name);
        await edit(clone);
        await File.WriteAllTextAsync(clone.PathOf("notes.txt"), name);
        await clone.CommitAsync(name);
        await clone.GitAsync("push", "--quiet", "origin", name);
        await clone.GitAsync("fetch", "--quiet", "origin");
        var steps = new StepsOfCi(clone.PathOf(Workflow));
        var server = new BuildServer(tool, clone) { Variables = { ["GITHUB_BASE_REF"] = "main" } };
        return (await server.RunAsync(steps.Named("run", "Review")), server, steps);
    }

    /// <summary>A migration more, and a line of the snapshot that is changed with it.</summary>
    private static async Task SnapshotAsync(GitRepository clone, string name)
    {
        var snapshot = Directory.GetFiles(clone.PathOf(Migrations), "*ModelSnapshot.cs").Single();
        foreach (var file in Directory.GetFiles(clone.PathOf(Migrations), "*_AddOverdueLoansView*"))
        {
            var text = (await File.ReadAllTextAsync(file)).Replace("20260723120848_AddOverdueLoansView", $"20990101000000_{name}", StringComparison.Ordinal).Replace("AddOverdueLoansView", name, StringComparison.Ordinal);
            await File.WriteAllTextAsync(file.Replace("20260723120848_AddOverdueLoansView", $"20990101000000_{name}", StringComparison.Ordinal), text);
        }
        await File.WriteAllTextAsync(snapshot, (await File.ReadAllTextAsync(snapshot)).Replace("b.ToTable(\"Authors\"", $"b.Property<string>(\"{name}\").HasColumnType(\"TEXT\");\n\n                    b.ToTable(\"Authors\"", StringComparison.Ordinal));
    }
}
