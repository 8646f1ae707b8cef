using EfSafeMigrate.Changes;
using EfSafeMigrate.Commands;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Scaffolding;

namespace EfSafeMigrate.Tests.Plans;

public sealed class HeldContractsAreMerged : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-held-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_conflict_says_what_to_keep()
    {
        File.WriteAllText(Path.Combine(folder, HeldContracts.FileName), "{\n<<<<<<< HEAD\n  \"held\": []\n=======\n  \"held\": [ ]\n>>>>>>> other\n}\n");
        var refused = Should.Throw<SafeMigrateException>(() => HeldContracts.Read(folder));
        refused.Message.ShouldBe("`safe-migrate.json` has conflict markers: both branches hold contracts.");
        refused.Next.ShouldContain("keep the contracts of both sides");
    }

    [Fact]
    public void A_plan_that_is_written_anew_lets_go_of_its_own_contract()
    {
        var (ours, theirs) = (new HeldContract("Ours", "1", []), new HeldContract("Theirs", "2", []));
        var plan = new PlanRewriting("Ours", [new("1_Ours1Expand", DatabaseModel.Empty, [])], [Path.Combine(folder, "1_Ours1Expand.cs")], "");
        plan.Released([ours, theirs]).ShouldHaveSingleItem().Text.ShouldBe(HeldContracts.Text([theirs]));
        plan.Released([ours]).ShouldHaveSingleItem().Text.ShouldBeNull();
        plan.Released([theirs]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "20260101000000_Probe", "20260101000000_Name")]
    [InlineData("20251231235959_Last", "20260101000000_Probe", "20260101000000_Name")]
    [InlineData("20260101000000_Zero", "20260101000000_Probe", "20260101000001_Name")]
    [InlineData("20260101005959_Last", "20260101000000_Probe", "20260101010000_Name")]
    public void Its_migrations_stand_behind_all_others(string last, string id, string wanted) => MigrationFiles.Behind(last, id, "Name").ShouldBe(wanted);
}
