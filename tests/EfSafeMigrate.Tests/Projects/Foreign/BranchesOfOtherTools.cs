using EfSafeMigrate.Reports;
using EfSafeMigrate.Tests.Projects.Repositories;

namespace EfSafeMigrate.Tests.Projects.Foreign;

/// <summary>What a branch adds to the SQL of another tool, and what it changes of what others have run.</summary>
public sealed class BranchesOfOtherTools : IDisposable
{
    private const string Fresh = "prisma/migrations/20260301000000_tier/migration.sql";

    private readonly Clone clone = new("services/a shop");

    public BranchesOfOtherTools()
    {
        OtherTool.CopyTo(clone.Folder, "prisma");
        clone.Commit();
        clone.Git("switch", "-q", "-c", "topic");
    }

    public void Dispose() => clone.Dispose();

    private Task<Review> ReviewAsync(params string[] options) => OtherTool.ReviewAsync(clone.Folder, null, null, options);

    [Fact]
    public async Task Only_what_it_adds_is_judged()
    {
        (await ReviewAsync()).ShouldSatisfyAllConditions(review => review.Chosen.ShouldBe("no migration that main does not have"), review => review.Code.ShouldBe(0));

        clone.Write(Fresh, "ALTER TABLE \"Customer\" ADD COLUMN \"tier\" INTEGER;\n");
        var untracked = await ReviewAsync();
        clone.Commit();
        foreach (var review in new[] { untracked, await ReviewAsync(), await ReviewAsync("--base", "main") })
        {
            review.Chosen.ShouldBe("1 migration that main does not have");
            review.Migrations.ShouldHaveSingleItem().Migration.Id.ShouldBe("20260301000000_tier");
            review.Findings.ShouldAllBe(finding => finding.Origin.File == Fresh);
        }
    }

    [Fact]
    public async Task What_others_have_run_is_not_to_change()
    {
        const string old = "prisma/migrations/20260105091500_init/migration.sql";
        clone.Write(old, clone.Read(old).ReplaceLineEndings("\r\n"));
        (await ReviewAsync()).Code.ShouldBe(0);

        clone.Write(old, clone.Read(old).Replace("\"email\" TEXT NOT NULL", "\"email\" TEXT", StringComparison.Ordinal));
        var review = await ReviewAsync();
        review.Code.ShouldBe(1);
        var finding = review.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Origin.File).ShouldBe(("edited-applied-migration", old));
        finding.Message.ShouldContain("is on main already, and its SQL differs from it here");
    }

    [Fact]
    public async Task A_commit_is_judged_by_what_is_in_it()
    {
        clone.Write(Fresh, "DROP TABLE \"Order\";\n");
        (await ReviewAsync("--staged")).Chosen.ShouldBe("no migration is staged");

        clone.Git("add", "--all");
        clone.Write(Fresh, "SELECT 1;\n");
        var review = await ReviewAsync("--staged");
        review.Chosen.ShouldBe("1 migration staged");
        review.Findings.ShouldContain(finding => finding.Rule == "drop-table");

        clone.Git("add", "--all");
        (await ReviewAsync("--staged")).Code.ShouldBe(0);
        clone.Delete(Fresh);
        (await ReviewAsync("--staged")).Migrations.ShouldHaveSingleItem().Migration.Id.ShouldBe("20260301000000_tier");
    }

    [Fact]
    public async Task A_change_set_that_is_added_to_a_file_is_new_and_the_others_are_not()
    {
        clone.Git("switch", "-q", "main");
        clone.Git("rm", "-q", "-r", ".");
        OtherTool.CopyTo(clone.Folder, "liquibase");
        clone.Commit();
        clone.Git("switch", "-q", "-c", "other");
        const string file = "db/changelog/changes/customers.sql";
        clone.Write(file, $"{clone.Read(file)}\n--changeset grace:tier\nALTER TABLE customers ADD COLUMN tier int;\n");

        var review = await ReviewAsync();

        review.Migrations.ShouldHaveSingleItem().Migration.Id.ShouldBe($"{file}::tier::grace");
        review.Findings.ShouldNotContain(finding => finding.Rule == "edited-applied-migration");
    }

    [Fact]
    public async Task The_tool_of_a_folder_is_reviewed_by_the_command()
    {
        clone.Write(Fresh, "DROP TABLE \"Order\";\n");

        var said = await Commands.Tool.RunAsync("dotnet", ["exec", Commands.Tool.Dll, "review", "--base", "main", "--json"], clone.Folder, _ => { });
        said.Code.ShouldBe(1, said.Error);
        said.Output.ShouldContain("\"rule\": \"drop-table\"");
        said.Output.ShouldContain("Prisma goes on applying these migrations");

        var refused = await Commands.Tool.RunAsync("dotnet", ["exec", Commands.Tool.Dll, "review", "--connection-env", "X"], clone.Folder, _ => { });
        refused.ShouldBe((2, "", "  --connection-env belongs to a project with EF Core, and here are migrations of Prisma.\n  → leave out --connection-env: their SQL is judged as it stands\n"));
    }

    [Fact]
    public async Task A_project_with_EF_Core_comes_first_and_names_the_other()
    {
        clone.Write("Shop.csproj", "<Project />");
        clone.Write("ShopContext.cs", "class ShopContext : DbContext { }");
        clone.Migrate("20260301000000_AddTier", "Id", "Tier");

        var said = await Commands.Tool.RunAsync("dotnet", ["exec", Commands.Tool.Dll, "review", "--source", "--engine", "postgresql", "--base", "main"], clone.Folder, _ => { });

        said.Error.ShouldBeEmpty();
        said.Output.ShouldContain("ShopContext");
        said.Output.ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal).ShouldContain("is here too, and not part of this review: --tool prisma judges what Prisma keeps.");

        // In a folder above both, nobody guesses which is meant.
        var above = await Commands.Tool.RunAsync("dotnet", ["exec", Commands.Tool.Dll, "review"], clone.Root, _ => { });
        above.ShouldBe((2, "", "  Below are both a project with EF Core (services/a shop) and Prisma (services/a shop/prisma/migrations/migration_lock.toml).\n  → --project 'services/a shop'   reviews the one, --tool prisma the other\n"));
        var hook = await Commands.Tool.RunAsync("dotnet", ["exec", Commands.Tool.Dll, "review", "--staged", "--engine", "postgresql"], clone.Folder, _ => { });
        hook.Output.ShouldNotContain("Prisma");

        var other = await Commands.Tool.RunAsync("dotnet", ["exec", Commands.Tool.Dll, "review", "--tool", "prisma", "--last", "1"], clone.Folder, _ => { });
        other.Code.ShouldBe(1, other.Error);
        other.Output.ShouldContain("20260214120000_customer_note");
    }
}
