using System.Text.RegularExpressions;
using EfSafeMigrate.EndToEndTests.Applying;
using static EfSafeMigrate.EndToEndTests.Applying.SqliteFile;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>Phases that are asked for on SQLite: written, backed up and rehearsed, applied, used by both releases, taken back without a loss, applied again and closed.</summary>
[Collection(nameof(FilesOfSqliteCollection))]
public sealed class PhasesOnSqlite(InstalledTool tool)
{
    [Fact]
    public async Task FromTheModelToTheContract()
    {
        var project = tool.Copy("Library");
        var file = Path.Combine(project, "library.db");
        string[] onFile = ["--environment", "Development", "--connection", $"Data Source={file}"];
        await RunAsync(["add", "Before", "--one-shot"]);
        await RunAsync(["apply", .. onFile, .. Meant(project)]);
        Execute(file, """INSERT INTO "Authors" ("Name") WITH RECURSIVE each (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM each WHERE number < 500) SELECT 'Author ' || number FROM each""");
        await RenameAsync(project);
        var before = Contents(file);

        var added = await RunAsync(["add", "RenameAuthor", "--phased", "--rename", "Authors.Name=FullName", "--contract", "now"]);
        added.Output.ShouldContain("makes the triggers, behind the copies that");
        added.Output.ShouldContain("while writers wait");
        var wrapped = await tool.RunAsItIsAsync(project, ["apply", .. onFile, "--backup-dir", Path.Combine(project, "backups")]);
        wrapped.Code.ShouldBe(0, wrapped.Output + wrapped.Error);
        wrapped.Output.ShouldContain("rehearsed up, down, up on the copy · releases work");

        Execute(file, """
            UPDATE "Authors" SET "Name" = 'old wrote' WHERE "Id" = 1; UPDATE "Authors" SET "FullName" = 'new wrote' WHERE "Id" = 2;
            INSERT INTO "Authors" ("Name") VALUES ('by old'); INSERT INTO "Authors" ("FullName") VALUES ('by new')
            """);
        Lines(file, """SELECT count(*) FROM "Authors" WHERE "Name" IS NOT "FullName" """).ShouldBe(["0"]);
        var drift = await RunAsync(["drift", "--no-build", .. onFile]);
        drift.Output.ShouldContain("Held: RenameAuthor");

        var back = await RunAsync(["rollback", "Before", "--no-build", "--yes", .. onFile]);
        back.Output.ShouldNotContain("It loses:");
        Contents(file).Except(before).ShouldBe(["1 | old wrote", "2 | new wrote", "501 | by old", "502 | by new"]);
        before.Except(Contents(file)).Count().ShouldBe(2);

        await RunAsync(["apply", "--no-build", .. onFile]);
        await RunAsync(["apply", "--no-build", .. onFile, "--until", "contract", "--force-contract", "--reason", "no release is out", .. Meant(project)]);
        Lines(file, """SELECT "FullName" FROM "Authors" WHERE "Id" IN (2, 3, 502) ORDER BY 1""").ShouldBe(["Author 3", "by new", "new wrote"]);
        Contents(file).ShouldNotContain(line => line.Contains("safe_migrate_", StringComparison.Ordinal));

        Task<ShellResult> RunAsync(string[] arguments) => MustAsync(project, arguments);
    }

    /// <summary>The model says what the contract is to make, so that EF finds nothing pending; nobody misses it meanwhile.</summary>
    [Fact]
    public async Task WhileTheContractIsHeld()
    {
        var project = tool.Copy("Library");
        var file = Path.Combine(project, "library.db");
        string[] onFile = ["--environment", "Development", "--connection", $"Data Source={file}"];
        await MustAsync(project, ["add", "Before", "--one-shot"]);
        await RenameAsync(project);
        await MustAsync(project, ["add", "RenameAuthor", "--phased", "--rename", "Authors.Name=FullName", "--contract", "hold"]);

        await MustAsync(project, ["apply", .. onFile, .. Meant(project)]);

        (await MustAsync(project, ["drift", "--no-build", .. onFile])).Output.ShouldContain("Held: RenameAuthor");
        Execute(file, "INSERT INTO \"Authors\" (\"Name\") VALUES ('by old'); INSERT INTO \"Authors\" (\"FullName\") VALUES ('by new')");
        await MustAsync(project, ["contract", "RenameAuthor", "--no-build"]);
        var contract = await tool.RunAsItIsAsync(
            project, ["apply", .. onFile, "--until", "contract", "--force-contract", "--reason", "no release is out", .. Meant(project), "--backup-dir", Path.Combine(project, "backups")]);
        contract.Code.ShouldBe(0, contract.ToString());
        // Down, EF copies the table as the model of the migration before has it: with the old column again.
        contract.Output.ShouldContain("rehearsed up, down, up on the copy");
        Lines(file, "SELECT \"FullName\" FROM \"Authors\" ORDER BY 1").ShouldBe(["by new", "by old"]);
        await MustAsync(project, ["drift", "--no-build", .. onFile]);
    }

    private async Task<ShellResult> MustAsync(string project, string[] arguments)
    {
        var result = await tool.RunAsync(project, arguments);
        result.Code.ShouldBe(0, string.Join(' ', arguments) + result.Output + result.Error);
        return result;
    }

    private static IEnumerable<string> Meant(string project) => Directory.GetFiles(Path.Combine(project, "Migrations"), "*_*.cs").Select(Path.GetFileNameWithoutExtension).OfType<string>()
        .Where(name => !name.EndsWith(".Designer", StringComparison.Ordinal)).SelectMany(name => new[] { "--accept-data-loss", name });

    private static async Task RenameAsync(string project)
    {
        var (model, context) = (Path.Combine(project, "Models", "Author.cs"), Path.Combine(project, "Data", "LibraryContext.cs"));
        await File.WriteAllTextAsync(model, (await File.ReadAllTextAsync(model)).Replace("string Name", "string FullName", StringComparison.Ordinal));
        await File.WriteAllTextAsync(context, Regex.Replace(await File.ReadAllTextAsync(context), @"(author\.\w+\(a => a\.)Name\b", "$1FullName"));
    }
}
