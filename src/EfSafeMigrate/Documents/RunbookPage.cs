using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Documents;

/// <summary>The commands of a rollout in their order, for somebody who has never seen the project.</summary>
internal static class RunbookPage
{
    public static string Of(Dossier dossier)
    {
        var (before, during, after) = dossier.Engine.HasUpdates ? (Before(dossier), During(dossier), After(dossier)) : (ScriptedRunbook.Before(dossier), ScriptedRunbook.During(dossier), ScriptedRunbook.After(dossier));
        return Page.Fill("runbook.md", new Dictionary<string, string>
        {
            ["title"] = dossier.Title,
            ["about"] = PlanPage.About(dossier),
            ["migrations"] = Page.List(
            [
                .. dossier.Migrations.Select(migration => $"{Markdown.Code(migration.Migration.Id)}: {Markdown.Text(Deeds.Cost(migration))}"),
                .. dossier.Held.SelectMany(held => held.Migrations.Select(migration => $"{Markdown.Code($"{held.Name}{migration.Suffix}")}, which is written on the way")),
            ]),
            ["before"] = RunbookStep.Written(before, 1),
            ["during"] = RunbookStep.Written(during, 1 + before.Count),
            ["after"] = RunbookStep.Written(after, 1 + before.Count + during.Count),
            ["watching"] = Watching.Of(dossier),
            ["stops"] = Stops.Of(dossier),
            ["contacts"] = Contacts.Of(dossier.Settings),
        });
    }

    private static IReadOnlyList<RunbookStep> Before(Dossier dossier) =>
    [
        .. dossier.Settings.Contacts.Count > 0 ? [new RunbookStep("Tell people", Page.Text("Everybody under contacts hears that it begins, and how long it will take."))] : Array.Empty<RunbookStep>(),
        new("See what is pending", Page.Text("It has to be the list above, and no run may be interrupted or at work."), dossier.Calls.OnDatabase("status")),
        new("See that nobody else has changed the schema", Page.Text("Exit code 1 names what other hands have changed; find out who before you go on."), dossier.Calls.OnDatabase("drift")),
        .. dossier.Rollout.Runs.Take(1).Where(run => !run.IsContract).SelectMany(run => Read(run, dossier)),
    ];

    /// <summary>The plan of a run is read, and approved where that is wanted.</summary>
    private static IEnumerable<RunbookStep> Read(RolloutRun run, Dossier dossier)
    {
        yield return new(
            run.IsContract ? "Read the plan of the contract" : "Read the plan",
            Page.Text($"The statements exactly as they will run, the lock and the forecast of each, and the plan's hash{(run.Hash is { } hash ? $": it was {Markdown.Code(Digest.Spoken(hash))} when this was written, and another one means that something has changed since" : "")}. Nothing is changed."),
            dossier.Calls.OnDatabase(["apply", .. run.Reach, "--plan-only"]))
        {
            Then = dossier.Protection.IsOn ? ""
                : Page.Text($"Where the database is protected, somebody approves it now: {ToolCalls.Short("approve HASH")}."),
        };
        if (dossier.Protection is { IsOn: true } protection && run.Hash is { } approved)
        {
            yield return new(
                run.IsContract ? "Have the contract approved" : "Have it approved",
                Page.Text($"Whoever may, and has read the plan: {Markdown.Text(protection.Why)}. The approval holds for {Say.Duration(dossier.Settings.Approval.Expires)}."),
                dossier.Calls.OnDatabase(["approve", Digest.Spoken(approved), .. run.Reach, .. run.Destroys ? ["--destructive", $"--reason {ShellWord.Of($"the contract of {run.Plan ?? "the plan"} is due", windows: false)}"] : Array.Empty<string>()]));
        }
    }

    private static IReadOnlyList<RunbookStep> During(Dossier dossier)
    {
        List<RunbookStep> steps = [];
        if (Strategy.Of(dossier).Kind == StrategyKind.OneShot)
        {
            steps.Add(new("Stop the running release", Page.Text("It does not survive these migrations.")));
        }
        foreach (var (run, at) in dossier.Rollout.Runs.Select((run, at) => (run, at)))
        {
            steps.AddRange(run.IsContract ? Contract(run, isFirst: at == 0, dossier) : [Apply(run, dossier)]);
        }
        if (dossier.Rollout.Runs is [.., { IsContract: false }])
        {
            steps.Add(new("Deploy the new release", Page.Text(Deploying(dossier))));
        }
        return steps;
    }

    private static RunbookStep Apply(RolloutRun run, Dossier dossier) => new(
        run.Phases.Count > 0 ? $"Apply: {Say.List([.. run.Phases.Select(PlanOutline.Word)])}" : "Apply",
        Page.Text($"A backup comes first, is restored into a scratch database and compared, and the migrations are rehearsed there; when any of that fails, nothing has been changed.{(Strategy.Of(dossier).Kind == StrategyKind.OneShot ? "" : $" The running release stays up meanwhile. Downtime: {LockForecast.Downtime(dossier)}")}"),
        dossier.Calls.OnDatabase(Words(run, dossier)))
    {
        Then = Page.Join(
            Page.List(run.Migrations.Select(migration => $"{PlanPage.Sentence(migration.Judged)} ({Markdown.Text(Deeds.Cost(migration.Judged))})")),
            run.Fills ? Page.Text($"Meanwhile {ToolCalls.Short("status")} shows how far a backfill is; {ToolCalls.Short("backfill pause")} and {ToolCalls.Short("backfill unpause")} hold it and let it go on.") : "",
            Page.Text("Go on when the exit code is 0.")),
    };

    private static IEnumerable<RunbookStep> Contract(RolloutRun run, bool isFirst, Dossier dossier)
    {
        var quiet = dossier.Settings.QuietPeriod;
        if (!isFirst)
        {
            yield return new("Deploy the new release", Page.Text(Deploying(dossier)));
        }
        if (run.Held is { } held)
        {
            yield return new(
                "Write the contract", Page.Text("It is kept back so that nothing runs it too early. What the command writes goes the way of any other change: review, commit, build."),
                dossier.Calls.OnProject("contract", ShellWord.Of(held.Name, windows: false)));
        }
        yield return new(
            "See whether the old release is gone",
            Page.Text("Stop every instance, job and report of the old release. Nothing runs here: the command looks how often the old shape was used, and remembers it."),
            dossier.Calls.OnDatabase("apply"));
        yield return new(
            "Wait", Page.Text($"For {Say.Duration(quiet)} without a use of the old shape, as the settings want it. You may come back later instead: the time counts in the database."),
            $"sleep {Math.Ceiling(quiet.TotalSeconds) + 1:0}");
        foreach (var step in run.Held is null ? Read(run, dossier) : [])
        {
            yield return step;
        }
        yield return new(
            "Apply: contract",
            Page.Text($"{Gone(run)} The command refuses with exit code 3 as long as the old shape is used, as long as a row has not got its new value, and where nobody knows whether it is read: a server that does not count statements takes {Markdown.Code("--attest-readers")} with the reason why nobody reads it any more."),
            dossier.Calls.OnDatabase(Words(run, dossier)));
    }

    private static string Gone(RolloutRun run)
    {
        string[] sentences = [.. run.Migrations.SelectMany(migration => migration.Destroys).Select(Markdown.Text)];
        return sentences.Length > 0 ? $"{string.Join(' ', sentences)} There is no way back from here but a backup."
            : run.Destroys ? "The old shape goes, with what only it holds. There is no way back from here but a backup." : "The old shape goes.";
    }

    private static IReadOnlyList<string> Words(RolloutRun run, Dossier dossier) => dossier is { Protection.IsOn: true, Database: { } database }
        ? ["apply", .. run.Reach, $"--expect-database {ShellWord.Of(database.Target.Database, windows: false)}"] : [.. Deployment.Words(run)];

    private static string Deploying(Dossier dossier) => $"By your own way, until every instance runs it.{(dossier.Settings.ReleaseCommand is { } command ? $" {Markdown.Code("apply --release")} runs {Markdown.Code(command)} for the version and the changelog." : "")}";

    private static IReadOnlyList<RunbookStep> After(Dossier dossier) =>
    [
        new("See that everything is applied", Page.Text("Nothing is pending, and the last run came to its end."), dossier.Calls.OnDatabase("status")),
        new("See that the schema is what the model says", Page.Text("Exit code 0."), dossier.Calls.OnDatabase("drift")),
        .. dossier.Settings.Verify.Count > 0 ? [new RunbookStep("Trust the queries", Page.Text($"Each run has asked them at its end, and each has answered: {Page.Some([.. dossier.Settings.Verify.Keys.Select(Markdown.Text)])}."))] : Array.Empty<RunbookStep>(),
        .. dossier.Settings.Rollback.Flags.Count > 0 ? [new RunbookStep("Take the feature flags away", Page.Text($"{Page.Some([.. dossier.Settings.Rollback.Flags.Select(flag => Markdown.Code(flag))])}: once nobody will go back."))] : Array.Empty<RunbookStep>(),
        .. dossier.Settings.Contacts.Count > 0 ? [new RunbookStep("Tell people again", Page.Text("That it is over, and that the backups are kept for now."))] : Array.Empty<RunbookStep>(),
    ];
}
