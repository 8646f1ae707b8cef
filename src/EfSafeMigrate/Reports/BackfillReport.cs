using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Reports;

/// <summary>A call of <c>backfill</c>: how far it is while it works, and what came of it.</summary>
internal sealed class BackfillReport(Talk talk, bool json, TextWriter output)
{
    private readonly JsonArray done = [];
    private bool complete = true;

    public void Head(Target target, Engine engine, string serverVersion, IEnumerable<BackfillSpec> specs) =>
        talk.Say($"  {target.Database} · {target.Server} · {engine.Name} {serverVersion}\n  fills {string.Join(", ", specs.Select(spec => $"{spec.Table}.{spec.Column}"))}");

    public void Wait(Holder holder) => talk.Say($"  Another run is at work since {holder.Since:HH:mm:ss} UTC; waiting for it …");

    public void Tell(RunNews news)
    {
    }

    public void Tell(BackfillNews news)
    {
    }

    public void Done(BackfillSpec spec, BackfillResult result)
    {
        complete &= result.Verdict is not Differs and not NotProven { Why: not Doubt.EmptyTable };
        done.Add(new JsonObject
        {
            ["table"] = spec.Table.ToString(),
            ["column"] = spec.Column,
            ["walked"] = result.Walked,
            ["changed"] = result.Changed,
            ["seconds"] = Math.Round(result.Took.TotalSeconds, 3),
            ["proven"] = result.Verdict is Proven,
            ["verdict"] = result.Verdict.Sentence,
        });
        talk.Say(string.Create(CultureInfo.InvariantCulture, $"  {(result.Verdict is Proven ? '✔' : '!')} {spec.Table}.{spec.Column}   {result.Walked:N0} rows, {result.Changed:N0} written in {result.Took.TotalSeconds:0.0} s\n    {result.Verdict.Sentence}"));
    }

    public int End()
    {
        if (json)
        {
            output.WriteLine(new JsonObject { ["backfills"] = done }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        }
        return complete ? ExitCode.Clean : ExitCode.NeedsPerson;
    }
}
