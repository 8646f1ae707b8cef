using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Projects;

/// <summary>A person waives in C#, where the operation stands.</summary>
public sealed class CommentsWaive : IDisposable
{
    private const string Id = "20260101000000_Tidy";
    private const string Reason = "safe-migrate: ignore drop-table because nobody reads it";

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-comments-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData($"// {Reason}\nb.DropTable(\"logs\");")]
    [InlineData($"b.DropTable(\"logs\"); // {Reason}")]
    [InlineData($"b.DropTable(\n    name: \"logs\" /* {Reason} */);")]
    [InlineData($"b.DropTable(\n    name: \"logs\"); // {Reason}")]
    [InlineData("/* safe-migrate: ignore drop-table, drop-column\n * because nobody reads it */\nb.DropTable(\"logs\");")]
    [InlineData($"// {Reason}\n// safe-migrate: ignore drop-column because of that too\nb.DropTable(\"logs\");")]
    [InlineData($"// SAFE-MIGRATE: ignore drop-table because nobody reads it\n// and more\n\nb.DropTable(\"logs\");")]
    [InlineData($"// {Reason}\nif (true)\n{{\n    b.DropTable(\"logs\");\n}}")]
    [InlineData($"if (true)\n{{\n    // {Reason}\n    b.DropTable(\"logs\");\n}}")]
    [InlineData($"b.AddColumn<string>(\"note\", \"orders\"); // other\n// safe-migrate: ignore-file drop-table because nobody reads it\nb.DropTable(\"logs\");")]
    [InlineData("// safe-migrate: ignore-file drop-table because nobody reads it\nb.Sql(\"\");\nb.DropTable(\"logs\");")]
    public void OneOperation(string up)
    {
        Write($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b)\n    {{\n{up}\n    }}\n}}");

        var finding = Findings(Drop()).Single(found => found.Rule == "drop-table");

        finding.Waiver.ShouldNotBeNull().Reason.ShouldBe("nobody reads it");
        finding.Waiver.File.ShouldBe($"Migrations/{Id}.cs");
        Findings(Drop()).ShouldNotContain(found => found.Rule == "bad-waiver");
    }

    [Theory]
    [InlineData("// safe-migrate: ignore-file drop-table because nobody reads it\nclass Tidy : Migration\n{\n    protected override void Up(MigrationBuilder b) { b.DropTable(\"logs\"); }\n}")]
    [InlineData("class Tidy : Migration\n{\n    // safe-migrate: ignore-file drop-table because nobody reads it\n    protected override void Up(MigrationBuilder b) { b.DropTable(\"logs\"); }\n}")]
    [InlineData($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b) => b.DropTable(\"logs\"); // {Reason}\n}}")]
    [InlineData($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b) =>\n        // {Reason}\n        b.DropTable(\"logs\");\n}}")]
    [InlineData($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b)\n    {{\n        // {Reason}\n        b.DropLogs();\n    }}\n}}")]
    [InlineData($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b)\n    {{\n        // {Reason}\n        Logs.Drop(b);\n    }}\n}}")]
    public void OrTheWholeMigration(string source)
    {
        Write(source);

        Findings(Drop()).Single(found => found.Rule == "drop-table").Waiver.ShouldNotBeNull();
        Findings(Drop()).ShouldNotContain(found => found.Rule == "bad-waiver");
    }

    [Theory]
    [InlineData($"// {Reason}\nb.AddColumn<string>(\"note\", \"orders\");\nb.DropTable(\"logs\");", "unused-suppression")]
    [InlineData($"b.AddColumn<string>(\"note\", \"orders\"); // {Reason}\nb.DropTable(\"logs\");", "unused-suppression")]
    [InlineData($"b.DropTable(\"logs\");\n// {Reason}", "bad-waiver")]
    [InlineData("// safe-migrate: ignore drop-table\nb.DropTable(\"logs\");", "bad-waiver")]
    [InlineData("// safe-migrate: ignore drop-tabel because nobody reads it\nb.DropTable(\"logs\");", "bad-waiver")]
    [InlineData("// safe-migrate: ignore-file drop-table\nb.DropTable(\"logs\");", "bad-waiver")]
    [InlineData($"b.DropTable(\"// {Reason}\");", null)]
    public void NothingElse(string up, string? instead)
    {
        Write($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b)\n    {{\n{up}\n    }}\n    protected override void Down(MigrationBuilder b) {{ }}\n}}");

        var findings = Findings(up.Contains("AddColumn", StringComparison.Ordinal) ? [Add(), Drop()] : [Drop()]);

        findings.Single(found => found.Rule == "drop-table").Waiver.ShouldBeNull();
        findings.Select(found => found.Rule).Where(rule => rule is "bad-waiver" or "unused-suppression").ShouldBe(instead is null ? [] : [instead]);
    }

    [Theory]
    [InlineData("// safe-migrate: ignore drop-table because nobody reads it\n", "", "")]
    [InlineData("", "    // safe-migrate: ignore drop-table because nobody reads it\n", "")]
    [InlineData("", "", "        // safe-migrate: ignore drop-table because nobody reads it\n        b.DropTable(\"other\");\n")]
    public void AboveTheClassUpOrInDownItIsSaidToBeWrong(string file, string up, string down)
    {
        Write($"{file}class Tidy : Migration\n{{\n{up}    protected override void Up(MigrationBuilder b)\n    {{\n        b.DropTable(\"logs\");\n    }}\n    protected override void Down(MigrationBuilder b)\n    {{\n{down}    }}\n}}");

        var findings = Findings(Drop());

        findings.Single(found => found.Rule == "drop-table").Waiver.ShouldBeNull();
        findings.Single(found => found.Rule == "bad-waiver").Message.ShouldContain("it stands above no operation");
    }

    [Fact]
    public void AnotherMigrationOfTheFileIsNotMeant()
    {
        Write($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b) {{ b.DropTable(\"logs\"); }}\n}}\nclass Other : Migration\n{{\n    protected override void Up(MigrationBuilder b)\n    {{\n        // {Reason}\n        b.DropTable(\"other\");\n    }}\n}}");

        Findings(Drop()).Where(found => found.Rule is "drop-table" or "bad-waiver" or "unused-suppression").ShouldHaveSingleItem().Waiver.ShouldBeNull();
    }

    [Fact]
    public void ALoopIsManyOperations()
    {
        Write($"class Tidy : Migration\n{{\n    protected override void Up(MigrationBuilder b)\n    {{\n        foreach (var t in all)\n        {{\n            // {Reason}\n            b.DropTable(t);\n        }}\n    }}\n}}");

        Findings(Drop(), Drop("old")).Where(found => found.Rule == "drop-table").ShouldAllBe(found => found.Waiver != null && found.Origin.Line == 8 && found.Origin.Column == 13);
    }

    [Fact]
    public void AnOperationIsAtItsCall()
    {
        Write("class Tidy : Migration\n{\n    protected override void Up(MigrationBuilder migrationBuilder)\n    {\n        migrationBuilder.DropTable(\"logs\"); migrationBuilder.DropTable(\n            name: \"old\");\n    }\n}");

        Findings(Drop(), Drop("old")).Where(found => found.Rule == "drop-table").Select(found => (found.Origin.Line, found.Origin.Column)).ShouldBe([(5, 9), (5, 45)]);
    }

    [Fact]
    public void CommentsInSqlStillWaive()
    {
        Write("class Tidy : Migration\n{\n    protected override void Up(MigrationBuilder b)\n    {\n        b.Sql(\"\"\"\n            -- safe-migrate: ignore drop-table because nobody reads it\n            DROP TABLE logs;\n            DROP TABLE old;\n            \"\"\");\n    }\n}");

        Findings(JsonSerializer.SerializeToElement(new { operation = "Sql", sql = "-- safe-migrate: ignore drop-table because nobody reads it\nDROP TABLE logs;\nDROP TABLE old;" }))
            .Where(found => found.Rule == "drop-table").Select(found => found.Waiver is not null).ShouldBe([true, false]);
    }

    private IReadOnlyList<Finding> Findings(params IReadOnlyList<JsonElement> operations)
    {
        var message = new MigrationMessage(Id, RuleCaseRun.Source(new("", null)), operations, []) { TypeName = "App.Tidy" };
        var changes = new ChangeReader(new SourceLocations(folder), SqlDialect.Postgres).Read(new([message], null));
        return [.. Review.Judge(changes, together: true, RuleCaseRun.Engine(RuleCase.Postgres), FactSheet.Unknown).SelectMany(migration => migration.Findings)];
    }

    private static JsonElement Drop(string table = "logs") => JsonSerializer.SerializeToElement(new { operation = "DropTable", name = table });

    private static JsonElement Add() => JsonSerializer.SerializeToElement(new { operation = "AddColumn", name = "note2", table = "orders", isNullable = true, storeType = "text" });

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.Combine(folder, "Migrations"));
        File.WriteAllText(Path.Combine(folder, "Migrations", $"{Id}.cs"), text);
    }
}
