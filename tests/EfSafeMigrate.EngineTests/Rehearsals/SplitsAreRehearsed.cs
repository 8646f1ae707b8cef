using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>While the backfill of a split writes one of the new columns, the trigger makes the others: no rehearsal takes that for a loss.</summary>
public sealed class SplitsAreRehearsed(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task WhatTheTriggerMakesBesideTheFilledColumnIsMeant()
    {
        var planCase = PlanCases.Named("split a required column");
        var plan = planCase.Plan();
        await database.ExecuteAsync(planCase.Source + planCase.Rows);

        var found = await RehearsalStage.RunAsync(database, planCase.Source, [.. plan.Migrations.Where(migration => migration.Kind <= PhaseKind.Backfill).Select(migration => WrittenMigration.Of(migration, plan.Name))]);

        found.Defects.Select(defect => defect.Sentence).ShouldBeEmpty();
        found.Migrations.Select(migration => migration.Migration.Name).ShouldBe(["Change1Expand", "Change2Backfill1", "Change2Backfill2"]);
        plan.Migrations[1].Up.OfType<Fill>().ShouldHaveSingleItem().Spec.Column.ShouldBe("FirstName");
        found.Migrations[1].ByDesign.ShouldBe(
        [
            "2,500 rows have another value of Customers.FirstName than before: Change2Backfill1 does away with what was there.",
            "1,500 rows have another value of Customers.LastName than before: Change2Backfill1 does away with what was there.",
        ]);
    }
}
