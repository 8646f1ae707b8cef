using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Documents;

/// <summary>The ways back: what happens by itself, what a person does, where it ends, and what each step loses.</summary>
internal static class RollbackPage
{
    public static string Of(Dossier dossier) => Page.Fill("rollback.md", new Dictionary<string, string>
    {
        ["title"] = dossier.Title,
        ["about"] = PlanPage.About(dossier),
        ["automatic"] = Automatic(dossier),
        ["point"] = Point(dossier),
        ["steps"] = Steps(dossier),
        ["losses"] = Losses(dossier),
        ["flags"] = Flags(dossier),
        ["contacts"] = Contacts.Of(dossier.Settings),
    });

    private static string Automatic(Dossier dossier) => !dossier.Engine.HasUpdates
        ? Page.Text(dossier.Engine.CommitsEachChange is null ? "A statement that fails takes its transaction back." : $"Nothing: on {dossier.Engine.Name} each change of the schema commits by itself, and stays when a later one fails.")
        : Page.Join(
            Page.Text("A migration that fails inside its transaction leaves nothing behind; one that commits in parts keeps what it has committed, and the next run goes on behind it. With `--lock-budget` a step that keeps others waiting for longer is taken back. The rest stays applied unless the run was told otherwise:"),
            Page.List(
            [
                "`apply --on-failure rollback` undoes what this run had applied, as long as nobody has written into it",
                "`apply --on-failure restore --backup DIR` brings back a backup, with which everything since is lost",
            ]));

    /// <summary>The first migration that only a backup undoes; null where each has a way back.</summary>
    private static (string Name, string Why)? LastChance(Dossier dossier)
    {
        foreach (var migration in dossier.Migrations.Select(each => PlannedUpdate.Of(each, dossier.Engine)))
        {
            if (migration.IsContract || migration.Destroys.Count > 0 || NoWayBack(migration.Judged) is not null)
            {
                return (migration.Name, migration.Destroys.Count > 0 ? migration.Destroys[0] : NoWayBack(migration.Judged) is { } why ? $"{why}." : "It takes away what only the old release uses.");
            }
        }
        return dossier.Held.Count > 0 ? ($"{dossier.Held[0].Name}{dossier.Held[0].Migrations[0].Suffix}", "It takes away what only the old release uses.") : null;
    }

    /// <summary>An empty Down of a phase that changes nothing is no objection.</summary>
    private static string? NoWayBack(ReviewedMigration migration) =>
        migration.Migration.Phase is not null && migration.Migration.Changes.Count == 0 ? null : migration.Migration.NoWayBack;

    private static string Point(Dossier dossier) => LastChance(dossier) is not { } last
        ? Page.Text("There is none that is known: every migration has a Down. What each loses stands below, and the command counts it on the database.")
        : Page.Join(
            Page.Text($"{Markdown.Code(last.Name)}. {Markdown.Text(last.Why)}"),
            Page.Text($"Up to there every step can be undone{(dossier.Rollout.IsPhased ? " while triggers keep up the old shape, and the old release can be deployed again at any time" : "")}. From there on only a backup brings back what was there, and loses what was written since."));

    private static string Steps(Dossier dossier)
    {
        List<RunbookStep> steps = [];
        if (dossier.Settings.Rollback.Flags.Count > 0)
        {
            steps.Add(new("Turn the feature flags off", Page.Text($"{Page.Some([.. dossier.Settings.Rollback.Flags.Select(flag => Markdown.Code(flag))])}. Often that is enough, and the schema may stay.")));
        }
        steps.Add(new("Take the new release back", Page.Text($"It uses what goes. {(dossier.Rollout.IsPhased ? "The release before works with the schema as it is, up to the contract." : "Deploy the release before when the migrations are undone, or at once where it works with both.")}")));
        if (dossier.Engine.HasUpdates)
        {
            var to = dossier.Before is { } before ? [ShellWord.Of(before, windows: false)] : Array.Empty<string>();
            steps.Add(new("Count what is lost", Page.Text($"Nothing is changed: the command shows what it would undo, and counts the rows and values that nothing brings back.{(to.Length > 0 ? "" : " Without a name it goes back to what was applied before the last run.")}"), dossier.Calls.OnDatabase(["rollback", .. to, "--plan-only"])));
            steps.Add(new("Undo the migrations", Page.Text($"One by one, the newest first. Where something is lost it wants a yes, or {Markdown.Code("--accept-data-loss MIGRATION")}; the same command goes on after whatever stopped it."), dossier.Calls.OnDatabase(["rollback", .. to])));
            steps.Add(new("Or restore the backup", Page.Text($"Behind the point of no return. {ToolCalls.Short("status")} names the last proven backup; {Markdown.Code("rollback --backup DIR --plan-only")} compares it with what is there, and {Markdown.Code("rollback --backup DIR --expect-database NAME")} brings it back. Everything since is lost.")));
            steps.Add(new("See that it is as it was", Page.Text("The schema is compared with what the journal kept for the same migrations."), dossier.Calls.OnDatabase("drift")));
        }
        else
        {
            steps.Add(new("Undo the migrations", Page.Text($"{Markdown.Code($"dotnet ef database update {dossier.Before ?? "MIGRATION"}")} runs the Down of each, the newest first; nothing counts what that loses. Behind the point of no return, restore your backup.")));
        }
        return RunbookStep.Written(steps, 1);
    }

    private static string Losses(Dossier dossier) => Page.Table(
        ["undoing", "loses"],
        dossier.Migrations.Reverse().Select(migration => (IReadOnlyList<string>)[Markdown.Code(migration.Migration.Name, inTable: true), string.Join("<br>", UndoLosses.Of(migration.Migration, NoWayBack(migration)).Select(Markdown.Text))]));

    private static string Flags(Dossier dossier) => dossier.Settings.Rollback.Flags.Count == 0
        ? Page.Text($"None are named: {Markdown.Code("rollback.flags")} in {Markdown.Code(Settings.SettingsFile.Name)} lists those that turn the new behaviour off.")
        : Page.List(dossier.Settings.Rollback.Flags.Select(flag => Markdown.Code(flag)));
}
