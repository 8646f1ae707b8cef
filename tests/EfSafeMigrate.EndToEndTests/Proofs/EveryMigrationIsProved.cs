using System.Text;
using EfSafeMigrate.EndToEndTests.Phases;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Updates.Proofs;
using Xunit.Abstractions;

namespace EfSafeMigrate.EndToEndTests.Proofs;

/// <summary>
/// Ordinary migrations, one after the other, each as a deployment of its own: what goes wrong for the release that still runs is said, and nothing
/// else. The samples have hierarchies, owned types, documents, entities between others, views and entities that refer to themselves.
/// </summary>
[Collection(nameof(InstalledTool))]
public sealed class EveryMigrationIsProved(InstalledTool tool, ITestOutputHelper output)
{
    /// <summary>Sample, folder, start-up folder and context.</summary>
    public static TheoryData<string, string, string, string> Samples => new()
    {
        { "Shop", "Shop", "Shop", "ShopContext" },
        { "Library", "Library", "Library", "LibraryContext" },
        { "Legacy", "Legacy", "Legacy", "WorkshopContext" },
        { "Pair", "Pair.Data", "Pair.Web", "OrderingContext" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task WhatBreaksTheRunningReleaseIsSaid(string sample, string folder, string startUp, string context)
    {
        var copy = tool.Copy(sample);
        string At(string name) => name == sample ? copy : Path.Combine(copy, name);
        await PhasedSample.BuildAsync(At(startUp));
        await using var database = sample == "Shop" ? new PhasedDatabase(sample) : null;
        await (database?.CreateAsync() ?? Task.CompletedTask);
        await using var project = await ProvedProject.OpenAsync(
            new ProjectRequest { Directory = copy, Project = At(folder), StartupProject = At(startUp), Context = context },
            database?.ConnectionString ?? $"Data Source={Path.Combine(copy, "proved.db")}");
        var said = new StringBuilder();
        foreach (var (before, migration) in project.All.Zip(project.All.Skip(1)))
        {
            await project.ToAsync(before.Id);
            var proof = project.Proof(new Releases(before.Id, migration.Id, [migration]));
            var start = await proof.StartAsync(before.Id, CancellationToken.None);
            start.Unproved.ShouldBeEmpty(before.Id);
            start.Checks.ShouldBeGreaterThan(100, before.Id);
            await project.ToAsync(migration.Id);
            var verdict = await proof.AfterAsync(migration.Id, CancellationToken.None);
            output.WriteLine($"{migration.Id}: {verdict.Checks} checks");
            verdict.Unproved.ShouldBeEmpty(migration.Id);
            said.Append(verdict.Failures.Count == 0 ? $"{migration.Name} passes.\n" : string.Concat(verdict.Failures.Select(failure => $"{failure.Sentence}\n")));
        }
        Approved.ShouldBe($"proof-{sample}.txt", said.ToString());
    }
}
