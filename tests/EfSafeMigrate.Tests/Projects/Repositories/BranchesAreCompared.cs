using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Projects.Repositories;

/// <summary>Real repositories with two branches.</summary>
public sealed class BranchesAreCompared : IDisposable
{
    private const string Initial = "20260101000000_Initial";
    private const string Vat = "20260201000000_AddVat";
    private const string Tier = "20260301000000_AddTier";
    private const string Snapshot = "Migrations/ShopContextModelSnapshot.cs";

    private readonly Clone clone = new();

    public BranchesAreCompared()
    {
        clone.Migrate(Initial, "Id");
        clone.Migrate(Vat, "Id", "Vat");
        clone.Commit();
        clone.Git("switch", "-q", "-c", "topic");
    }

    public void Dispose() => clone.Dispose();

    [Fact]
    public async Task A_clean_branch_adds_its_migration_and_nothing_is_said()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");

        (await clone.BranchFrom("main")).Added.Select(migration => migration.Id).ShouldBe([Tier]);
        (await clone.Against("main")).ShouldBeEmpty();
        clone.Commit();
        (await clone.BranchFrom("main")).Added.Select(migration => migration.Id).ShouldBe([Tier]);
        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_said_of_a_branch_that_is_behind()
    {
        clone.Write("Order.cs", "class Order { }");
        clone.Commit();
        OnMain(() => clone.Migrate(Tier, "Id", "Vat", "Tier"));

        (await clone.BranchFrom("main")).Added.ShouldBeEmpty();
        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edited_migration()
    {
        clone.Write($"Migrations/{Vat}.cs", clone.Read($"Migrations/{Vat}.cs").Replace("nullable: true", "nullable: false", StringComparison.Ordinal));
        clone.Commit();

        (await clone.Against("main")).ShouldBe([new EditedMigration("main", "Up") { Origin = At(Vat, "Migration", $"Migrations/{Vat}.cs", 9) }]);
    }

    [Theory]
    [InlineData("namespace Shop.Migrations", "namespace Store.Data.Migrations")]
    [InlineData("    ", "\t")]
    [InlineData("\n", "\r\n")]
    [InlineData("protected override void Up", "/// <inheritdoc />\n// Vat, at last.\nprotected override void Up")]
    [InlineData("public partial class", "[ExcludeFromCodeCoverage]\npublic partial class")]
    public async Task Not_one_that_is_only_laid_out_anew(string before, string after)
    {
        clone.Write($"Migrations/{Vat}.cs", clone.Read($"Migrations/{Vat}.cs").Replace(before, after, StringComparison.Ordinal));
        clone.Commit();

        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_constant_that_the_migration_uses()
    {
        OnMain(() => clone.Write($"Migrations/{Vat}.cs", clone.Read($"Migrations/{Vat}.cs").Replace("protected override void Up", "private const string Table = \"Orders\";\n        protected override void Up", StringComparison.Ordinal)));
        clone.Git("merge", "-q", "main");
        clone.Write($"Migrations/{Vat}.cs", clone.Read($"Migrations/{Vat}.cs").Replace("\"Orders\";", "\"Invoices\";", StringComparison.Ordinal));

        (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<EditedMigration>().Member.ShouldBe("Table");
    }

    [Fact]
    public async Task Not_one_that_the_base_branch_edited()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        OnMain(() => clone.Write($"Migrations/{Vat}.cs", clone.Read($"Migrations/{Vat}.cs").Replace("true", "false", StringComparison.Ordinal)));

        (await clone.Against("main")).ShouldBeEmpty();
        clone.Git("merge", "-q", "main");
        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_migration()
    {
        clone.Delete($"Migrations/{Initial}.cs");
        clone.Delete($"Migrations/{Initial}.Designer.cs");
        clone.Commit();

        var gone = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<DeletedMigrations>();
        gone.Ids.ShouldBe([Initial]);
        gone.Files.ShouldBe([$"Migrations/{Initial}.cs", $"Migrations/{Initial}.Designer.cs"]);
        gone.Origin.ShouldBe(At(Initial, "Migration", $"Migrations/{Initial}.cs", 1));
    }

    [Fact]
    public async Task A_deleted_Designer()
    {
        clone.Delete($"Migrations/{Initial}.Designer.cs");

        var gone = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<DeletedMigrations>();
        gone.Disowned.ShouldBeTrue();
        gone.Files.ShouldBe([$"Migrations/{Initial}.Designer.cs"]);
        gone.Origin.File.ShouldBe($"Migrations/{Initial}.cs");
    }

    [Fact]
    public async Task A_squashed_history_is_one_finding()
    {
        foreach (var file in new[] { Initial, Vat })
        {
            clone.Delete($"Migrations/{file}.cs");
            clone.Delete($"Migrations/{file}.Designer.cs");
        }
        clone.Migrate("20260401000000_Squashed", "Id", "Vat", "Total");

        (await clone.Against("main")).OfType<DeletedMigrations>().ShouldHaveSingleItem().Ids.ShouldBe([Initial, Vat]);
    }

    [Theory]
    [InlineData("20260401000000_AddVat")]
    [InlineData("20260401000000_AddTax")]
    public async Task A_renamed_migration(string id)
    {
        var name = MigrationChanges.NameOf(id);
        clone.Write($"Migrations/{id}.cs", clone.Read($"Migrations/{Vat}.cs").Replace("AddVat", name, StringComparison.Ordinal));
        clone.Write($"Migrations/{id}.Designer.cs", clone.Read($"Migrations/{Vat}.Designer.cs").Replace(Vat, id, StringComparison.Ordinal).Replace("AddVat", name, StringComparison.Ordinal));
        clone.Delete($"Migrations/{Vat}.cs");
        clone.Delete($"Migrations/{Vat}.Designer.cs");

        var renamed = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<RenamedMigration>();
        renamed.Old.ShouldBe(Vat);
        renamed.Origin.ShouldBe(At(id, "Migration", $"Migrations/{id}.cs", 5));
    }

    [Fact]
    public async Task A_migration_before_one_of_the_base()
    {
        clone.Migrate("20260115000000_AddTier", "Id", "Vat", "Tier");
        clone.Commit();

        var late = (await clone.Against("main")).OfType<LateMigration>().ShouldHaveSingleItem();
        late.ShouldBe(new LateMigration("main", Vat, true) { Snapshot = Snapshot, Origin = At("20260115000000_AddTier", "Migration", "Migrations/20260115000000_AddTier.cs", 5) });
    }

    [Fact]
    public async Task A_migration_before_one_that_the_base_added_since()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        OnMain(() => clone.Migrate("20260302000000_AddRank", "Id", "Vat", "Rank"));

        var late = (await clone.Against("main")).OfType<LateMigration>().ShouldHaveSingleItem();
        late.Later.ShouldBe("20260302000000_AddRank");
        late.Merged.ShouldBeFalse();
    }

    [Fact]
    public async Task Two_snapshots_that_git_cannot_merge()
    {
        Diverge("Rank");

        var diverged = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<DivergedSnapshot>();
        diverged.Conflicts.ShouldBeTrue();
        diverged.Missing.ShouldBe(["20260225000000_AddRank"]);
        diverged.Added.ShouldBe([Tier]);
        diverged.Origin.ShouldBe(At("ShopContextModelSnapshot", "Snapshot", Snapshot, 16));
    }

    [Fact]
    public async Task Two_snapshots_that_git_merges()
    {
        OnMain(() => clone.Migrate("20260202000000_AddUsers", "Id", "Vat", "Area.Id", "Area.Name", "User.Id", "User.Name"));
        clone.Git("merge", "-q", "main");
        clone.Migrate(Tier, "Id", "Vat", "Area.Id", "Area.Name", "User.Id", "User.Name", "User.Tier");
        clone.Commit();
        OnMain(() => clone.Migrate("20260225000000_AddRank", "Id", "Vat", "Rank", "Area.Id", "Area.Name", "User.Id", "User.Name"));

        (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<DivergedSnapshot>().Conflicts.ShouldBeFalse();
        clone.Git("merge", "-q", "main");
        var differs = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<SnapshotDiffers>();
        differs.Newest.ShouldBe(Tier);
        differs.InSnapshot.ShouldBe(["Order.Rank"]);
        differs.InDesigner.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_merge_that_took_one_side_of_the_snapshot()
    {
        Diverge("Rank");
        clone.Git("merge", "-q", "-X", "ours", "main");

        var lacks = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<SnapshotLacksMigration>();
        lacks.Base.ShouldBe("main");
        lacks.Of.ShouldBe("20260225000000_AddRank");
        lacks.What.ShouldBe(["Order.Rank"]);
        lacks.Origin.File.ShouldBe(Snapshot);
    }

    [Fact]
    public async Task A_merge_that_took_the_other_side()
    {
        Diverge("Rank");
        clone.Git("merge", "-q", "-X", "theirs", "main");

        var lacks = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<SnapshotLacksMigration>();
        lacks.Base.ShouldBeNull();
        lacks.Of.ShouldBe(Tier);
        lacks.What.ShouldBe(["Order.Tier"]);
    }

    [Fact]
    public async Task A_merge_with_the_marks_left_in()
    {
        Diverge("Rank");
        Should.Throw<InvalidOperationException>(() => clone.Git("merge", "-q", "main"));

        (await clone.Against("main")).OfType<ConflictMarkers>().ShouldHaveSingleItem()
            .ShouldBe(new ConflictMarkers(true) { Origin = At("ShopContextModelSnapshot", "Merge", Snapshot, 16) });
    }

    [Fact]
    public async Task A_merge_as_EF_advises_it()
    {
        Diverge("Rank");
        clone.Git("reset", "-q", "--hard", "main");
        clone.Migrate(Tier, "Id", "Vat", "Rank", "Tier");
        clone.Commit();

        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_snapshot_without_its_migration()
    {
        clone.Snapshot("Id", "Vat", "Tier");
        clone.Commit();

        var alone = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<SnapshotWithoutMigration>();
        alone.What.ShouldBe(["Order.Tier"]);
        alone.Origin.ShouldBe(At("ShopContextModelSnapshot", "Snapshot", Snapshot, 16));
    }

    [Fact]
    public async Task A_migration_without_its_snapshot()
    {
        var before = clone.Read(Snapshot);
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Write(Snapshot, before);

        (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<SnapshotLacksMigration>().Of.ShouldBe(Tier);
    }

    [Fact]
    public async Task A_column_that_a_migration_drops_is_not_lacking()
    {
        clone.Migrate(Tier, "Id");
        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.DropColumn(name: \"Vat\", table: \"Orders\");"));

        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Down_that_is_missing_or_empty()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.Sql(\"x\");", ""));
        (await clone.Against("main")).ShouldBe([new DownlessMigration(true) { Origin = At(Tier, "Down", $"Migrations/{Tier}.cs", 12) }]);

        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.Sql(\"x\");").Replace(" Down(", " Back(", StringComparison.Ordinal));
        (await clone.Against("main")).ShouldBe([new DownlessMigration(false) { Origin = At(Tier, "Down", $"Migrations/{Tier}.cs", 5) }]);

        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.Sql(\"x\");", "// The rows are not worth keeping."));
        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Designer_that_was_never_there()
    {
        clone.Write($"Migrations/{Tier}.cs", Clone.Up("AddTier", "migrationBuilder.Sql(\"x\");").Replace("public partial", $"[DbContext(typeof(ShopContext))] [Migration(\"{Tier}\")]\n    public partial", StringComparison.Ordinal));

        (await clone.Against("main")).ShouldBe([new ModellessMigration { Origin = At(Tier, "Migration", $"Migrations/{Tier}.cs", 6) }]);
    }

    [Theory]
    [InlineData("20260301000000_AddVat", nameof(Shared.Name))]
    [InlineData("20260201000000_AddWeight", nameof(Shared.Timestamp))]
    public async Task Two_migrations_that_share_something(string id, string shared)
    {
        clone.Migrate(id, "Id", "Vat", "Weight");

        var duplicate = (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<DuplicateMigration>();
        $"{duplicate.Shared}".ShouldBe(shared);
        duplicate.Other.ShouldBe(Vat);
        duplicate.Origin.File.ShouldBe($"Migrations/{id}.cs");
    }

    [Fact]
    public async Task A_folder_with_another_name()
    {
        clone.Git("mv", "src/Shop", "src/Store Käufe");
        clone.Project = "src/Store Käufe";
        clone.Commit();
        clone.Migrate(Tier, "Id", "Vat", "Tier");

        (await clone.BranchFrom("main")).Added.Select(migration => migration.Id).ShouldBe([Tier]);
        (await clone.Against("main")).ShouldBeEmpty();
        clone.Write($"Migrations/{Vat}.cs", clone.Read($"Migrations/{Vat}.cs").Replace("true", "false", StringComparison.Ordinal));
        (await clone.Against("main")).ShouldHaveSingleItem().ShouldBeOfType<EditedMigration>().Origin.Migration.ShouldBe(Vat);
    }

    [Fact]
    public async Task Files_in_another_folder_of_the_project()
    {
        Directory.CreateDirectory(Path.Combine(clone.Folder, "Data"));
        clone.Git("mv", "src/Shop/Migrations", "src/Shop/Data/Migrations");

        (await clone.BranchFrom("main")).Added.ShouldBeEmpty();
        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_migration_that_was_picked_by_the_base_is_nobodys_own()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        OnMain(() => clone.Git("cherry-pick", "topic"));

        (await clone.BranchFrom("main")).Added.ShouldBeEmpty();
        (await clone.Against("main")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_merge_commit_that_is_checked_out_without_a_branch()
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        OnMain(() => clone.Write("Order.cs", "class Order { }"));
        clone.Git("merge", "-q", "main");
        clone.Git("checkout", "-q", "--detach");

        (await clone.BranchFrom("main")).Added.Select(migration => migration.Id).ShouldBe([Tier]);
        (await clone.Against("main")).ShouldBeEmpty();
    }

    private void Diverge(string column)
    {
        clone.Migrate(Tier, "Id", "Vat", "Tier");
        clone.Commit();
        OnMain(() => clone.Migrate($"20260225000000_Add{column}", "Id", "Vat", column));
    }

    private void OnMain(Action change)
    {
        clone.Git("switch", "-q", "main");
        change();
        if (clone.Git("status", "--porcelain").Length > 0)
        {
            clone.Commit();
        }
        clone.Git("switch", "-q", "topic");
    }

    private static Origin At(string migration, string what, string file, int line) => new(migration, -1, what) { File = file, Line = line };
}
