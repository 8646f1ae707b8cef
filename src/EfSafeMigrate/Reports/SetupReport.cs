using System.Text.Json.Nodes;
using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Scaffolding.Setup;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>What <c>init</c> writes: new files by name, changed ones line by line.</summary>
internal sealed class SetupReport(IAnsiConsole console, string root)
{
    /// <summary>Other tools with files in the repository.</summary>
    public IReadOnlyList<FoundTool> Tools { get; init; } = [];

    public string Json(IReadOnlyList<SetupChange> changes, bool written) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["written"] = written,
        ["tools"] = new JsonArray([.. Tools.Select(found => (JsonNode)found.Tool.Id)]),
        ["files"] = new JsonArray([.. changes.Select(change => (JsonNode)new JsonObject { ["path"] = Named(change), ["state"] = State(change) })]),
    }.ToJsonString();

    /// <param name="whole">Of new files every line.</param>
    public void Write(IReadOnlyList<SetupChange> changes, bool whole)
    {
        foreach (var found in Tools)
        {
            console.WriteLine($"  {"found",-8}  {found.Tool.Name}: {found.File}");
            console.WriteLine($"            {(found.Tool.KeepsSql ? $"its SQL is judged by review --tool {found.Tool.Id}, and it goes on applying it" : $"{found.Tool.Code}, which is not read: {found.Tool.Prints}")}");
        }
        foreach (var change in changes)
        {
            console.WriteLine($"  {State(change),-8}  {Named(change)}");
            foreach (var line in change.IsNothing || (change.IsNew && !whole) ? [] : change.Lines())
            {
                console.Write(new Text($"      {line}\n", line[0] == '+' ? Color.Green : line[0] == '-' ? Color.Red : Style.Plain));
            }
        }
    }

    private static string State(SetupChange change) => change.IsNothing ? "as it is" : change.IsNew ? "new" : "changed";

    private string Named(SetupChange change) => Path.GetRelativePath(root, change.File.Path).Replace('\\', '/');

    public void Next(string? hook, bool isGitLab, bool applies)
    {
        console.WriteLine();
        console.WriteLine("  → dotnet tool restore   and commit these files");
        if (hook == "husky")
        {
            console.WriteLine("  → dotnet husky install   unless your repository does it already");
        }
        if (hook == "framework")
        {
            console.WriteLine("  → pre-commit install   unless your repository does it already");
        }
        if (isGitLab)
        {
            console.WriteLine("  → include: { local: .gitlab/safe-migrate.yml }   in .gitlab-ci.yml");
        }
        if (applies)
        {
            console.WriteLine("  → give the pipeline the secret DATABASE, the variable DATABASE_NAME and");
            console.WriteLine("    an environment `production` whose reviewers approve");
        }
    }
}
