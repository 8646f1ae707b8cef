using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>One thing that is not as it was.</summary>
/// <param name="Before">Null for what is new.</param>
/// <param name="After">Null for what is gone.</param>
internal sealed record SchemaDifference(SchemaLine? Before, SchemaLine? After)
{
    private const int Shown = 160;

    public SchemaLine Line => Before ?? After!;

    /// <summary>As a clause: <c>the index ix on orders is missing</c>.</summary>
    public string Clause => (Before, After) switch
    {
        ({ } gone, null) => $"the {Spoken(gone)} is missing{(gone.Definition.Length > 0 && gone.Kind is "column" or "constraint" ? $" ({Short(gone.Definition)})" : "")}",
        (null, { } come) => $"the {Spoken(come)} is there and was not{(come.Definition.Length > 0 && come.Kind is "column" or "constraint" ? $" ({Short(come.Definition)})" : "")}",
        _ => $"the {Spoken(Before!)} is `{Short(After!.Definition)}` and was `{Short(Before!.Definition)}`",
    };

    private static string Spoken(SchemaLine line) => line.Name.Length > 0 ? $"{line.Kind} {line.FullName}" : $"{line.Kind} on {line.Owner}";

    private static string Short(string definition)
    {
        var line = string.Join(' ', definition.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "plain" : line.Length <= Shown ? line : $"{line[..(Shown - 1)]}…";
    }
}

internal static class SchemaDiff
{
    /// <summary>What is not as it was; of a table that is new or gone, the table alone.</summary>
    public static IReadOnlyList<SchemaDifference> Of(Schema before, Schema after)
    {
        var (gone, come) = (before.Lines.Except(after.Lines).ToList(), after.Lines.Except(before.Lines).ToList());
        List<SchemaDifference> found = [];
        foreach (var line in gone)
        {
            var changed = come.FirstOrDefault(each => each.Kind == line.Kind && each.Owner == line.Owner && each.Name == line.Name);
            if (changed is not null)
            {
                come.Remove(changed);
            }
            found.Add(new(line, changed));
        }
        found.AddRange(come.Select(line => new SchemaDifference(null, line)));
        var whole = found.Where(each => (each.Before is null || each.After is null) && each.Line.Owner is null).Select(each => (each.Line.Name, IsNew: each.Before is null)).ToHashSet();
        return [.. found.Where(each => each.Line.Owner is not { } owner || !whole.Contains((owner, each.Before is null)))];
    }
}
