using System.Text.Json.Nodes;
using EfSafeMigrate.Updates.Drifts;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>What other hands have done to a schema, for people and for programs.</summary>
internal static class DriftReport
{
    private const string Next = "bring each into a migration, or undo it by hand";

    /// <param name="verbose">With the names of what stands apart.</param>
    public static void Write(Drift drift, string target, bool verbose, DateTimeOffset now, IAnsiConsole console)
    {
        void Say(string text, int indent = 2)
        {
            foreach (var line in Paragraph.Wrap(text, indent, hanging: 2))
            {
                console.WriteLine(line);
            }
        }
        console.WriteLine();
        console.WriteLine($"  {target}", new Style(decoration: Decoration.Bold));
        if (drift.Migration is { } migration)
        {
            Say(drift.Found.Count > 0 ? $"{"difference".ToQuantity(drift.Found.Count)} from the schema after {migration}:"
                : $"The schema is as {migration} left it: {Compared(drift)} compared.");
        }
        foreach (var difference in drift.Found)
        {
            Say($"{difference.Sentence}.", indent: 4);
        }
        foreach (var held in drift.Held)
        {
            Say(HeldText.Of(held, now));
        }
        if (drift.Apart.Count > 0)
        {
            Say(Sentence(drift, verbose));
        }
        foreach (var table in verbose ? drift.Apart : [])
        {
            Say($"{table.Name}{(table.Context is { } context ? $", of {context}" : "")}", indent: 4);
        }
        foreach (var note in drift.Notes)
        {
            Say(note);
        }
        if (drift.Found.Count > 0)
        {
            console.WriteLine($"  → {Next}");
        }
    }

    public static string Json(Drift drift, string target) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["target"] = target,
        ["migration"] = drift.Migration,
        ["tables"] = drift.Tables,
        ["lines"] = drift.Lines,
        ["drift"] = new JsonArray([.. drift.Found.Select(found => new JsonObject
        {
            ["part"] = found.Part.ToString(),
            ["table"] = found.Table?.ToString(),
            ["name"] = found.Names.Count > 0 ? found.Names[0] : null,
            ["message"] = found.Sentence,
        })]),
        ["held"] = new JsonArray([.. drift.Held.Select(HeldText.Json)]),
        ["apart"] = new JsonArray([.. drift.Apart.Select(table => new JsonObject { ["table"] = table.Name, ["context"] = table.Context })]),
        ["notes"] = new JsonArray([.. drift.Notes.Select(note => JsonValue.Create(note))]),
    }.ToJsonString();

    private static string Compared(Drift drift) => $"{"table".ToQuantity(drift.Tables)}{(drift.Lines is { } lines ? $" and {"line".ToQuantity(lines)} of the whole schema" : "")}";

    private static string Sentence(Drift drift, bool verbose)
    {
        var owned = drift.Apart.Where(table => table.Context is not null).GroupBy(table => table.Context!).Select(group => $"{group.Count()} of {group.Key}").ToArray();
        return $"Apart: {"table".ToQuantity(drift.Apart.Count)} the model does not know{(owned.Length > 0 ? $" ({string.Join(", ", owned)})" : "")}{(verbose ? ":" : "; --verbose names them.")}";
    }
}
