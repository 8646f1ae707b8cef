using EfSafeMigrate.Documents;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Tests.Plans;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Documents;

/// <summary>UPDATE_APPROVED=1 writes them.</summary>
public class DocumentsReadAsApproved
{
    private const string Renamed = "rename a column with index, check and default";

    public static TheoryData<string> Kinds => [.. DocumentKind.All.Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void WithADatabase(string kind) => Check(kind, "connected", Dossiers.Connected(PlanCases.Named(Renamed)) with
    {
        Database = Dossiers.Connected(PlanCases.Named(Renamed)).Database! with
        {
            Journal =
            [
                new(1, "a", new Overridden("drift", "the hotfix of Tuesday") { At = new(2026, 1, 11, 8, 0, 0, TimeSpan.Zero), By = "ann@build" }, ""),
                new(2, "a", new Approved("7f3a91c20b1e55d0", new(2026, 1, 11, 18, 0, 0, TimeSpan.Zero), Destructive: false, "read with the team") { At = new(2026, 1, 11, 9, 0, 0, TimeSpan.Zero), By = "bob@desk" }, ""),
            ],
        },
    });

    [Theory, MemberData(nameof(Kinds))]
    public void WithoutADatabase(string kind) => Check(kind, "offline", Dossiers.Of(PlanCases.Named(Renamed)));

    [Fact]
    public void WithAContractThatIsHeld() => Check("runbook", "held", Dossiers.Held(PlanCases.Named(Renamed)));

    [Fact]
    public void WhereTheDatabaseIsProtected()
    {
        var dossier = Dossiers.Connected(PlanCases.Named(Renamed));
        Check("runbook", "protected", dossier with { Settings = dossier.Settings with { Protected = new ProtectedTargets { Databases = ["shop"] } } });
    }

    [Fact]
    public void WhereApplyDoesNotRunYet() => Check("runbook", "scripted", Dossiers.Of(MariaDbPlanCases.All[0]));

    private static void Check(string kind, string name, Dossier dossier) =>
        Approval.Check($"tests/EfSafeMigrate.Tests/Documents/Approved/{name}.{kind}.md", DocumentKind.Named(kind).Write(dossier), "UPDATE_APPROVED");
}
