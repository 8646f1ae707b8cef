using EfSafeMigrate.Tests.Projects.Repositories;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>The tool itself, as git runs it in front of a commit.</summary>
public sealed class ACommitIsReviewed : IDisposable
{
    private const string Initial = "20260101000000_Initial";
    private const string Tier = "20260301000000_AddTier";

    private readonly Clone clone = new("src/The shop");

    public ACommitIsReviewed()
    {
        said = Path.Combine(clone.Root, ".git", "said");
        clone.Write("Shop.csproj", "<Project />");
        clone.Write("ShopContext.cs", "class ShopContext : DbContext { }");
        clone.Migrate(Initial, "Id");
        clone.Commit();
        clone.Git("switch", "-q", "-c", "topic");
        clone.Hook($"cd 'src/The shop' && exec dotnet exec '{Tool.Dll}' review --staged --engine postgresql > '{said}' 2>&1");
    }

    private readonly string said;

    private string Said => File.ReadAllText(said);

    public void Dispose() => clone.Dispose();

    [Fact]
    public void By_what_is_in_it_and_not_by_what_stands_in_the_folder()
    {
        clone.Migrate(Tier, "Id", "Tier");
        clone.Git("add", "--all");
        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.DropTable(name: \"Orders\");"));
        clone.Git("commit", "-q", "-m", "one column");
        Said.ShouldContain("reviewed: 1 migration staged");
        Said.ShouldContain("nothing to worry about");

        Should.Throw<InvalidOperationException>(() => clone.Git("commit", "-q", "--all", "-m", "the table goes"));
        Said.ShouldContain("drop-table");
        Said.ShouldContain($"{Tier}.cs:9");

        clone.Git("restore", $"src/The shop/Migrations/{Tier}.cs");
        clone.Write($"Migrations/{Initial}.cs", Clone.Up("Initial", "migrationBuilder.Sql(\"SELECT 1;\");"));
        Should.Throw<InvalidOperationException>(() => clone.Git("commit", "-q", "-m", "history", "--", $"src/The shop/Migrations/{Initial}.cs"));
        Said.ShouldContain("edited-applied-migration");
        Said.ShouldContain("Initial is on main already, and its Up differs from it here");

        clone.Git("restore", ".");
        clone.Write("ShopContext.cs", "class ShopContext : DbContext { int x; }");
        clone.Git("commit", "-q", "--all", "-m", "no migration");
        Said.ShouldContain("reviewed: no migration is staged");
    }

    [Fact]
    public void In_another_work_tree_where_git_tells_its_hooks_which_repository_it_is()
    {
        clone.Git("worktree", "add", "-q", "../tree", "-b", "other");
        clone.MoveTo("tree");
        clone.Migrate(Tier, "Id", "Tier");
        clone.Git("add", "--all");
        clone.Git("commit", "-q", "-m", "one column");

        Said.ShouldContain("reviewed: 1 migration staged");
    }
}
