using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Reports;

/// <summary>A call of <c>backfill</c>: how far it is while it works, and what came of it.</summary>
internal sealed class BackfillReport(Talk talk, bool json, TextWriter output)
{
    private const int Shown = 20;

    private readonly Sparingly worth = new(TimeProvider.System, TimeSpan.FromSeconds(2));
    private readonly JsonArray done = [];
    private bool complete = true;

    /// <summary>Rows were written, by this call or by the ones that it goes on with.</summary>
    public bool HasWritten { get; private set; }

    public void Head(Target target, Engine engine, string serverVersion, IEnumerable<BackfillSpec> specs) =>
        talk.Say($"  {target.Database} · {target.Server} · {engine.Name} {serverVersion}\n  fills {string.Join(", ", specs.Select(spec => $"{spec.Table}.{spec.Column}"))}");

    public void Wait(Holder holder) => talk.Say($"  Another run is at work since {holder.Since:HH:mm:ss} UTC; waiting for it …");

    public void Tell(BackfillNews news)
    {
        HasWritten |= news is BackfillProgress { Changed: > 0 };
        switch (news)
        {
            case BackfillProgress progress when worth.IsWorth(progress):
                talk.Say(ProgressText.Line(progress));
                break;
            case BackfillNote note:
                talk.Say($"  ! {note.Text}");
                break;
            case BatchPutOff putOff:
                talk.Detail($"  a batch is tried again: {putOff.Reason.TrimEnd('.')}");
                break;
            case RowSetAside row:
                talk.Detail($"  row {string.Join(", ", row.Key)} was set aside: {row.Message}");
                break;
            case ChunkRepaired repaired:
                talk.Say(string.Create(CultureInfo.InvariantCulture, $"  {repaired.Written:N0} rows that differed were written again"));
                break;
        }
    }

    public void Done(BackfillOutcome outcome)
    {
        complete &= outcome.IsRight;
        done.Add(new JsonObject
        {
            ["table"] = outcome.Spec.Table.ToString(),
            ["column"] = outcome.Spec.Column,
            ["walked"] = outcome.Walked,
            ["changed"] = outcome.Changed,
            ["seconds"] = Math.Round(outcome.Took.TotalSeconds, 3),
            ["proven"] = outcome.Verdict is Proven,
            ["verdict"] = outcome.Sentence,
            ["setAside"] = new JsonArray([.. outcome.SetAside.Select(row => new JsonObject { ["key"] = new JsonArray([.. row.Key.Select(value => (JsonNode)value)]), ["message"] = row.Message })]),
        });
        var what = outcome.OnlyLooked ? "" : string.Create(CultureInfo.InvariantCulture, $"   {Say.Rows(outcome.Walked)}, {outcome.Changed:N0} written in {outcome.Took.TotalSeconds:0.0} s");
        talk.Say($"  {(outcome.IsRight ? '✔' : '!')} {outcome.Spec.Table}.{outcome.Spec.Column}{what}");
        talk.Say($"    {outcome.Sentence}");
        foreach (var (key, message) in outcome.SetAside.Take(Shown))
        {
            talk.Say($"    set aside: {string.Join(", ", key)}: {message}");
        }
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
