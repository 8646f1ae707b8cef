using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>The steps of the deployment with their commands, in short; the runbook has the whole of it.</summary>
internal static class Deployment
{
    public static string Of(Dossier dossier)
    {
        var (number, text) = (0, new List<string>());
        void Step(string sentence, string? command = null) => text.Add($"{++number}. {sentence}{(command is null ? "" : $"\n\n{Indented(Page.Shell(command))}")}");
        if (!dossier.Engine.HasUpdates)
        {
            return ByScript(dossier);
        }
        if (Strategy.Of(dossier).Kind == StrategyKind.OneShot)
        {
            Step("Stop the running release.");
        }
        foreach (var (run, at) in dossier.Rollout.Runs.Select((run, at) => (run, at)))
        {
            if (run.IsContract)
            {
                Step(at > 0 ? "Deploy the new release, and wait until nothing of the old one is left." : "Wait until nothing of the old release is left.");
            }
            if (run.Held is { } held)
            {
                Step("Write the contract, and bring it in as any other change.", dossier.Calls.OnProject("contract", ShellWord.Of(held.Name, windows: false)));
            }
            Step(run.IsContract ? "Take the old shape away." : "Apply the migrations.", dossier.Calls.OnDatabase([.. Words(run)]));
        }
        if (!dossier.Rollout.Runs.Any(run => run.IsContract))
        {
            Step("Deploy the new release.");
        }
        return string.Join("\n\n", text);
    }

    /// <summary>What is typed for a run.</summary>
    public static IEnumerable<string> Words(RolloutRun run) => ["apply", .. run.Reach, .. run.Loses.Select(name => $"--accept-data-loss {ShellWord.Of(name, windows: false)}")];

    private static string ByScript(Dossier dossier) => !dossier.Engine.HasScripts ? Page.Shell("dotnet ef database update") : Page.Join(
        Page.Text($"{Markdown.Code("apply")} does not run on {dossier.Engine.Name} yet: the migrations go there as files for {Markdown.Code(dossier.Engine.Scripts.Client)}."),
        Page.Shell(dossier.Calls.OnProject("script")),
        Page.Text("One file goes up to each contract, and each contract has its own; the head of each says what to look at before."));

    private static string Indented(string block) => string.Join('\n', block.Split('\n').Select(line => line.Length == 0 ? "" : $"   {line}"));
}
