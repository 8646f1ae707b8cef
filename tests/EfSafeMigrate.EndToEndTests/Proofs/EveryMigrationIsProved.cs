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
[Collection(nameof(BuiltSamplesCollection))]
public sealed class EveryMigrationIsProved(InstalledTool tool, ITestOutputHelper output)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    /// <summary>Sample, folder, start-up folder, context, and the migrations of two of them that the ordinary run takes: one that passes, one that does not.</summary>
    public static TheoryData<string, string, string, string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string, string, string, string>
            {
                { "Shop", "Shop", "Shop", "ShopContext", "PaymentDatesAsTimestamps AddOrderChannel" },
                { "Legacy", "Legacy", "Legacy", "WorkshopContext", "AddAppointments OdometerToBigint" },
            };
            if (Full)
            {
                samples.Add("Library", "Library", "Library", "LibraryContext", "");
                samples.Add("Pair", "Pair.Data", "Pair.Web", "OrderingContext", "");
            }
            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task WhatBreaksTheRunningReleaseIsSaid(string sample, string folder, string startUp, string context, string chosen)
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
        var walked = project.All.Zip(project.All.Skip(1)).Where(pair => Full || chosen.Split(' ').Contains(pair.Second.Name)).ToArray();
        foreach (var (before, migration) in walked)
        {
            await project.ToAsync(before.Id);
            var proof = project.Proof(new Releases(before.Id, migration.Id, [migration]));
            var start = await proof.StartAsync(before.Id, CancellationToken.None);
            start.Unproved.ShouldBeEmpty(before.Id);
            start.Checks.ShouldBeGreaterThan(100, before.Id);
            await project.ToAsync(migration.Id);
            var verdict = await proof.AfterAsync(migration.Id, CancellationToken.None);
            output.WriteLine($"{migration.Id}: {verdict.Checks} checks");
            var sentences = verdict.Failures.Select(failure => failure.Sentence).Concat(verdict.Unproved).DefaultIfEmpty("Both releases work.");
            foreach (var plant in Plant.OnSqlite.Where(plant => plant.Pattern == sample && plant.Phase == migration.Name))
            {
                plant.ShouldBeFound(migration.Id, await project.Proof(new Releases(before.Id, migration.Id, [migration]), plant.Sql).AfterAsync(migration.Id, CancellationToken.None));
            }
            said.Append($"{migration.Name}\n").Append(string.Concat(sentences.Select(sentence => $"  {sentence}\n")));
        }
        Approved.ShouldBe($"proof-{sample}-{(Full ? "all" : "chosen")}.txt", said.ToString());
    }
}
