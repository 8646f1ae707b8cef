using System.Text.Json.Nodes;
using EfSafeMigrate.Updates;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>What was approved, by whom and until when, for people and for programs.</summary>
/// <param name="Where">The journal, or the file.</param>
internal sealed record ApprovalReport(Approved Approved, WrittenPlan Plan, string Where)
{
    public string Json() => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["hash"] = Approved.PlanHash,
        ["target"] = Plan.Target,
        ["expires"] = Approved.Expires,
        ["destructive"] = Approved.Destructive,
        ["approver"] = Approved.Approver?.ToString(),
        ["where"] = Where,
    }.ToJsonString();

    public void Write(IAnsiConsole console)
    {
        console.WriteLine($"  plan {Digest.Spoken(Approved.PlanHash)} · {"migration".ToQuantity(Plan.Migrations.Count)} · {Plan.Target}");
        console.WriteLine($"  approved by {Approved.Approver} until {QuietTime.Spoken(Approved.Expires)} UTC{(Approved.Destructive ? ", destructive steps too" : "")} · {Where}");
        if (Plan.Destroys && !Approved.Destructive)
        {
            console.WriteLine("  It destroys data, and that is not approved: --destructive --reason \"…\" does.");
        }
    }
}
