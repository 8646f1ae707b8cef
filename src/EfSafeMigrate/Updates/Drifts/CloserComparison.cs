using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Verifications;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>
/// What columns and indexes have beyond the model, or in other words than it: collations, comments, defaults, numbers, filters. What a step of the
/// migrations may have left there is nobody's fault.
/// </summary>
internal sealed class CloserComparison(LiveSchemaForms forms, Lineage lineage)
{
    /// <param name="live">The same table, as it is there.</param>
    /// <param name="indexes">Its indexes as lines.</param>
    public IEnumerable<Difference> Of(Table model, Table live, IReadOnlyList<SchemaLine> indexes) =>
    [
        .. forms.TellsWording && Wording(model.Comment, live.Comment) is { } how ? [new Difference(ModelPart.Table, $"the table {model.Name} {how}") { Table = model.Name }] : Array.Empty<Difference>(),
        .. model.Columns.SelectMany(column => live.Column(column.Name) is { } found
            ? Of(column, found).Select(difference => new Difference(ModelPart.Column, $"the column {model.Name}.{column.Name} {difference}") { Table = model.Name, Names = [column.Name] })
            : []),
        .. model.Indexes.Where(index => index.Filter is null && !lineage.Says(index.Name)
                && indexes.Any(line => line.Name == index.Name && line.Definition.Contains(" WHERE ", StringComparison.Ordinal)))
            .Select(index => new Difference(ModelPart.Index, $"the index {index.Name} on {model.Name} is only over some rows, and the model says over all") { Table = model.Name, Names = [index.Name] }),
    ];

    private IEnumerable<string> Of(Column model, Column live)
    {
        if (forms.TellsWording && Collated(model, live) is { } sorted)
        {
            yield return sorted;
        }
        if (forms.TellsWording && Wording(model.Comment, live.Comment) is { } worded)
        {
            yield return worded;
        }
        if (lineage.IsPart || model.ComputedSql is not null || live.ComputedSql is not null)
        {
            yield break;
        }
        if (model is { Default: null, Identity: false } && live is { Default: { } given, Identity: false } && given.Sql != "NULL" && !lineage.EverGave(model.Name))
        {
            yield return $"has the default {given.Sql}, and the model has none";
        }
        if (model is { Default: null, Identity: false } && live.Identity && !lineage.EverNumbered(model.Name) && !lineage.EverGave(model.Name))
        {
            yield return "is numbered by the database, and the model says that it is not";
        }
    }

    private string? Collated(Column model, Column live) =>
        model.Collation is { } said ? said == "default" || said == live.Collation || said == live.UsualCollation || said.EndsWith($".{live.Collation}", StringComparison.Ordinal) ? null
            : $"has {(live.Collation is null ? "no collation of its own" : $"the collation {live.Collation}")}, and the model says {said}"
        : live.Collation is not { } given || lineage.IsPart || lineage.Says(given) || IsOfCharset(model, live) ? null
        : $"has the collation {given}, and the model has none";

    /// <summary>The model says a character set, and this is what it comes to.</summary>
    private static bool IsOfCharset(Column model, Column live) =>
        model.Charset is { } charset && live.Collation == live.UsualCollation && live.Collation!.StartsWith($"{charset}_", StringComparison.OrdinalIgnoreCase);

    private string? Wording(string? model, string? live) =>
        Lines(model) == Lines(live) ? null
        : model is null ? lineage.IsPart || lineage.SaysTogether("COMMENT", "ON") ? null : $"has the comment `{live}`, and the model has none"
        : live is null ? $"has no comment, and the model says `{model}`"
        : lineage.SaysTogether("COMMENT", "ON") ? null : $"has the comment `{live}`, and the model says `{model}`";

    private static string? Lines(string? text) => text is not { Length: > 0 } ? null : text.ReplaceLineEndings("\n");
}
