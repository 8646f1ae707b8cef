using System.Security.Cryptography;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>The plan that was approved is the plan that runs.</summary>
public sealed class ApprovalHolds
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly (string, string)[] Three = [("A", "1"), ("B", "2"), ("C", "3")];
    private static readonly UpdatePlan Plan = Plans.Of(Plans.Shop, Three);

    [Fact]
    public void ForThePlan() => Objection(Plan).ShouldBeNull();

    [Fact]
    public void ForWhatIsLeftOfIt() =>
        Objection(Plan with { Migrations = [.. Plan.Migrations.Skip(1)] }).ShouldBeNull();

    [Fact]
    public void NotWhenAMigrationIsNew() =>
        Objection(Plans.Of(Plans.Shop, [.. Three, ("AddVat", "4")])).ShouldBe($"The plan {Digest.Spoken(Plan.Hash)} was approved for 3 migrations; there are now 4 (20260101000003_AddVat is new).");

    [Fact]
    public void NotWhenAMigrationHasChanged() =>
        Objection(Plans.Of(Plans.Shop, ("A", "1"), ("B", "other"), ("C", "3"))).ShouldBe($"The plan {Digest.Spoken(Plan.Hash)} was approved for 3 migrations; 20260101000001_B has changed since.");

    [Fact]
    public void NotForTheBeginningOfIt() =>
        Objection(Plans.Of(Plans.Shop, Three[..2])).ShouldBe($"The plan {Digest.Spoken(Plan.Hash)} was approved for 3 migrations; there are now 2 (20260101000002_C is not among them).");

    [Fact]
    public void NotOnAnotherDatabase() =>
        Objection(Plans.Of(Plans.Shop with { Fingerprint = "copy" }, Three)).ShouldBe($"The plan {Digest.Spoken(Plan.Hash)} was approved for another database.");

    [Fact]
    public void NotForEver() =>
        Of(Plan, Now).Objection(Plan, approverIsNotAuthor: false, Now.AddHours(8)).ShouldBe($"The plan {Digest.Spoken(Plan.Hash)} was approved until 2026-01-02 18:00:00 UTC; that is over.");

    [Theory]
    [InlineData("Ann", "ann@shop.example", "Ann wrote one of the migrations, and the settings want an approver who did not.")]
    [InlineData("Somebody", "ANN@shop.example", "Somebody wrote one of the migrations, and the settings want an approver who did not.")]
    [InlineData("ann@shop.example", null, "ann@shop.example wrote one of the migrations, and the settings want an approver who did not.")]
    [InlineData("Bob", "bob@shop.example", null)]
    public void NotByTheAuthorWhereTheSettingsSaySo(string name, string? email, string? objection)
    {
        var approved = Of(Plan, Now) with { Approver = new Person(name, email), Authors = [new Person("Ann", "ann@shop.example")] };
        approved.Objection(Plan, approverIsNotAuthor: true, Now).ShouldBe(objection);
        approved.Objection(Plan, approverIsNotAuthor: false, Now).ShouldBeNull();
    }

    [Fact]
    public void InAFileSignedBySomebodyWhoMayApprove()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var text = ApprovalFile.Sign(Of(Plan, Now), key.ExportPkcs8PrivateKeyPem());
        var approvers = new Dictionary<string, string> { ["bob"] = other.ExportSubjectPublicKeyInfoPem(), ["ann"] = key.ExportSubjectPublicKeyInfoPem() };
        var read = ApprovalFile.Read(text, "a.json", approvers);
        read.Approver.ShouldBe(new Person("ann", null));
        read.Objection(Plan, approverIsNotAuthor: false, Now).ShouldBeNull();

        approvers.Remove("ann");
        Should.Throw<SafeMigrateException>(() => ApprovalFile.Read(text, "a.json", approvers)).Code.ShouldBe(ExitCode.StoppedSafely);
    }

    [Theory]
    [InlineData("2026-01-02T18:00:00", "2027-01-02T18:00:00")]
    [InlineData("\"destructive\": false", "\"destructive\": true")]
    [InlineData("_C\"", "_D\"")]
    public void NotInAFileThatWasChanged(string old, string changed)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var approvers = new Dictionary<string, string> { ["ann"] = key.ExportSubjectPublicKeyInfoPem() };
        var text = ApprovalFile.Sign(Of(Plan, Now), key.ExportPkcs8PrivateKeyPem());
        text.ShouldContain(old);
        Should.Throw<SafeMigrateException>(() => ApprovalFile.Read(text.Replace(old, changed, StringComparison.Ordinal), "a.json", approvers))
            .Message.ShouldStartWith("The signature of `a.json` is of nobody who may approve.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{ "schemaVersion": 1, "approval": { "planHash": "a", "expires": "2026-01-02T18:00:00Z", "destructive": false }, "signature": "?" }""")]
    public void NotInAFileOfAnythingElse(string text) =>
        Should.Throw<SafeMigrateException>(() => ApprovalFile.Read(text, "a.json", new Dictionary<string, string>())).Message.ShouldBe("`a.json` is not an approval.");

    internal static Approved Of(UpdatePlan plan, DateTimeOffset at) => new(plan.Hash, at.AddHours(8), Destructive: false, Reason: null)
    {
        Fingerprint = plan.Target.Fingerprint, Migrations = EfSafeMigrate.Updates.Approval.MigrationsOf(plan), Approver = new Person("bob", null),
    };

    private static string? Objection(UpdatePlan plan) => Of(Plan, Now).Objection(plan, approverIsNotAuthor: false, Now);
}
