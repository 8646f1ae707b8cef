using EfSafeMigrate.Changes;
using EfSafeMigrate.Commands;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Tests.Rules;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>What was there before the tool came is accepted in one file, until it changes.</summary>
public sealed class HistoryIsAccepted : IDisposable
{
    private const string First = "20260101000000_First";
    private const string Second = "20260102000000_Second";

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-baseline-").FullName;

    public HistoryIsAccepted()
    {
        Source(First, "b.DropTable(\"logs\");");
        Source(Second, "b.DropColumn(\"note\", \"orders\");");
    }

    private string Path => System.IO.Path.Combine(folder, ".config", "safe-migrate.baseline.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AndLeftOutLater()
    {
        var before = Judged();
        before.SelectMany(each => each.Findings).Count().ShouldBeGreaterThan(1);

        var written = Apply("write", before);
        var later = Apply(null, before);

        written.Note.ShouldBe($".config/safe-migrate.baseline.json is written: it accepts {before.Sum(each => each.Findings.Count)} findings in 2 migrations.");
        Headline.Server(Review(written)).ShouldEndWith(" · 2 migrations");
        later.Migrations.ShouldBeEmpty();
        (later.Findings, later.Held).ShouldBe((before.Sum(each => each.Findings.Count), 2));
        Overruled.Lines(Review(later)).ShouldBe([$"the baseline holds back {later.Findings} findings and 2 migrations; --baseline ignore shows all"]);
        Apply("ignore", before).Migrations.ShouldBe(before);
    }

    [Theory]
    [InlineData("b.DropTable(\"logs\"); b.DropTable(\"old\");", false)]
    [InlineData("b.DropTable(\"Logs\");", false)]
    [InlineData("// nobody reads it\n  b.DropTable(\n\"logs\");", true)]
    public void UntilTheMigrationChanges(string up, bool holds)
    {
        Apply("write", Judged());
        Source(First, up);

        var later = Apply(null, Judged());

        later.Migrations.Select(each => each.Migration.Id).ShouldBe(holds ? [] : [First]);
    }

    [Fact]
    public void UntilASqlFileOfItChanges()
    {
        File.WriteAllText(System.IO.Path.Combine(folder, "fill.sql"), "DROP TABLE logs;");
        Source(First, "b.Sql(File.ReadAllText(\"fill.sql\"));");
        Apply("write", Judged());
        Apply(null, Judged()).Held.ShouldBe(2);

        File.WriteAllText(System.IO.Path.Combine(folder, "fill.sql"), "DROP TABLE old;");

        Apply(null, Judged()).Held.ShouldBe(1);
    }

    [Fact]
    public void AFindingThatIsNewIsHeard()
    {
        Apply("write", Judged());
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("\"rule\": \"drop-column\"", "\"rule\": \"rename-column\"", StringComparison.Ordinal));

        var left = Apply(null, Judged()).Migrations.ShouldHaveSingleItem();

        left.Findings.ShouldHaveSingleItem().Rule.ShouldBe("drop-column");
    }

    [Fact]
    public void TheFileIsSortedAndTheSameEachTime()
    {
        Apply("write", Judged());
        var text = File.ReadAllText(Path);
        Apply("write", [.. Judged().Reverse()]);

        File.ReadAllText(Path).ShouldBe(text);
        text.Split('\n').Count(line => line.Contains("\"rule\"", StringComparison.Ordinal)).ShouldBe(text.Split("\"rule\"").Length - 1);
        text.IndexOf(First, StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf(Second, StringComparison.Ordinal));
        text.ShouldNotContain(folder);
    }

    [Fact]
    public void OtherProjectsAreKeptAndWhatIsGoneIsNot()
    {
        Apply("write", Judged());
        Apply("write", Judged(), project: "Other");
        Source(First, "b.DropTable(\"other\");");
        Apply("write", [.. Judged().Where(each => each.Migration.Id == Second)], existing: [Second, "20260103000000_Third"]);

        var read = BaselineFile.Read(File.ReadAllText(Path));

        read.Select(each => (each.Project, each.Context, Ids: string.Join(' ', each.Migrations.Select(migration => migration.Id))))
            .ShouldBe([("Other", "ShopContext", $"{First} {Second}"), ("Shop", "ShopContext", Second)]);
    }

    [Fact]
    public void ModelChangesWithoutAMigrationAreNoHistory()
    {
        var pending = Judged().Select(each => each with { Migration = each.Migration with { Id = Origin.PendingModel } }).Take(1).ToArray();

        Apply("write", pending).Migrations.ShouldBe(pending);
    }

    [Theory]
    [InlineData("{", "`.config/safe-migrate.baseline.json` is not valid JSON (line 1).")]
    [InlineData("""{ "schemaVersion": 2 }""", "`schemaVersion` in `.config/safe-migrate.baseline.json` is not 1.")]
    [InlineData("""{ "schemaVersion": 1, "projects": [{ "project": "Shop" }] }""", "`projects[0].context` in `.config/safe-migrate.baseline.json` is missing.")]
    [InlineData("""{ "schemaVersion": 1, "projects": [], "migrations": [] }""", "`migrations` in `.config/safe-migrate.baseline.json` has no meaning.")]
    public void AFileThatSaysSomethingElseIsRefused(string text, string sentence) =>
        Should.Throw<SafeMigrateException>(() => BaselineFile.Read(text)).Message.ShouldBe(sentence);

    private Baselined Apply(string? action, IReadOnlyList<ReviewedMigration> reviewed, string project = "Shop", IReadOnlyList<string>? existing = null)
    {
        using var command = new CommandLineApplication();
        var options = new BaselineOptions(command) { Directory = folder };
        command.Parse(action is null ? [] : ["--baseline", action]);
        return options.Apply(reviewed, folder, project, "ShopContext", existing ?? [First, Second]);
    }

    private static IReadOnlyList<ReviewedMigration> Judged()
    {
        var set = RuleCaseRun.Set([("DROP TABLE logs", true), ("ALTER TABLE orders DROP COLUMN note", true)], RuleCase.Postgres, RuleCaseRun.Source(new("", null)));
        var named = new ChangeSet([.. set.Migrations.Zip([First, Second], (migration, id) => migration with { Id = id, Changes = [.. migration.Changes.Select(change => change with { Origin = change.Origin with { Migration = id } })] })]);
        return EfSafeMigrate.Reports.Review.Judge(named, together: true, RuleCaseRun.Engine(RuleCase.Postgres), FactSheet.Unknown);
    }

    private static Review Review(Baselined left) => new()
    {
        Project = "Shop", Engine = RuleCaseRun.Engine(RuleCase.Postgres), Facts = FactSheet.Unknown, Migrations = left.Migrations, Baselined = left, FailOn = Severity.Dangerous,
    };

    private void Source(string id, string up) => File.WriteAllText(
        System.IO.Path.Combine(folder, $"{id}.cs"), $"class M : Migration\n{{\n    protected override void Up(MigrationBuilder b)\n    {{\n        {up}\n    }}\n\n    protected override void Down(MigrationBuilder b) {{ }}\n}}\n");
}
