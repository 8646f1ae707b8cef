using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Documents;

/// <summary>What has to be true before, between and after, as things to tick off.</summary>
internal static class Checklist
{
    public static IEnumerable<string> Of(Dossier dossier)
    {
        var (rollout, strategy) = (dossier.Rollout, Strategy.Of(dossier));
        return
        [
            .. dossier.HasMore ? [$"the model has no changes without a migration: {ToolCalls.Short("add NAME")} writes one"] : Array.Empty<string>(),
            "somebody who did not write the migrations has read this plan",
            .. dossier.Review.Facts.MeasuredAt is null ? ["the sizes were measured: the same document with `--connect`"] : Array.Empty<string>(),
            dossier.Engine.HasUpdates ? "there is room for a backup and for a scratch database, on which it is restored and rehearsed" : "there is a backup, and it was restored once",
            .. strategy.Kind == StrategyKind.OneShot ? ["users were told of the downtime"] : Array.Empty<string>(),
            .. dossier.Settings.Rollback.Flags.Count > 0 ? [$"the feature flags can be turned off: {Page.Some([.. dossier.Settings.Rollback.Flags.Select(flag => Markdown.Code(flag))])}"] : Array.Empty<string>(),
            dossier.Settings.Contacts.Count > 0 ? "everybody under contacts knows when it begins" : $"somebody is on call, and {Markdown.Code("contacts")} in {Markdown.Code(SettingsFile.Name)} says who",
            .. rollout.IsPhased ? ["the new release works with the old shape and with the new one, and is ready to be deployed"] : Array.Empty<string>(),
            .. rollout.Runs.Any(run => run.IsContract) ? [$"no instance, job or report of the old release is left before the contract ({Rules.Say.Duration(dossier.Settings.QuietPeriod)} without a use)"] : Array.Empty<string>(),
            .. rollout.Runs.Any(run => run.Destroys) ? [$"what these destroy is not needed any more: {Page.Some([.. rollout.Runs.SelectMany(run => run.Loses).Select(name => Markdown.Code(name))])}"] : Array.Empty<string>(),
        ];
    }
}
