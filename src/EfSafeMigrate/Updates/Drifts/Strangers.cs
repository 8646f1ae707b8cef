using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Verifications;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>What is on a table of the model and was made by other hands: neither the model nor any migration's SQL has it.</summary>
internal sealed class Strangers(Lineage lineage)
{
    /// <param name="lines">All that belongs to the table.</param>
    public IEnumerable<Difference> On(Table model, IEnumerable<SchemaLine> lines)
    {
        if (lineage.IsPart || lineage.LeavesOpen(model.Name))
        {
            return [];
        }
        var made = lineage.Model.Find(model.Name);
        return lines.Where(line => line.Name.Length > 0 && IsStrange(line, model, made) && !lineage.Says(line.Name) && !(line.Kind == "index" && lineage.EverReferred(line.Name)))
            .Select(line => new Difference(PartOf(line), $"the {Spoken(line)} {(line.Kind == "column" ? $"{model.Name}.{line.Name}" : $"{line.Name} on {model.Name}")} is there, and no applied migration makes it")
            {
                Table = model.Name, Names = [line.Name],
            });
    }

    private static bool IsStrange(SchemaLine line, Table model, Table? made) => line.Kind switch
    {
        "column" => model.Column(line.Name) is null && made?.Column(line.Name) is null,
        "index" => !Names(model).Concat(Names(made)).Contains(line.Name),
        "trigger" => !model.Triggers.Concat(made?.Triggers ?? []).Contains(line.Name),
        // A name of the server's own is given where a statement gives none; EF's primary key may be called in any way.
        "constraint" => !line.Definition.StartsWith("PRIMARY KEY", StringComparison.Ordinal) && !Names(model).Concat(Names(made)).Contains(line.Name) && !HasUnnamed(line, made),
        "policy" or "rule" => true,
        _ => false,
    };

    private static IEnumerable<string?> Names(Table? table) => table is null ? [] :
    [
        table.PrimaryKey?.Name, .. table.UniqueConstraints.Select(key => key.Name), .. table.Indexes.Select(index => index.Name), .. table.ForeignKeys.Select(key => key.Name),
        .. table.Checks.Select(check => check.Name), .. table.NotNulls.Select(check => check.Name),
    ];

    private static bool HasUnnamed(SchemaLine line, Table? made) => made is not null && (
        line.Definition.StartsWith("CHECK", StringComparison.Ordinal) ? made.Checks.Any(check => check.Name is null)
        : line.Definition.StartsWith("FOREIGN KEY", StringComparison.Ordinal) ? made.ForeignKeys.Any(key => key.Name is null)
        : line.Definition.StartsWith("UNIQUE", StringComparison.Ordinal) && made.UniqueConstraints.Any(key => key.Name is null));

    private static string Spoken(SchemaLine line) => line.Kind != "constraint" ? line.Kind : PartOf(line) switch
    {
        ModelPart.ForeignKey => "foreign key",
        ModelPart.Check => "check",
        ModelPart.Key => "unique key",
        _ => "constraint",
    };

    private static ModelPart PartOf(SchemaLine line) => line.Kind switch
    {
        "column" => ModelPart.Column,
        "index" => ModelPart.Index,
        "trigger" => ModelPart.Trigger,
        "constraint" when line.Definition.StartsWith("FOREIGN KEY", StringComparison.Ordinal) => ModelPart.ForeignKey,
        "constraint" when line.Definition.StartsWith("CHECK", StringComparison.Ordinal) => ModelPart.Check,
        "constraint" when line.Definition.StartsWith("UNIQUE", StringComparison.Ordinal) => ModelPart.Key,
        _ => ModelPart.Other,
    };
}
