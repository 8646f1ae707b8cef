using System.Text.RegularExpressions;
using EfSafeMigrate.EndToEndTests.Applying;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>
/// A test that is written with the phases of a rename passes, and fails when somebody breaks a Down; it goes on naming the migrations, and
/// without it the gate of the settings closes. What the page shows is what is printed here.
/// </summary>
[Collection(nameof(FilesOfSqliteCollection))]
public sealed partial class TestsComeWithMigrations(InstalledTool tool)
{
    private readonly string page = File.ReadAllText(Path.Combine(InstalledTool.Repository, "docs", "testing-migrations.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task TheyPassAndTheyFail()
    {
        var folder = Path.Combine(tool.Scratch, "Samples", $"Tested-{Guid.NewGuid():N}");
        var (project, tests) = (Path.Combine(folder, "Library"), Path.Combine(folder, "Library.Tests"));
        InstalledTool.CopyFolder(tool.Sample("Library"), project);
        Directory.CreateDirectory(Path.Combine(folder, ".config"));
        await File.WriteAllTextAsync(Path.Combine(folder, "Library.sln"), "");
        await File.WriteAllTextAsync(Path.Combine(folder, ".config", "safe-migrate.json"), """{ "schemaVersion": 1, "failOn": "never", "gates": { "untestedMigration": "fail" } }""");
        await AddAsync(["add", "Before", "--one-shot"], project);
        await RenameAsync(project);

        var refused = await tool.RunAsync(project, [.. Rename, "--with-test"]);
        refused.Code.ShouldBe(2);
        refused.Error.ShouldContain("No test project uses xunit and refers to Library.csproj.");
        Directory.CreateDirectory(tests);
        await File.WriteAllTextAsync(Path.Combine(tests, "Library.Tests.csproj"), TestProject);

        var shown = await AddAsync([.. Rename, "--no-build", "--with-test", "--dry-run"], project);
        shown.Output.ShouldContain("  would write ../Library.Tests/MigrationTests/RenameAuthorTests.cs\n");
        shown.Output.ShouldContain("public sealed class RenameAuthorTests");
        Directory.Exists(Path.Combine(tests, "MigrationTests")).ShouldBeFalse();
        var added = await AddAsync([.. Rename, "--no-build", "--with-test"], project);
        ShouldBeOnThePage(added.Output.Split('\n').Single(line => line.Contains("RenameAuthorTests.cs", StringComparison.Ordinal)).Trim());

        // The test is kept in step with the contract that is written later.
        (await AddAsync(["contract", "RenameAuthor"], project)).Output.ShouldContain("wrote ../Library.Tests/MigrationTests/RenameAuthorTests.cs");

        var test = Path.Combine(tests, "MigrationTests", "RenameAuthorTests.cs");
        ShouldBeOnThePage(Between(await File.ReadAllTextAsync(test), "    private const string Rows = \"\"\"", "        \"\"\";"));
        var passed = await TestAsync(tests);
        passed.Code.ShouldBe(0, passed.Output);
        passed.Output.ShouldMatch(@"Passed:\s+3\b");

        (await ReviewAsync()).ShouldNotContain("untested-migration");
        File.Move(test, test + ".away");
        (await ReviewAsync()).ShouldContain("untested-migration");
        File.Move(test + ".away", test);

        var again = await tool.RunAsync(project, ["add", "RenameAuthor", "--no-build", "--with-test", "--one-shot"]);
        again.Code.ShouldBe(2, again.Output);
        again.Error.ShouldContain("RenameAuthor");

        // Somebody empties the Down; a part of it would do no harm, for EF copies the table as the model has it.
        var contract = Directory.GetFiles(Path.Combine(project, "Migrations"), "*_RenameAuthor4Contract2.cs").Single();
        var text = await File.ReadAllTextAsync(contract);
        var broken = BodyOfDown().Replace(text, "");
        broken.ShouldNotBe(text);
        await File.WriteAllTextAsync(contract, broken);
        var failed = await TestAsync(tests);
        failed.Code.ShouldBe(1, failed.Output);
        failed.Output.ShouldContain("missing: column Authors.Name TEXT");
        ShouldBeOnThePage("missing: column Authors.Name TEXT");

        async Task<string> ReviewAsync()
        {
            var review = await tool.RunAsync(project, ["review", "--source", "--migration", "RenameAuthor4Contract2"]);
            review.Code.ShouldBeLessThan(2, review.Error);
            return review.Output;
        }
    }

    private static readonly string[] Rename = ["add", "RenameAuthor", "--phased", "--rename", "Authors.Name=FullName", "--contract", "hold"];

    private const string TestProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <EfVersion>10.0.14</EfVersion>
            <EfProvider>Sqlite</EfProvider>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.NET.Test.Sdk" Version="17.14.1" />
            <PackageReference Include="xunit" Version="2.9.3" />
            <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
            <ProjectReference Include="../Library/Library.csproj" />
            <Using Include="System.IO" />
            <Using Include="System" />
          </ItemGroup>
        </Project>
        """;

    private async Task<ShellResult> AddAsync(string[] arguments, string project)
    {
        var result = await tool.RunAsync(project, arguments);
        result.Code.ShouldBe(0, string.Join(' ', arguments) + result.Output + result.Error);
        return result;
    }

    private static Task<ShellResult> TestAsync(string tests) => Shell.RunAsync(tests, "dotnet", ["test", "--nologo", "-v:q", "--logger", "console;verbosity=normal"]);

    private void ShouldBeOnThePage(string text) => page.ShouldContain(text);

    private static string Between(string text, string from, string to)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => line != from).Skip(1).TakeWhile(line => line != to).Select(line => line.TrimStart()).ToArray();
        lines.ShouldNotBeEmpty();
        return lines[0];
    }

    private static async Task RenameAsync(string project)
    {
        var (model, context) = (Path.Combine(project, "Models", "Author.cs"), Path.Combine(project, "Data", "LibraryContext.cs"));
        await File.WriteAllTextAsync(model, (await File.ReadAllTextAsync(model)).Replace("string Name", "string FullName", StringComparison.Ordinal));
        await File.WriteAllTextAsync(context, Regex.Replace(await File.ReadAllTextAsync(context), @"(author\.\w+\(a => a\.)Name\b", "$1FullName"));
    }

    [GeneratedRegex(@"(?<=void Down\(MigrationBuilder migrationBuilder\)\r?\n        \{\r?\n).*?(?=        \})", RegexOptions.Singleline)]
    private static partial Regex BodyOfDown();
}
