using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>The steps where the tool itself does not apply anything: files for the engine's own client, or EF.</summary>
internal static class ScriptedRunbook
{
    public static IReadOnlyList<RunbookStep> Before(Dossier dossier) =>
    [
        new("Back the database up", Page.Text($"With your own tools, and restore it once to see that it is whole. {Markdown.Code("apply")} does not run on {dossier.Engine.Name} yet.")),
        .. dossier.Engine.HasScripts
            ? [new RunbookStep("Write the files", Page.Text("One goes up to each contract, and each contract has its own. The head of each says what to look at before it runs."), dossier.Calls.OnProject("script"))]
            : Array.Empty<RunbookStep>(),
    ];

    public static IReadOnlyList<RunbookStep> During(Dossier dossier)
    {
        List<RunbookStep> steps = [];
        if (Strategy.Of(dossier).Kind == StrategyKind.OneShot)
        {
            steps.Add(new("Stop the running release", Page.Text("It does not survive these migrations.")));
        }
        foreach (var run in dossier.Rollout.Runs)
        {
            if (run.IsContract && steps.Count > 0)
            {
                steps.Add(new("Deploy the new release", Page.Text("By your own way, until every instance runs it and nothing of the old release is left.")));
            }
            if (run.Held is { } held)
            {
                steps.Add(new("Write the contract", Page.Text("Then write the files anew."), dossier.Calls.OnProject("contract", ShellWord.Of(held.Name, windows: false))));
            }
            steps.Add(new(
                run.IsContract ? $"Run the file of the contract of {Markdown.Text(run.Plan!)}" : "Run the file",
                Page.Text(dossier.Engine.HasScripts ? $"As {Markdown.Code(dossier.Engine.Scripts.Call("FILE"))}; it may be run again after whatever stopped it." : $"As {Markdown.Code("dotnet ef database update")}.")));
        }
        if (dossier.Rollout.Runs is [.., { IsContract: false }])
        {
            steps.Add(new("Deploy the new release", Page.Text("By your own way, until every instance runs it.")));
        }
        return steps;
    }

    public static IReadOnlyList<RunbookStep> After(Dossier dossier) =>
    [
        new("See that everything is applied", Page.Text("The newest migration is the last one of the list above."), Listing(dossier)),
    ];

    /// <summary>EF's own options have the same names.</summary>
    private static string Listing(Dossier dossier) => string.Join(' ', ["dotnet ef migrations list", .. dossier.Calls.Project]);
}
