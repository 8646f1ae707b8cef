using System.Globalization;
using System.Text;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>The way of the migrations and the touched tables, as diagrams that GitHub and GitLab draw.</summary>
internal static class Diagrams
{
    private const int MostColumns = 20;

    public static string Phases(Rollout rollout)
    {
        var text = new StringBuilder("flowchart TD\n    old([\"the old release runs\"])\n");
        var (last, number) = ("old", 0);
        foreach (var (run, at) in rollout.Runs.Select((run, at) => (run, at)))
        {
            foreach (var wait in Waits(run, at))
            {
                text.Append(CultureInfo.InvariantCulture, $"    wait{number}{{{{\"{Mermaid.Label(wait)}\"}}}}\n    {last} --> wait{number}\n");
                last = $"wait{number++}";
            }
            text.Append(CultureInfo.InvariantCulture, $"    subgraph run{at} [\"{Mermaid.Label(string.Join(' ', ["apply", .. run.Reach]))}\"]\n");
            var nodes = Nodes(run).Select((lines, node) => (Id: $"m{at}x{node}", Lines: lines)).ToArray();
            foreach (var (id, lines) in nodes)
            {
                text.Append(CultureInfo.InvariantCulture, $"        {id}[\"{string.Join("<br/>", lines.Where(line => line.Length > 0).Select(Mermaid.Label))}\"]\n");
            }
            text.Append("    end\n");
            foreach (var (id, _) in nodes)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {last} --> {id}\n");
                last = id;
            }
        }
        return text.ToString();
    }

    public static string Tables(IReadOnlyList<ChangedTable> tables)
    {
        var text = new StringBuilder("erDiagram\n");
        foreach (var (table, at) in tables.Select((table, at) => (table, at)))
        {
            text.Append(CultureInfo.InvariantCulture, $"    t{at}[\"{Mermaid.Label($"{table.Name}")}\"] {{\n");
            foreach (var column in table.Columns.OrderByDescending(column => column.IsChanged).Take(MostColumns))
            {
                var shown = column.After ?? column.Before!;
                var key = (table.After ?? table.Before)!.PrimaryKey?.Columns.Contains(column.Name) == true ? " PK" : "";
                var note = string.Join(": ", new[] { column.Verdict, Mermaid.Word(column.Name) == column.Name ? "" : column.Name }.Where(part => part.Length > 0));
                text.Append(CultureInfo.InvariantCulture, $"        {Mermaid.Word(shown.Type)} {Mermaid.Word(column.Name)}{key}{(note.Length > 0 ? $" \"{Mermaid.Label(note)}\"" : "")}\n");
            }
            text.Append("    }\n");
        }
        foreach (var (child, parent, name) in Links(tables))
        {
            text.Append(CultureInfo.InvariantCulture, $"    t{parent} ||--o{{ t{child} : \"{Mermaid.Label(name)}\"\n");
        }
        return text.ToString();
    }

    private static IEnumerable<(int Child, int Parent, string Name)> Links(IReadOnlyList<ChangedTable> tables) =>
        from child in Enumerable.Range(0, tables.Count)
        from key in tables[child].After?.ForeignKeys ?? []
        let parent = tables.ToList().FindIndex(table => table.After?.Name.Matches(key.Principal) == true)
        where parent >= 0
        select (child, parent, key.Name ?? string.Join(", ", key.Columns));

    private static IEnumerable<string> Waits(RolloutRun run, int at) => run.IsContract
        ? [at > 0 ? "deploy the new release; wait until the old one is gone" : "wait until the old release is gone", .. run.Held is { } held ? [$"contract {held.Name}"] : Array.Empty<string>()]
        : [];

    private static IEnumerable<string[]> Nodes(RolloutRun run) => run.Held is { } held
        ? held.Migrations.Select(migration => new[] { $"{held.Name}{migration.Suffix}" }.Concat(migration.Summary).ToArray())
        : run.Migrations.Select(migration => new[] { migration.Name }.Concat(Deeds.Of(migration.Judged)).Append(Deeds.Cost(migration.Judged)).ToArray());
}
