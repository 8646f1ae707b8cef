using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>What to look at while a run is at work.</summary>
internal static class Watching
{
    public static string Of(Dossier dossier) => Page.Join(
    [
        dossier.Engine.HasUpdates ? Page.Text($"{ToolCalls.Short("status")} shows the run from any machine; `--watch 5m` behind {Markdown.Code("apply")} samples the database before, during and after it.") : "",
        .. dossier.Settings.Watch.Count > 0 ? [Page.Text($"It also asks what the settings name: {Page.Some([.. dossier.Settings.Watch.Keys.Select(Markdown.Text)])}.")] : Array.Empty<string>(),
        .. dossier.Engine.Monitoring.Where(query => !query.IsOfBackfills || dossier.Rollout.Runs.Any(run => run.Fills))
            .SelectMany(query => new[] { Page.Heading(3, Markdown.Text(query.About)), Page.Fenced("sql", query.Sql) }),
    ]) is { Length: > 0 } text ? text : "There is one file and no server to ask.";
}
