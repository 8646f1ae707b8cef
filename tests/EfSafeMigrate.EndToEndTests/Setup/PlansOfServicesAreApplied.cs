using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>The scripts that plan and apply, as each service runs them: with the variables and the shell that it gives them, when all is well and when it is not.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class PlansOfServicesAreApplied(InstalledTool tool)
{
    /// <summary>GitLab gives every variable to every job, and runs its lines in one shell that stops at the first that fails.</summary>
    private static readonly string[] GitLabShell = ["bash", "-eo", "pipefail"];

    /// <summary>Azure gives a step what stands under its <c>env</c>, secrets only so, and goes on behind what fails.</summary>
    private static readonly string[] AzureShell = ["bash", "--noprofile", "--norc"];

    [Fact]
    public async Task GitHub()
    {
        var service = await PlannedLibrary.OfAsync(tool, "github", ".github/workflows/safe-migrate.yml");
        var (server, steps) = (service.Server, service.Steps);
        await server.GitHubAsync(answer: "");

        // A secret that there is not is empty.
        server.Variables["DATABASE"] = "";
        (await server.RunAsync(steps.Named("run", "Plan"))).ShouldSatisfyAllConditions(without => without.Code.ShouldBe(2, without.Output), _ => server.Outputs.ShouldBeEmpty());
        server.Variables["DATABASE"] = service.Connection;
        var planned = await server.RunAsync(steps.Named("run", "Plan"));
        planned.Code.ShouldBe(0, planned.Output + planned.Error);
        server.Summary.ShouldContain(PlannedLibrary.Pending);

        server.Variables["DATABASE_NAME"] = "main";
        await service.AppliesOnlyAsync(Regex.Match(server.Outputs, "^hash=([0-9a-f]{64})\n$").Groups[1].Value, plan =>
        {
            server.Variables["PLAN"] = plan;
            return server.RunAsync(steps.Named("run", "Apply"));
        });
    }

    [Fact]
    public async Task GitLab()
    {
        var service = await PlannedLibrary.OfAsync(tool, "gitlab", ".gitlab/safe-migrate.yml");
        var (server, steps) = (service.Server, service.Steps);
        var (plan, apply) = (steps.OfJob("plan-migrations", "script"), steps.OfJob("apply-migrations", "script"));

        var without = await server.RunAsync(plan, GitLabShell);
        (without.Code, File.Exists(server.InClone("plan.env"))).ShouldBe((2, false), without.Output + without.Error);
        without.Error.ShouldContain("DATABASE");
        (server.Variables["DATABASE"], server.Variables["DATABASE_NAME"]) = (service.Connection, "main");
        var planned = await server.RunAsync(plan, GitLabShell);
        planned.Code.ShouldBe(0, planned.Output + planned.Error);
        planned.Output.ShouldContain(PlannedLibrary.Pending);

        await service.AppliesOnlyAsync(Dotenv(await File.ReadAllTextAsync(server.InClone("plan.env"))), hash =>
        {
            server.Variables["PLAN"] = hash;
            return server.RunAsync(apply, GitLabShell);
        });
        // A plan of nothing leaves an empty file, and no variable.
        server.Variables.Remove("PLAN");
        (await server.RunAsync(apply, GitLabShell)).ShouldSatisfyAllConditions(none => none.Code.ShouldBe(0), none => none.Output.ShouldBe("Nothing is pending.\n"));
    }

    [Fact]
    public async Task Azure()
    {
        var service = await PlannedLibrary.OfAsync(tool, "azure", "azure-pipelines.safe-migrate.yml");
        var (server, steps) = (service.Server, service.Steps);
        var known = new Dictionary<string, string> { ["DATABASE"] = service.Connection, ["DATABASE_NAME"] = "main" };

        Give(server, steps.Environment("bash", "Plan"), new Dictionary<string, string>());
        var without = await server.RunAsync(steps.Named("bash", "Plan"), AzureShell);
        (without.Code, without.Output.Contains("##vso", StringComparison.Ordinal)).ShouldBe((2, false), without.Output + without.Error);

        Give(server, steps.Environment("bash", "Plan"), known);
        var planned = await server.RunAsync(steps.Named("bash", "Plan"), AzureShell);
        planned.Code.ShouldBe(0, planned.Output + planned.Error);
        planned.Output.ShouldContain(PlannedLibrary.Pending);

        await service.AppliesOnlyAsync(Regex.Match(planned.Output, @"^##vso\[task\.setvariable variable=hash;isOutput=true\](.*)$", RegexOptions.Multiline).Groups[1].Value, plan =>
        {
            known["plan"] = plan;
            Give(server, steps.Environment("bash", "Apply"), known);
            return server.RunAsync(steps.Named("bash", "Apply"), AzureShell);
        });
    }

    /// <summary>What the service makes of such a file: a variable for each line.</summary>
    private static string Dotenv(string text) => Regex.Match(text, "^PLAN=([0-9a-f]{64})\n$").Groups[1].Value;

    /// <summary>A macro of a variable that there is not stays as it is written.</summary>
    private static void Give(BuildServer server, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> known)
    {
        foreach (var (name, macro) in environment)
        {
            server.Variables[name] = Regex.Replace(macro, @"\$\((\w+)\)", found => known.GetValueOrDefault(found.Groups[1].Value, found.Value));
        }
    }
}
