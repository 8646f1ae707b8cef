using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Verifications;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>What has changed since the schema was kept: on tables of the migrations, and what stands by itself. Other tables are others' to change.</summary>
/// <param name="tables">Tables and views of the model and of the migrations, as lines name them.</param>
/// <param name="othersMigrate">Other contexts' migrations make things of their own there.</param>
internal sealed class SinceThen(IReadOnlySet<string> tables, Lineage lineage, bool othersMigrate)
{
    public IEnumerable<Difference> Of(Schema then, Schema now) => SchemaDiff.Of(then, now).Where(IsOurs).Select(changed => new Difference(PartOf(changed.Line.Kind), changed.Clause)
    {
        Table = changed.Line.Kind == "table" ? Name(changed.Line.Name) : changed.Line.Owner is { } owner ? Name(owner) : null,
        Names = changed.Line.Kind == "table" ? [] : [changed.Line.Name],
    });

    private bool IsOurs(SchemaDifference changed) => changed.Line switch
    {
        { Owner: { } owner } => tables.Contains(owner),
        { Kind: "table" } line => tables.Contains(line.Name),
        // An extension is brought up to date by whoever runs the server.
        { Kind: "extension" or "schema" } => changed.After is null,
        { Kind: "sequence" } line when OwnerOf(line) is { } owner => tables.Contains(owner),
        var line => !othersMigrate || lineage.Says(line.Name.Split('(')[0].Split('.')[^1]),
    };

    private static string? OwnerOf(SchemaLine sequence)
    {
        const string Owned = " OWNED BY ";
        return sequence.Definition.IndexOf(Owned, StringComparison.Ordinal) is >= 0 and var at && sequence.Definition[(at + Owned.Length)..] is var column && column.LastIndexOf('.') is > 0 and var dot
            ? column[..dot].Replace("\"", "", StringComparison.Ordinal) : null;
    }

    private static TableName Name(string spoken) => new(null, spoken);

    private static ModelPart PartOf(string kind) => kind switch
    {
        "table" => ModelPart.Table,
        "column" => ModelPart.Column,
        "index" => ModelPart.Index,
        "trigger" => ModelPart.Trigger,
        "view" or "materialized view" => ModelPart.View,
        _ => ModelPart.Other,
    };
}
