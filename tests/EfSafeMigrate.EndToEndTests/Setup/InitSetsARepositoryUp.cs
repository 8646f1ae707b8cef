namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>What <c>init</c> writes is shown before, written once, and works: a commit with a dangerous migration is stopped.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class InitSetsARepositoryUp(InstalledTool tool)
{
    [Fact]
    public async Task AHookStopsADangerousCommit()
    {
        var repository = await GitRepository.WithAsync(tool, "Library", "src/Library");
        await File.WriteAllTextAsync(repository.PathOf(".git/hooks/pre-commit"), "#!/bin/sh\necho ours ran\n");
        var before = repository.Files();

        var shown = await tool.RunAsync(repository.Root, ["init", "--pre-commit", "--github-actions", "--gitlab", "--azure-pipelines", "--dry-run"]);
        shown.Code.ShouldBe(0, shown.Error);
        shown.Output.ShouldContain("  changed   .git/hooks/pre-commit\n        #!/bin/sh\n      + # safe-migrate: begin\n");
        shown.Output.ShouldContain("\n        echo ours ran\n");
        repository.Files().ShouldBe(before);

        var refused = await tool.RunAsync(repository.Root, ["init", "--pre-commit"]);
        (refused.Code, refused.Error).ShouldBe((3, "  Nothing was written.\n  → --yes   changes files that exist; --dry-run only shows how\n"));
        repository.Files().ShouldBe(before);

        var written = await tool.RunAsync(repository.Root, ["init", "--pre-commit", "--github-actions", "--gitlab", "--azure-pipelines", "--yes"]);
        written.Code.ShouldBe(0, written.Error);
        var after = repository.Files();
        after.Keys.Except(before.Keys).ShouldBe([
            ".config/dotnet-tools.json", ".config/safe-migrate.json", ".config/safe-migrate.schema.json", ".github/workflows/safe-migrate.yml", ".gitlab/safe-migrate.yml",
            "azure-pipelines.safe-migrate.yml"], ignoreOrder: true, customMessage: written.Output);

        var again = await tool.RunAsync(repository.PathOf("src/Library"), ["init", "--pre-commit", "--github-actions", "--gitlab", "--azure-pipelines"]);
        again.Code.ShouldBe(0, again.Error);
        again.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith("  as it is  ", StringComparison.Ordinal), again.Output);
        repository.Files().ShouldBe(after);

        await File.WriteAllTextAsync(repository.PathOf("src/Library/Migrations/20990101000000_DropFines.cs"), Dangerous.Migration);
        await repository.GitAsync("add", "--all");
        // As somebody meets it who has just cloned the repository. What is restored here is not for the other tests.
        var server = new BuildServer(tool, repository);
        (server.Variables["DOTNET_CLI_HOME"], server.Variables["NUGET_PACKAGES"]) = (server.At("home"), server.At("packages"));
        var unready = await server.RunAsync("git commit --message drop 2>&1");
        (unready.Code, unready.Output.Contains("When dotnet does not know safe-migrate: dotnet tool restore", StringComparison.Ordinal)).ShouldBe((1, true), unready.Output);
        await File.WriteAllTextAsync(repository.PathOf("nuget.config"), $"""<configuration><packageSources><clear /><add key="here" value="{await InstalledTool.PackedAsync()}" /></packageSources></configuration>""");
        var restore = new StepsOfCi(repository.PathOf(".github/workflows/safe-migrate.yml")).Named("run", "Restore the tool");
        new StepsOfCi(repository.PathOf(".gitlab/safe-migrate.yml")).OfJob(".safe-migrate", "before_script").ShouldBe(restore);
        new StepsOfCi(repository.PathOf("azure-pipelines.safe-migrate.yml")).Named("bash", "Restore the tool").ShouldBe(restore);
        var restored = await server.RunAsync(restore);
        (restored.Code, restored.Output.Contains("'efsafemigrate'", StringComparison.Ordinal)).ShouldBe((0, true), restored.Output + restored.Error);
        var stopped = await server.RunAsync("git commit --message drop 2>&1");
        stopped.Code.ShouldBe(1, stopped.Output);
        stopped.Output.ShouldContain("✗ drop-table");
        stopped.Output.ShouldContain("The commit is stopped.");
        stopped.Output.ShouldNotContain("ours ran");

        await repository.GitAsync("rm", "--quiet", "--cached", "src/Library/Migrations/20990101000000_DropFines.cs");
        var passed = await server.RunAsync("git commit --message 'set up' 2>&1");
        passed.Code.ShouldBe(0, passed.Output);
        passed.Output.ShouldContain("ours ran");
    }

    [Theory]
    [InlineData("husky", ".husky/pre-commit", "#!/bin/sh\n. \"$(dirname \"$0\")/_/husky.sh\"\n\n# safe-migrate: begin\n")]
    [InlineData("framework", ".pre-commit-config.yaml", "repos:\n  - repo: local\n    hooks:\n      - id: safe-migrate\n")]
    public async Task OtherHooks(string kind, string file, string begins)
    {
        var repository = await GitRepository.WithAsync(tool, "Pair", ".");

        var written = await tool.RunAsync(repository.Root, ["init", "--pre-commit", kind, "--project", "Pair.Data", "--startup-project", "Pair.Web", "--context", "OrderingContext"]);

        written.Code.ShouldBe(0, written.Error);
        var text = await File.ReadAllTextAsync(repository.PathOf(file));
        text.ShouldStartWith(begins);
        text.ShouldContain("dotnet safe-migrate review --staged --project Pair.Data --startup-project Pair.Web --context OrderingContext");
    }

    [Fact]
    public async Task WrongCallsWriteNothing()
    {
        var empty = Directory.CreateDirectory(Path.Combine(tool.Scratch, $"nothing-{Guid.NewGuid():N}")).FullName;

        (await tool.RunAsync(empty, ["init"])).ShouldSatisfyAllConditions(none => none.Code.ShouldBe(2), none => none.Error.ShouldBe("  No project below holds migrations or a DbContext.\n  → --project FOLDER   names it\n"));
        (await tool.RunAsync(tool.Sample("Tiny"), ["init", "--pre-commit=mercurial"])).Error.ShouldBe("  `--pre-commit=mercurial` is no kind of hook.\n  → say one of git, husky, framework, or nothing for git's own\n");
        (await tool.RunAsync(tool.Sample("Tiny"), ["init", "--pre-commit"])).Error.ShouldBe("  A hook needs a git repository, and there is none here.\n  → git init   makes one\n");
        Directory.Exists(Path.Combine(tool.Sample("Tiny"), ".config")).ShouldBeFalse();
    }
}
