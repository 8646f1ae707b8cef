using EfSafeMigrate.Changes;
using EfSafeMigrate.Documents;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Tests.Plans;
using EfSafeMigrate.Updates;
using PlanText = EfSafeMigrate.Tests.Plans.PlanText;

namespace EfSafeMigrate.Tests.Documents;

/// <summary>Dossiers of the plans that the patterns make, as if they were written, built and read again.</summary>
internal static class Dossiers
{
    public static IReadOnlyList<PlanCase> Cases { get; } = [.. PlanCases.All, .. MariaDbPlanCases.All.Select(each => each with { Name = $"{each.On.Name}: {each.Name}" }), .. SqlServerPlanCases.All.Select(each => each with { Name = $"{each.On.Name}: {each.Name}" })];

    public static readonly SafeMigrateSettings Settings = new()
    {
        Contacts = new Dictionary<string, string> { ["on call"] = "+49 30 1234567", ["the shop's team"] = "#shop in the chat" },
        Rollback = new() { Flags = ["new-names"] },
        ReleaseCommand = "npx standard-version",
        Verify = new Dictionary<string, string> { ["customers can be read"] = "SELECT count(*) >= 0 FROM \"Customers\"" },
        QuietPeriod = TimeSpan.FromHours(1),
    };

    public static readonly ToolCalls Calls = new(["--project src/Shop", "--context ShopContext"], ["--connection-env DATABASE"], []);

    public static Dossier Named(string name) => Of(Cases.Single(each => each.Name == name));

    public static Dossier Of(PlanCase planCase) => Of(planCase, planCase.Plan());

    public static Dossier Of(PlanCase planCase, Plan plan)
    {
        var migrations = Written(planCase, plan);
        return new(Review(planCase, migrations, FactSheet.Unknown with { Version = Measured.Assume(planCase.Version) }), new SafeMigrateSettings(), ToolCalls.Plain)
        {
            Known = ["20251231000000_Initial", .. migrations.Select(migration => migration.Id)],
        };
    }

    /// <summary>Sizes were measured, and the database told of itself.</summary>
    public static Dossier Connected(PlanCase planCase)
    {
        var dossier = Of(planCase);
        var tables = planCase.Before.Tables.ToDictionary(table => table.Name, _ => new TableFacts(Measured.Of(4_812_330L), Measured.Of(1_100_000_000L), Measured.Of(300_000_000L)));
        var facts = new FactSheet(Measured.Of(planCase.Version)) { Tables = tables, MeasuredAt = new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.Zero), Target = "shop@db.internal:5432" };
        return new(Review(planCase, [.. dossier.Migrations.Select(migration => migration.Migration)], facts), Settings, Calls)
        {
            Known = dossier.Known,
            Database = new(new Target("db.internal:5432", "shop", "deploy", "f00d"), ["20251231000000_Initial"], []) { Driver = "Npgsql 10.0.0" },
        };
    }

    /// <summary>The contract is not written yet.</summary>
    public static Dossier Held(PlanCase planCase)
    {
        var plan = planCase.Plan();
        var contract = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).ToArray();
        contract.ShouldNotBeEmpty();
        var held = new HeldContract(plan.Name, "", [.. contract.Select(migration => new HeldMigration(migration.Suffix, "migrationBuilder.DropColumn(name: \"Name\");", "", migration.Summary))]);
        return Of(planCase, plan with { Migrations = [.. plan.Migrations.Except(contract)] }) with { Held = [held] };
    }

    private static Review Review(PlanCase planCase, IReadOnlyList<MigrationChanges> migrations, FactSheet facts) => new()
    {
        Project = "Shop",
        Context = "ShopContext",
        EfVersion = "10.0.14",
        Provider = planCase.On.Providers[0],
        ProviderVersion = "10.0.0",
        Engine = planCase.On,
        Facts = facts,
        Migrations = EfSafeMigrate.Reports.Review.Judge(new ChangeSet(migrations), together: true, planCase.On, facts),
        FailOn = null,
    };

    private static IReadOnlyList<MigrationChanges> Written(PlanCase planCase, Plan plan) =>
    [
        .. plan.Changes(planCase.On).Zip(plan.Migrations, (changes, planned) =>
        {
            var id = $"2026010100000{plan.Migrations.ToList().IndexOf(planned)}_{changes.Id}";
            return changes with
            {
                Id = id,
                Changes = [.. changes.Changes.Select(change => change with { Origin = change.Origin with { Migration = id } })],
                Phase = planned.Mark(plan.Name),
                Backfills = planned.Up.Select((step, at) => (Step: step, At: at)).Where(each => each.Step is Fill).ToDictionary(each => each.At, each => ((Fill)each.Step).Spec),
                Commands = [.. planned.Up.Select((step, at) => new Command(planCase.On == PlanCase.Engine ? PlanText.SqlOf(step) : $"-- {at}", step is Fill, [at]))],
            };
        }),
    ];
}
