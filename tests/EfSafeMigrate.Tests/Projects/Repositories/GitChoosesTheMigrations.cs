using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Repositories;

namespace EfSafeMigrate.Tests.Projects.Repositories;

/// <summary>Which migrations a review without a choice is about, in real repositories.</summary>
public sealed class GitChoosesTheMigrations : IDisposable
{
    private const string Initial = "20260101000000_Initial";
    private const string Vat = "20260201000000_AddVat";
    private const string Tier = "20260301000000_AddTier";
    private const string Rank = "20260401000000_AddRank";

    private readonly Clone clone = new();

    public void Dispose() => clone.Dispose();

    [Fact]
    public async Task Outside_a_repository_nothing_is_chosen()
    {
        clone.Migrate(Initial, "Id");
        Directory.Delete(Path.Combine(clone.Root, ".git"), recursive: true);

        (await clone.ChooseAsync()).ShouldBeNull();
        foreach (var (@base, staged, option) in new[] { ("main", false, "--base"), (null, true, "--staged") })
        {
            var refused = await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync(@base, staged));
            refused.Message.ShouldStartWith($"{option} asks git, and there is no repository around ");
        }
    }

    [Fact]
    public async Task Before_the_first_commit_it_is_the_newest()
    {
        clone.Migrate(Initial, "Id");
        clone.Migrate(Vat, "Id", "Vat");

        Is(await clone.ChooseAsync(), "the newest migration (git knows no branch to compare with: --base REV names one)", [Vat]);
        (await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync("main"))).Message.ShouldBe("--base compares with the last commit, and the repository has none.");
        clone.Git("add", "--all");
        (await clone.ChooseAsync(staged: true))!.Ids.ShouldBe([Initial, Vat]);
    }

    [Fact]
    public async Task On_the_base_branch_it_is_what_is_not_committed_and_else_the_newest()
    {
        Start();
        Is(await clone.ChooseAsync(), "the newest migration, as this is main", [Vat]);

        clone.Migrate(Tier, "Id", "Vat", "Tier");
        Is(await clone.ChooseAsync(), "1 migration that main does not have", [Tier]);
    }

    [Fact]
    public async Task On_another_branch_it_is_what_the_base_does_not_have()
    {
        Start("topic");
        Is(await clone.ChooseAsync(), "no migration that main does not have", []);

        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        clone.Migrate(Rank, "Id", "Vat", "Tier", "Rank");
        Is(await clone.ChooseAsync(), "2 migrations that main does not have", [Tier, Rank]);
        Is(await clone.ChooseAsync(accepted: [Tier]), "1 migration that main does not have, without what the baseline accepts", [Rank]);
        Is(await clone.ChooseAsync("HEAD"), "1 migration that HEAD does not have", [Rank]);
    }

    [Fact]
    public async Task A_stranger_sees_his_own_behind_three_hundred_others()
    {
        for (var index = 0; index < 300; index++)
        {
            clone.Migrate($"2025{index:0000000000}_M{index}", "Id", $"C{index}");
        }
        clone.Commit();
        clone.Git("switch", "-q", "-c", "topic");
        clone.Migrate(Tier, "Id", "C299", "Tier");

        (await clone.ChooseAsync())!.Ids.ShouldBe([Tier]);
        (await clone.RemarksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_reviewed_is_said_with_the_model()
    {
        var choice = new Choice([Tier], "1 migration that main does not have");
        choice.Said(pending: true).ShouldBe("1 migration that main does not have, and pending model changes");
        choice.Said(pending: false).ShouldBe("1 migration that main does not have; the model has no pending changes");
    }

    [Fact]
    public async Task The_remote_says_which_branch_is_the_base()
    {
        Start();
        clone.Git("branch", "-m", "trunk");
        clone.CloneTo("other");
        clone.Git("switch", "-q", "-c", "topic");
        clone.Migrate(Tier, "Id", "Vat", "Tier");

        (await clone.ChooseAsync())!.Why.ShouldBe("1 migration that origin/trunk does not have");
    }

    [Theory]
    [InlineData("GITHUB_BASE_REF", "release")]
    [InlineData("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "release")]
    public async Task The_pull_request_says_which_branch_is_the_base(string name, string target)
    {
        Start("release");
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        clone.Git("switch", "-q", "main");
        clone.CloneTo("other");
        clone.Git("switch", "-q", "--detach", "origin/release");
        clone.Migrate(Rank, "Id", "Vat", "Tier", "Rank");
        clone.Git("config", "user.name", "A Person");
        clone.Git("config", "user.email", "person@example.com");
        clone.Commit();

        Is(await clone.ChooseAsync(variable: asked => asked == name ? target : null), "1 migration that origin/release does not have", [Rank]);
    }

    [Fact]
    public async Task A_clone_without_its_history_says_what_to_fetch()
    {
        Start("topic");
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        clone.Git("switch", "-q", "main");
        clone.CloneTo("shallow", "--depth", "1", "--branch", "topic");

        var unknown = await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync("origin/main"));
        unknown.Message.ShouldBe("There is no commit `origin/main` in this clone, which is shallow.");
        unknown.Next.ShouldBe("git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main   with actions/checkout: fetch-depth: 0");
        clone.Git("fetch", "-q", "--depth", "1", "origin", "+refs/heads/main:refs/remotes/origin/main");
        var apart = await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync("origin/main"));
        apart.Message.ShouldBe("This clone is shallow: it does not reach back to where the branch left origin/main.");
        apart.Next.ShouldBe(unknown.Next);
        Is(await clone.ChooseAsync(), $"the newest migration ({apart.Message.TrimEnd('.')}: {apart.Next})", [Tier]);

        clone.Git(unknown.Next.Split("   ")[0].Split(' ')[1..]);
        (await clone.ChooseAsync("origin/main"))!.Ids.ShouldBe([Tier]);
    }

    [Fact]
    public async Task A_revision_that_is_not_there_or_not_related_is_refused()
    {
        Start();
        (await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync("nowhere"))).Message.ShouldBe("There is no commit `nowhere` in this clone.");
        (await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync("--all"))).Message.ShouldBe("There is no commit `--all` in this clone.");
        (await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync("origin/dev"))).Next.ShouldBe("git fetch origin +refs/heads/dev:refs/remotes/origin/dev");

        clone.Git("switch", "-q", "--orphan", "other");
        clone.Migrate(Initial, "Id");
        clone.Commit();
        (await Should.ThrowAsync<SafeMigrateException>(() => clone.ChooseAsync("main"))).Message.ShouldBe("The branch and main have no commit in common.");
    }

    [Fact]
    public async Task What_is_staged_is_not_what_stands_in_the_folder()
    {
        Start("topic");
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        Is(await clone.ChooseAsync(staged: true), "no migration is staged", []);

        clone.Git("add", "--all");
        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.DropTable(\"Orders\");"));
        clone.Migrate(Rank, "Id", "Vat", "Tier", "Rank");

        using var history = await clone.HistoryAsync(staged: true);
        Is(history.Choose("ShopContext", [Initial, Vat, Tier], _ => false), "1 migration staged", [Tier]);
        history.Here.Tree.Read($"Migrations/{Tier}.cs")!.ShouldContain("AddColumn");
        history.Here.Tree.Read($"Migrations/{Vat}.cs")!.ShouldContain("AddColumn");
        history.Here.Tree.Read($"Migrations/{Rank}.cs").ShouldBeNull();
        history.Here.Migrations.Migrations.Select(migration => migration.Id).ShouldBe([Initial, Vat, Tier]);
    }

    [Fact]
    public async Task A_staged_edit_of_a_branchs_own_migration_is_reviewed_again()
    {
        Start("topic");
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.DropTable(\"Orders\");"));
        clone.Git("add", "--all");

        (await clone.ChooseAsync(staged: true))!.Ids.ShouldBe([Tier]);
        (await clone.RemarksAsync(staged: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_staged_edit_of_the_bases_migration_is_a_finding()
    {
        Start("topic");
        clone.Write($"Migrations/{Vat}.cs", Clone.Up("AddVat", "migrationBuilder.DropTable(\"Orders\");"));
        (await clone.RemarksAsync(staged: true)).ShouldBeEmpty();

        clone.Git("add", "--all");
        clone.Git("restore", "-q", "--source=HEAD", "--worktree", ".");
        (await clone.RemarksAsync(staged: true)).ShouldHaveSingleItem().ShouldBeOfType<EditedMigration>().Origin.Migration.ShouldBe(Vat);
    }

    [Fact]
    public async Task A_migration_that_is_staged_without_its_other_files_is_a_finding()
    {
        Start("topic");
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Git("add", "src/Shop/Migrations/ShopContextModelSnapshot.cs");
        (await clone.RemarksAsync(staged: true)).ShouldHaveSingleItem().ShouldBeOfType<SnapshotWithoutMigration>();

        clone.Git("add", $"src/Shop/Migrations/{Tier}.cs", $"src/Shop/Migrations/{Tier}.Designer.cs");
        clone.Git("restore", "-q", "--staged", "src/Shop/Migrations/ShopContextModelSnapshot.cs");
        (await clone.RemarksAsync(staged: true)).ShouldHaveSingleItem().ShouldBeOfType<SnapshotLacksMigration>();
    }

    [Theory]
    [InlineData("--all")]
    [InlineData("--only")]
    public async Task A_hook_is_asked_about_the_index_it_is_given(string how)
    {
        Start("topic");
        clone.Write(".keep", "");
        clone.Hook("cp \"$GIT_INDEX_FILE\" .git/seen\nexit 1");
        clone.Write($"Migrations/{Vat}.cs", Clone.Up("AddVat", "migrationBuilder.DropTable(\"Orders\");"));
        Should.Throw<InvalidOperationException>(() => clone.Git(how == "--all" ? ["commit", "--all", "-m", "x"] : ["commit", "--only", $"src/Shop/Migrations/{Vat}.cs", "-m", "x"]));

        (await clone.RemarksAsync(staged: true)).ShouldBeEmpty();
        foreach (var index in new[] { ".git/seen", Path.Combine(clone.Root, ".git", "seen") })
        {
            (await clone.RemarksAsync(staged: true, variable: name => name == "GIT_INDEX_FILE" ? index : null)).ShouldHaveSingleItem().ShouldBeOfType<EditedMigration>();
        }
    }

    [Fact]
    public async Task The_index_of_another_repository_is_left_alone()
    {
        Start("topic");
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Git("add", "--all");

        (await clone.ChooseAsync(staged: true, variable: name => name == "GIT_INDEX_FILE" ? "/elsewhere/.git/index.lock" : null))!.Ids.ShouldBe([Tier]);
    }

    [Fact]
    public async Task Another_work_tree_has_its_own_branch()
    {
        Start();
        clone.Git("worktree", "add", "-q", "../tree", "-b", "topic");
        clone.MoveTo("tree");
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Git("add", "--all");

        (await clone.ChooseAsync())!.Ids.ShouldBe([Tier]);
        (await clone.ChooseAsync(staged: true))!.Ids.ShouldBe([Tier]);
    }

    [Fact]
    public async Task Of_a_submodule_its_own_history_counts()
    {
        Start("topic");
        using var outer = new Clone("");
        outer.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", clone.Root, "part");
        outer.Commit();
        outer.Project = "part/src/Shop";
        outer.Migrate(Tier, "Id", "Vat", "Tier");

        (await outer.ChooseAsync("origin/topic"))!.Ids.ShouldBe([Tier]);
    }

    [Fact]
    public async Task Names_with_every_letter_are_found()
    {
        using var strange = new Clone("src/Größe & \"Co\" 店");
        strange.Migrate("20260101000000_Anfänge", "Id");
        strange.Commit();
        strange.Git("switch", "-q", "-c", "topic");
        strange.Migrate("20260201000000_Größe", "Id", "Größe");

        (await strange.ChooseAsync())!.Ids.ShouldBe(["20260201000000_Größe"]);
        strange.Git("add", "--all");
        (await strange.ChooseAsync(staged: true))!.Ids.ShouldBe(["20260201000000_Größe"]);
        (await strange.RemarksAsync(staged: true)).ShouldBeEmpty();
        strange.Write("Migrations/20260101000000_Anfänge.cs", Clone.Up("Anfänge", "migrationBuilder.DropTable(\"Orders\");"));
        (await strange.RemarksAsync()).ShouldHaveSingleItem().ShouldBeOfType<EditedMigration>();
    }

    [Fact]
    public async Task Another_project_inside_is_another_project()
    {
        clone.Project = "";
        clone.Migrate(Initial, "Id");
        clone.Commit();
        clone.Git("switch", "-q", "-c", "topic");
        clone.Write("tests/Tests.csproj", "<Project />");
        clone.Write($"tests/{Vat}.cs", Clone.Up("AddVat", "migrationBuilder.Sql(\"x\");").Replace("public partial", $"[DbContext(typeof(ShopContext))] [Migration(\"{Vat}\")]\n    public partial", StringComparison.Ordinal));
        clone.Git("add", "--all");

        (await clone.ChooseAsync())!.Ids.ShouldBeEmpty();
        (await clone.ChooseAsync(staged: true))!.Ids.ShouldBeEmpty();
    }

    private static void Is(Choice? choice, string why, string[] ids)
    {
        choice!.Ids.ShouldBe(ids);
        choice.Said(pending: null).ShouldBe(why);
    }

    private void Start(string? branch = null)
    {
        clone.Migrate(Initial, "Id");
        clone.Migrate(Vat, "Id", "Vat");
        clone.Commit();
        if (branch is not null)
        {
            clone.Git("switch", "-q", "-c", branch);
        }
    }
}
