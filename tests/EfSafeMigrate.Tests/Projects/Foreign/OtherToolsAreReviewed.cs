using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Tests.Projects.Foreign;

/// <summary>Each tool is known by its files, and what it keeps as SQL is judged in its own order and its own transactions.</summary>
public sealed class OtherToolsAreReviewed : IDisposable
{
    private const string Versions = "src/main/resources/db/migration";

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-other-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Tools => [.. ForeignTools.All.Select(tool => tool.Id)];

    public static TheoryData<string> ToolsWithCode => [.. ForeignTools.All.Where(tool => !tool.KeepsSql).Select(tool => tool.Id)];

    [Theory, MemberData(nameof(Tools))]
    public void Every_tool_is_known_by_its_files(string tool)
    {
        OtherTool.In(OtherTool.FolderOf(tool)).ShouldHaveSingleItem().Tool.Id.ShouldBe(tool);

        // Also by each of its files alone that is a mark.
        OtherTool.CopyTo(folder, tool);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !ForeignTools.All.Single(each => each.Id == tool).Marks.Any(mark => mark.Path.IsMatch(Slashed(file)))))
        {
            File.Delete(file);
        }
        OtherTool.In(folder).ShouldHaveSingleItem().Tool.Id.ShouldBe(tool);
    }

    [Theory, MemberData(nameof(ToolsWithCode))]
    public async Task What_is_kept_as_code_is_said_with_the_way_to_its_sql(string tool)
    {
        OtherTool.CopyTo(folder, tool);

        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder));
        refusal.Code.ShouldBe(ExitCode.Environment);
        refusal.Message.ShouldContain("which is not read, and they are not applied by this tool.");
        refusal.Next.ShouldContain("dotnet safe-migrate review --sql ");
        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder, null, null, "--tool", tool))).Message.ShouldBe(refusal.Message);
    }

    [Fact]
    public void Nothing_is_found_among_what_is_brought_in_or_built()
    {
        foreach (var place in new[] { "node_modules/a", "target/classes", "build/resources", "venv/lib", ".hidden" })
        {
            OtherTool.CopyTo(Path.Combine(folder, place), [.. ForeignTools.All.Select(tool => tool.Id)]);
        }
        OtherTool.In(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Prisma_runs_a_file_of_several_statements_in_one_transaction()
    {
        OtherTool.CopyTo(folder, "prisma");

        var review = await OtherTool.ReviewAsync(folder);

        (review.Engine.Id, review.Tool, review.Code).ShouldBe(("postgresql", "Prisma", 1));
        var newest = review.Migrations.ShouldHaveSingleItem();
        newest.Migration.Id.ShouldBe("20260214120000_customer_note");
        newest.Migration.Changes.ShouldAllBe(change => change.InTransaction);
        newest.Findings.Single(finding => finding.Rule == "drop-column").Origin.ShouldSatisfyAllConditions(
            origin => origin.File.ShouldBe("prisma/migrations/20260214120000_customer_note/migration.sql"), origin => origin.Line.ShouldBe(8));
        // The table is known from the migration before.
        newest.Migration.Source.Find(new TableName(null, "Order"))!.Columns.Count.ShouldBe(3);
        newest.Findings.ShouldContain(finding => finding.Rule == "create-index-blocking");

        var alone = Path.Combine(folder, "prisma/migrations/20260301000000_index");
        Directory.CreateDirectory(alone);
        await File.WriteAllTextAsync(Path.Combine(alone, "migration.sql"), "CREATE INDEX CONCURRENTLY \"ix\" ON \"Order\"(\"customerId\");\n");
        (await OtherTool.ReviewAsync(folder)).Migrations.ShouldHaveSingleItem().Migration.Changes.ShouldHaveSingleItem().InTransaction.ShouldBeFalse();
        await File.AppendAllTextAsync(Path.Combine(alone, "migration.sql"), "CREATE INDEX CONCURRENTLY \"iy\" ON \"Order\"(\"id\");\n");
        (await OtherTool.ReviewAsync(folder)).Findings.ShouldContain(finding => finding.Rule == "concurrently-in-transaction");
    }

    [Fact]
    public async Task Drizzle_says_in_its_journal_what_comes_when()
    {
        OtherTool.CopyTo(folder, "drizzle");
        File.Move(Path.Combine(folder, "drizzle/0001_quiet_hulk.sql"), Path.Combine(folder, "drizzle/0000_a_first_name.sql"));
        var journal = Path.Combine(folder, "drizzle/meta/_journal.json");
        await File.WriteAllTextAsync(journal, (await File.ReadAllTextAsync(journal)).Replace("0001_quiet_hulk", "0000_a_first_name", StringComparison.Ordinal));

        var review = await OtherTool.ReviewAsync(folder, null, null, "--last", "2");

        review.Engine.Id.ShouldBe("mysql");
        review.OtherEngines.ShouldHaveSingleItem().Id.ShouldBe("mariadb");
        review.Migrations.Select(each => each.Migration.Id).ShouldBe(["0000_breezy_vulcan", "0000_a_first_name"]);
        review.Migrations[1].Migration.Changes.Select(change => (change.GetType().Name, change.Origin.Line)).ShouldBe([("AddColumn", 1), ("CreateIndex", 2), ("DropColumn", 3)]);
        review.Migrations.SelectMany(each => each.Migration.Changes).OfType<OpaqueSql>().ShouldBeEmpty();

        (await OtherTool.ReviewAsync(folder, null, new SafeMigrateSettings { Engine = "mariadb" })).Engine.Id.ShouldBe("mariadb");
        (await OtherTool.ReviewAsync(folder, "mariadb")).EngineBasis.ShouldBe(EngineBasis.Options);

        File.Delete(Path.Combine(folder, "drizzle/0000_a_first_name.sql"));
        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder))).Message.ShouldBe("`drizzle/meta/_journal.json` names `drizzle/0000_a_first_name.sql`, and there is no such file.");
        await File.WriteAllTextAsync(journal, "{ \"entries\": 3 }");
        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder))).Message.ShouldBe("`drizzle/meta/_journal.json` is no journal of Drizzle.");
    }

    [Fact]
    public async Task Drizzle_also_keeps_a_folder_for_each()
    {
        Directory.CreateDirectory(Path.Combine(folder, "drizzle/20260105091500_init"));
        await File.WriteAllTextAsync(Path.Combine(folder, "drizzle.config.ts"), "export default defineConfig({ dialect: 'postgresql', schema: './schema.ts' });");
        await File.WriteAllTextAsync(Path.Combine(folder, "drizzle/20260105091500_init/snapshot.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(folder, "drizzle/20260105091500_init/migration.sql"), "DROP TABLE a;");

        var review = await OtherTool.ReviewAsync(folder);

        (review.Tool, review.Engine.Id, review.Migrations.ShouldHaveSingleItem().Migration.Id).ShouldBe(("Drizzle", "postgresql", "20260105091500_init"));
    }

    [Fact]
    public async Task Flyway_counts_versions_and_opens_a_transaction_unless_nothing_can_stand_in_one()
    {
        OtherTool.CopyTo(folder, "flyway");

        var review = await OtherTool.ReviewAsync(folder, null, null, "--all");

        review.Engine.Id.ShouldBe("postgresql");
        review.Migrations.Select(each => each.Migration.Id).ShouldBe(["V1__init", "V2__index_orders", "V10__customer_note", "R__open_orders"]);
        review.Migrations.Select(each => each.Migration.Changes.All(change => change.InTransaction)).ShouldBe([true, false, true, true]);
        review.Findings.ShouldNotContain(finding => finding.Rule == "concurrently-in-transaction");
        review.Findings.Single(finding => finding.Rule == "drop-column").Origin.Line.ShouldBe(5);

        var index = Path.Combine(folder, Versions, "V2__index_orders.sql");
        await File.AppendAllTextAsync(index, "ALTER TABLE orders ADD COLUMN memo text;\n");
        (await OtherTool.ReviewAsync(folder, null, null, "--migration", "V2__index_orders")).Findings.ShouldContain(finding => finding.Rule == "concurrently-in-transaction");
        await File.WriteAllTextAsync($"{index}.conf", "executeInTransaction=false\n");
        (await OtherTool.ReviewAsync(folder, null, null, "--migration", "V2__index_orders")).Findings.ShouldNotContain(finding => finding.Rule == "concurrently-in-transaction");

        Directory.CreateDirectory(Path.Combine(folder, Versions, "mysql"));
        await File.WriteAllTextAsync(Path.Combine(folder, Versions, "mysql/V1__init.sql"), "SELECT 1;");
        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder))).Message.ShouldBe($"Flyway would find one migration several times: {Versions}/V1__init.sql, {Versions}/mysql/V1__init.sql.");
        Directory.Delete(Path.Combine(folder, Versions, "mysql"), recursive: true);

        // What stands elsewhere is none of its locations.
        await File.WriteAllTextAsync(Path.Combine(folder, "V11__elsewhere.sql"), "DROP TABLE customers;");
        (await OtherTool.ReviewAsync(folder, null, null, "--all")).Migrations.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Flyway_leaves_the_engine_open_where_its_settings_do()
    {
        OtherTool.CopyTo(folder, "flyway");
        File.Delete(Path.Combine(folder, "flyway.toml"));

        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder))).Message.ShouldBe("Nothing in the settings of Flyway tells which database its SQL is for.");
        (await OtherTool.ReviewAsync(folder, "postgresql")).Engine.Id.ShouldBe("postgresql");
        (await OtherTool.ReviewAsync(folder, null, new SafeMigrateSettings { Engine = "postgresql" })).EngineBasis.ShouldBe(EngineBasis.Settings);

        await File.WriteAllTextAsync(Path.Combine(folder, "flyway.conf"), "# flyway.url=jdbc:mysql://old/shop\nflyway.url=jdbc:sqlserver://localhost\n");
        (await OtherTool.ReviewAsync(folder)).Engine.Id.ShouldBe("sqlserver");
    }

    [Fact]
    public async Task Liquibase_includes_one_file_after_the_other_and_runs_change_sets()
    {
        OtherTool.CopyTo(folder, "liquibase");

        var review = await OtherTool.ReviewAsync(folder, null, null, "--all");

        review.Engine.Id.ShouldBe("mariadb");
        review.Migrations.Select(each => each.Migration.Id).ShouldBe([
            "db/changelog/changes/tables.sql::1::ada", "db/changelog/changes/tables.sql::2::ada",
            "db/changelog/changes/customers.sql::customer-note::grace", "db/changelog/changes/customers.sql::customer-fax::grace"]);
        review.Migrations.Select(each => each.Migration.Changes.ShouldHaveSingleItem().Origin.Line).ShouldBe([4, 12, 4, 8]);
        review.Migrations.Select(each => each.Migration.Changes[0].InTransaction).ShouldBe([true, true, true, false]);
        review.Notes.ShouldContain(note => note.StartsWith("db/changelog/changes/rates.xml holds change sets that are no SQL", StringComparison.Ordinal));
        (await OtherTool.ReviewAsync(folder, "postgresql", null, "--all")).Migrations.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Several_tools_are_told_apart()
    {
        OtherTool.CopyTo(folder, "prisma", "flyway", "django");

        var refusal = await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder));
        refusal.Message.ShouldStartWith("Several tools keep their SQL here: Prisma (");
        refusal.Next.ShouldBe("choose one with --tool prisma");
        (await OtherTool.ReviewAsync(folder, null, null, "--tool", "flyway")).ShouldSatisfyAllConditions(
            review => review.Tool.ShouldBe("Flyway"),
            review => review.Notes.ShouldContain(note => note.StartsWith("Prisma is here too", StringComparison.Ordinal)),
            review => review.Notes.ShouldContain(note => note.Contains("python manage.py sqlmigrate APP NAME", StringComparison.Ordinal)));
        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder, null, null, "--tool", "rails"))).Message.ShouldBe("Rails has no files here.");
        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder, null, null, "--tool", "goose"))).Message.ShouldBe("`--tool goose` is not a tool that is known.");

        OtherTool.CopyTo(Path.Combine(folder, "billing"), "prisma");
        (await Should.ThrowAsync<SafeMigrateException>(() => OtherTool.ReviewAsync(folder, null, null, "--tool", "prisma"))).Message
            .ShouldBe("Prisma keeps migrations in several folders: billing/prisma/migrations, prisma/migrations.");
    }

    [Fact]
    public async Task A_comment_accepts_a_finding()
    {
        OtherTool.CopyTo(folder, "prisma");
        var file = Path.Combine(folder, "prisma/migrations/20260214120000_customer_note/migration.sql");
        await File.WriteAllTextAsync(file, "-- safe-migrate: ignore drop-column because nobody faxes\nALTER TABLE \"Customer\" DROP COLUMN \"fax\";\n");

        var review = await OtherTool.ReviewAsync(folder);

        review.Findings.Single(finding => finding.Rule == "drop-column").Waiver!.Reason.ShouldBe("nobody faxes");
        Headline.Subject(review).ShouldEndWith(" · Prisma");
        Headline.Server(review).ShouldEndWith("1 migration");
    }

    private string Slashed(string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
