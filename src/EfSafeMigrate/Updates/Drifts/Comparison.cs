using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Verifications;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>A live schema beside the model it should have and the migrations that made it.</summary>
/// <param name="Model">After the newest applied migration.</param>
/// <param name="Live">The tables that are there.</param>
/// <param name="Now">The whole schema, as lines.</param>
internal sealed record Comparison(LiveSchemaForms Forms, DatabaseModel Model, Lineage Lineage, DatabaseModel Live, Schema Now)
{
    /// <summary>Tables in whose middle somebody is: nothing is said of them.</summary>
    public IReadOnlyList<TableName> Unsettled { get; init; } = [];

    public bool OthersMigrate { get; init; }

    /// <param name="differences">From the model.</param>
    /// <param name="unproved">Indexes and constraints that are not valid.</param>
    /// <param name="then">The schema as it was kept; null for nothing to compare with.</param>
    public IReadOnlyList<Difference> Find(IEnumerable<Difference> differences, IReadOnlyList<Unproved> unproved, Schema? then)
    {
        List<Difference> found = [.. differences, .. Closer(), .. Missing()];
        var told = found.SelectMany(Subjects).ToHashSet();
        found.AddRange(Unproved(unproved).Where(each => !Subjects(each).Any(told.Contains)));
        told.UnionWith(found.SelectMany(Subjects));
        if (then is not null)
        {
            var gone = found.Where(each => each is { Part: ModelPart.Table, Names.Count: 0 } && Live.Find(each.Table!) is null).Select(each => Spoken(each.Table!)).ToHashSet();
            found.AddRange(new SinceThen(Ours(), Lineage, OthersMigrate).Of(then, Now)
                .Where(each => !Subjects(each).Any(told.Contains) && (each.Table is null || !gone.Contains(each.Table.Name))));
        }
        return [.. found.Where(each => each.Table is null || !Unsettled.Any(table => Spoken(table) == Spoken(each.Table)))];
    }

    /// <summary>Tables of nobody's model here; partitions are their parents'.</summary>
    public IReadOnlyList<string> Apart()
    {
        var ours = Ours();
        return [.. Now.Lines.Where(line => line.Kind == "table" && !ours.Contains(line.Name) && !line.Definition.StartsWith("PARTITION OF ", StringComparison.Ordinal)).Select(line => line.Name)];
    }

    private IEnumerable<Difference> Closer()
    {
        var lines = Now.Lines.Where(line => line.Owner is not null).ToLookup(line => line.Owner!);
        var (closer, strangers) = (new CloserComparison(Forms, Lineage), new Strangers(Lineage));
        return Model.Tables.SelectMany(table => Live.Find(table.Name) is { Kind: TableKind.Table } live && lines[live.Name.ToString()].ToArray() is var own
            ? closer.Of(table, live, [.. own.Where(line => line.Kind == "index")]).Concat(strangers.On(table, own)) : []);
    }

    private IEnumerable<Difference> Missing()
    {
        var triggers = Now.Lines.Where(line => line.Kind == "trigger").Select(line => (line.Owner, line.Name)).ToHashSet();
        return Lineage.IsPart ? [] : Lineage.Owed.Where(each => each.Trigger is null ? Live.Find(each.Owner) is null
                : Live.Find(each.Owner) is { } table && !triggers.Contains((table.Name.ToString(), each.Trigger)))
            .Select(each => each.Trigger is { } trigger
                ? new Difference(ModelPart.Trigger, $"the trigger {trigger} on {each.Owner} is not there, and {each.Migration} makes it") { Table = each.Owner, Names = [trigger] }
                : new Difference(ModelPart.View, $"the view {each.Owner} is not there, and {each.Migration} makes it") { Names = [Spoken(each.Owner)] });
    }

    private IEnumerable<Difference> Unproved(IReadOnlyList<Unproved> unproved)
    {
        var ours = Ours();
        return
            from each in unproved
            from line in Now.Lines.Where(line => line.Name == each.Name && line.Kind == each.Kind && line.Owner is { } owner && ours.Contains(owner))
            where each.Kind == "index" || !(Lineage.IsPart || Lineage.SaysTogether(each.Name, "VALID"))
            select new Difference(each.Kind == "index" ? ModelPart.Index : ModelPart.Other,
                $"the {each.Kind} {each.Name} on {line.Owner} {(each.Kind == "index" ? "is not valid" : "was never checked against the rows that were there")}") { Table = new(null, line.Owner!), Names = [each.Name] };
    }

    private HashSet<string> Ours() => [.. Model.Tables.Concat(Lineage.Model.Tables).Select(table => Spoken(table.Name))];

    /// <summary>As lines name it: the schema stands where it is not the connection's own.</summary>
    private string Spoken(TableName name) => (Live.Find(name)?.Name ?? name).ToString();

    private IEnumerable<(string? Table, string? Name)> Subjects(Difference difference)
    {
        var table = difference.Table is { } name ? Spoken(name) : null;
        return difference.Names.Count == 0 ? [(table, null)] : difference.Names.Select(each => (table, (string?)each));
    }
}
