using EfSafeMigrate.Tests.Projects.Foreign;
using EfSafeMigrate.Tests.Projects.Repositories;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>What <c>init</c> writes where another tool keeps the migrations, and a commit that the hook stops.</summary>
public sealed class OtherToolsAreSetUp : IDisposable
{
    private readonly Clone clone = new("services/a shop");

    public void Dispose() => clone.Dispose();

    private Task<(int Code, string Output, string Error)> InitAsync(params string[] options) => Tool.RunAsync("dotnet", ["exec", Tool.Dll, "init", .. options], clone.Root, _ => { });

    [Fact]
    public async Task A_hook_judges_the_sql_that_is_about_to_be_committed()
    {
        OtherTool.CopyTo(clone.Folder, "prisma");
        clone.Commit();
        var written = await InitAsync("--pre-commit");

        written.ShouldSatisfyAllConditions(
            said => said.Code.ShouldBe(0, said.Error),
            said => said.Output.ShouldStartWith("  found     Prisma: services/a shop/prisma/migrations/migration_lock.toml\n            its SQL is judged by review --tool prisma, and it goes on applying it\n"),
            said => said.Output.ShouldContain("  new       .config/safe-migrate.json\n"),
            said => said.Output.ShouldContain("  new       .git/hooks/pre-commit\n"));
        var (hook, programs) = (Path.Combine(clone.Root, ".git/hooks/pre-commit"), Path.Combine(clone.Root, ".git/programs"));
        (await File.ReadAllTextAsync(hook)).ShouldContain("if ! git diff --cached --quiet -- '*.sql'; then\n  dotnet safe-migrate review --staged --tool prisma || {\n");

        Directory.CreateDirectory(programs);
        // In place of a tool that was restored from a package.
        var program = Path.Combine(programs, "dotnet");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nshift\nPATH=\"$USUAL_PATH\" exec dotnet exec '{Tool.Dll}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        clone.Write("prisma/migrations/20260301000000_gone/migration.sql", "DROP TABLE \"Order\";\n");
        clone.Git("add", "--all");

        var stopped = await CommitAsync();
        (stopped.Code, stopped.Error + stopped.Output).ShouldSatisfyAllConditions(said => said.Code.ShouldBe(1), said => said.Item2.ShouldContain("✗ drop-table"), said => said.Item2.ShouldContain("The commit is stopped."));

        clone.Write("prisma/migrations/20260301000000_gone/migration.sql", "ALTER TABLE \"Order\" ADD COLUMN \"memo\" TEXT;\n");
        clone.Git("add", "--all");
        (await CommitAsync()).Code.ShouldBe(0);

        Task<(int Code, string Output, string Error)> CommitAsync() => Tool.RunAsync("git", ["commit", "-m", "a table goes"], clone.Root, set => (set["USUAL_PATH"], set["PATH"]) = (set["PATH"], $"{programs}:{set["PATH"]}"));
    }

    [Fact]
    public async Task The_framework_is_told_of_sql_files()
    {
        OtherTool.CopyTo(clone.Folder, "flyway");

        (await InitAsync("--pre-commit=framework", "--json")).Output.ShouldStartWith("""{"schemaVersion":1,"written":true,"tools":["flyway"],""");

        (await File.ReadAllTextAsync(Path.Combine(clone.Root, ".pre-commit-config.yaml"))).ShouldSatisfyAllConditions(
            text => text.ShouldContain("name: review Flyway migrations\n"), text => text.ShouldContain("files: \\.sql$\n"), text => text.ShouldContain("review --staged --tool flyway\n"));
    }

    [Fact]
    public async Task What_cannot_work_is_refused_and_writes_nothing()
    {
        OtherTool.CopyTo(clone.Folder, "django");

        (await InitAsync("--pre-commit")).ShouldSatisfyAllConditions(
            said => said.Code.ShouldBe(2),
            said => said.Error.ShouldBe("  Django keeps its migrations as Python (services/a shop/manage.py), which is not read, and they are not applied by this tool.\n  → python manage.py sqlmigrate APP NAME | dotnet safe-migrate review --sql - --engine ENGINE\n"));
        OtherTool.CopyTo(clone.Folder, "prisma");
        (await InitAsync("--github-actions")).Error.ShouldBe("  --github-actions writes steps that apply migrations of EF Core, and here are those of Prisma.\n  → leave it out, and add a step of your own: dotnet safe-migrate review --tool prisma\n");
        OtherTool.CopyTo(clone.Folder, "flyway");
        (await InitAsync("--pre-commit")).Error.ShouldContain("choose one with --tool prisma");
        Directory.Exists(Path.Combine(clone.Root, ".config")).ShouldBeFalse();

        (await InitAsync("--tool", "flyway")).Code.ShouldBe(0);
        Directory.GetFiles(Path.Combine(clone.Root, ".config")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_project_with_EF_Core_comes_first_and_the_others_are_named()
    {
        clone.Write("Shop.csproj", "<Project />");
        clone.Write("ShopContext.cs", "class ShopContext : DbContext { }");
        OtherTool.CopyTo(clone.Folder, "prisma");

        var written = await InitAsync("--pre-commit");

        written.Output.ShouldStartWith("  found     Prisma: ");
        (await File.ReadAllTextAsync(Path.Combine(clone.Root, ".git/hooks/pre-commit"))).ShouldContain("-- '*.cs' '*.*proj'; then\n  dotnet safe-migrate review --staged --project 'services/a shop' || {\n");
    }
}
