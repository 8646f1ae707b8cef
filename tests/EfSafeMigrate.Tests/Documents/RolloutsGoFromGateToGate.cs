using EfSafeMigrate.Documents;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Tests.Plans;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Documents;

public class RolloutsGoFromGateToGate
{
    private static readonly PlanCase Renamed = PlanCases.Named("rename a required column");

    [Fact]
    public void OnePlanIsSaidByItsPhases()
    {
        var rollout = Dossiers.Of(Renamed).Rollout;

        rollout.Runs.Select(run => string.Join(' ', run.Reach)).ShouldBe(["", "--until contract"]);
        rollout.Runs.Select(run => run.IsContract).ShouldBe([false, true]);
        rollout.Runs[1].Loses.ShouldBe(["Change4Contract"]);
        rollout.Runs.ShouldAllBe(run => run.Hash == null);
    }

    [Fact]
    public void SeveralPlansAreSaidByTheirMigrations()
    {
        var dossier = Dossiers.Of(Renamed);
        var twice = dossier with { Review = dossier.Review with { Migrations = [.. dossier.Review.Migrations, .. dossier.Review.Migrations.Select(Again)] } };

        new Dossier(twice.Review, twice.Settings, twice.Calls).Rollout.Runs.Select(run => run.Reach[0]).ShouldBe(
            ["--to 20260101000003_Change3Constrain2", "--to 20260101000004_Change4Contract", "--to 20260201000003_Change3Constrain2", "--to 20260201000004_Change4Contract"]);

        static ReviewedMigration Again(ReviewedMigration migration) => migration with
        {
            Migration = migration.Migration with { Id = migration.Migration.Id.Replace("202601", "202602", StringComparison.Ordinal), Phase = migration.Migration.Phase! with { Plan = "Other" } },
        };
    }

    [Fact]
    public void WhatIsAppliedIsLeftOut()
    {
        var dossier = Dossiers.Connected(Renamed);
        var half = dossier with { Database = dossier.Database! with { Applied = [.. dossier.Known.SkipLast(1)] } };

        half.Rollout.Runs.ShouldHaveSingleItem().IsContract.ShouldBeTrue();
        RunbookPage.Of(half).ShouldNotContain("Apply: expand");
        RunbookPage.Of(half with { Database = half.Database! with { Applied = dossier.Known } }).ShouldNotContain("Apply:");
    }

    [Fact]
    public void TheHashIsThatOfTheRun()
    {
        var dossier = Dossiers.Connected(Renamed);
        var run = dossier.Rollout.Runs[0];

        run.Hash.ShouldBe(new UpdatePlan(dossier.Database!.Target, run.Migrations).Hash);
        PlanPage.Of(dossier).ShouldContain(Digest.Spoken(run.Hash!));
    }

    /// <summary>What else is pending runs as well, and makes another plan of it.</summary>
    [Fact]
    public void NoHashWhereSomethingElseIsPending()
    {
        var dossier = Dossiers.Connected(Renamed);
        var more = dossier with { Known = ["20251230000000_Forgotten", .. dossier.Known] };

        more.AlsoPending.ShouldBe(["20251230000000_Forgotten"]);
        more.Rollout.Runs.ShouldAllBe(run => run.Hash == null);
        PlanPage.Of(more).ShouldContain("`20251230000000_Forgotten`");
    }

    [Fact]
    public void AHeldContractIsWrittenFirst()
    {
        var page = RunbookPage.Of(Dossiers.Held(Renamed));

        Commands(page).ShouldBe(
        [
            "dotnet safe-migrate status", "dotnet safe-migrate drift", "dotnet safe-migrate apply --plan-only", "dotnet safe-migrate apply", "dotnet safe-migrate contract Change",
            "dotnet safe-migrate apply", "sleep 601", "dotnet safe-migrate apply --until contract --accept-data-loss Change4Contract", "dotnet safe-migrate status", "dotnet safe-migrate drift",
        ]);
    }

    [Fact]
    public void AProtectedDatabaseIsNamedAndThePlanApproved()
    {
        var dossier = Dossiers.Connected(Renamed);
        var commands = Commands(RunbookPage.Of(dossier with { Settings = new SafeMigrateSettings { Protected = new ProtectedTargets { Databases = ["sh*"] } } }));

        commands.ShouldContain($"dotnet safe-migrate approve {Digest.Spoken(dossier.Rollout.Runs[0].Hash!)} --project src/Shop --context ShopContext --connection-env DATABASE");
        commands.ShouldContain(command => command.StartsWith($"dotnet safe-migrate approve {Digest.Spoken(dossier.Rollout.Runs[1].Hash!)} --until contract --destructive --reason ", StringComparison.Ordinal));
        commands.Count(command => command.Contains("--expect-database shop", StringComparison.Ordinal)).ShouldBe(2);
    }

    /// <summary>As they are typed, in their order, each on one line.</summary>
    private static IReadOnlyList<string> Commands(string page) =>
    [
        .. System.Text.RegularExpressions.Regex.Matches(page, "^```sh\n(.*?)\n```$", System.Text.RegularExpressions.RegexOptions.Singleline | System.Text.RegularExpressions.RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value.Replace(" \\\n   ", "", StringComparison.Ordinal)),
    ];
}
