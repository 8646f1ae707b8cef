using EfSafeMigrate.EndToEndTests.Phases;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Updates.Proofs;
using Xunit.Abstractions;

namespace EfSafeMigrate.EndToEndTests.Proofs;

/// <summary>The old release works until contract, the new one from expand on, in every pattern; and whatever is planted is found for what it is.</summary>
[Collection(nameof(PhasedReleasesCollection))]
public sealed class EveryPhaseIsProved(InstalledTool tool, PhasedSample sample, ITestOutputHelper output)
{
    /// <summary>The ordinary run takes those in which something is planted, one that has several changes, one that has two types for a column, one that keeps a column in two others, one whose rules come before its model, one where a column takes the place of another, and one where it moves to another table.</summary>
    public static TheoryData<string> Names =>
    [
        // A row's key is to the old release of MoveKey a column like any other: it changes it, and the proof says that the new one loses the row.
        .. Patterns.All.Select(pattern => pattern.Name).Where(name => (PhasedSample.Long && name is not "MoveKey") || name is "Several" or "SplitName" or "AddAlternateKey" or "WidenKey" or "MoveToTable" || Plant.All.Any(plant => plant.Pattern == name)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task CleanAndPlanted(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var database = new PhasedDatabase(name);
        await database.CreateAsync();
        await using var project = await ProvedProject.OpenAsync(new ProjectRequest { Directory = sample.Project, Context = pattern.Context }, database.ConnectionString);
        await project.ToAsync(PhasedSample.Initial);
        var releases = Releases.Of(project.All, [PhasedSample.Initial]);
        releases.Previous.ShouldBe(PhasedSample.Initial);
        var proof = project.Proof(releases);
        Passed(await proof.StartAsync(PhasedSample.Initial, CancellationToken.None), PhasedSample.Initial);
        foreach (var migration in releases.Migrations)
        {
            await project.ToAsync(migration.Id);
            Passed(await proof.AfterAsync(migration.Id, CancellationToken.None), migration.Id);
            foreach (var plant in Plant.All.Where(plant => plant.Pattern == name && migration.Id.EndsWith(plant.Phase, StringComparison.Ordinal)))
            {
                var verdict = await project.Proof(releases, plant.Sql).AfterAsync(migration.Id, CancellationToken.None);
                plant.ShouldBeFound(migration.Id, verdict);
            }
        }
    }

    private void Passed(ProofVerdict verdict, string when)
    {
        output.WriteLine($"{when}: {verdict.Checks} checks {string.Join(' ', verdict.Unproved)}");
        verdict.Failures.Select(failure => failure.Sentence).ShouldBeEmpty(when);
        verdict.Unproved.ShouldBeEmpty(when);
        verdict.Checks.ShouldBeGreaterThan(50, when);
    }
}
