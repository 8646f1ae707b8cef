using System.ComponentModel;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Reports;

/// <summary>What the code uses, in the JSON document.</summary>
internal sealed record CodeUsesDocument(
    [property: Description("How many files were read.")] int Files,
    [property: Description("Projects whose packages are not restored: less of their code is understood.")] IReadOnlyList<string> Unrestored,
    [property: Description("The tables and columns that the changes touch, also those that nothing uses.")] IReadOnlyList<TouchedDocument> Touched)
{
    public static CodeUsesDocument? Of(Review review) => review.CodeUses is not { } uses ? null
        : new(uses.Files, uses.Unrestored, [.. uses.Touched.Select(touched => TouchedDocument.Of(touched, uses.Of(touched), review.Folder))]);
}

internal sealed record TouchedDocument(
    [property: Description("The id of the migration.")] string Migration,
    string Table,
    [property: Description("Null where the table as such is touched.")] string? Column,
    [property: SpelledAs(typeof(Touch)), Description("What happens to it.")] string Change,
    [property: Description("The name or the type afterwards, where it gets another.")] string? Becomes,
    [property: Description("By part of the application, file and line.")] IReadOnlyList<CodeUseDocument> Uses)
{
    public static TouchedDocument Of(TouchedName touched, IReadOnlyList<CodeUse> uses, ReviewedFolder folder) => new(
        touched.Migration, $"{touched.Table}", touched.Column, JsonReport.Word(touched.Touch), touched.NewName ?? touched.NewType, [.. uses.Select(use => CodeUseDocument.Of(use, folder))]);
}

internal sealed record CodeUseDocument(
    [property: Description("The file from the root of the repository.")] string File,
    [property: Description("One-based; of a text of several lines, where it begins.")] int Line,
    [property: SpelledAs(typeof(UseKind)), Description("How the code uses it.")] string Kind,
    [property: SpelledAs(typeof(CodePlace)), Description("The part of the application.")] string Place,
    [property: Description("The line of code.")] string Text,
    [property: Description("What must change before the expand phase; null where nothing must.")] string? BeforeExpand,
    [property: Description("What must change while both shapes live.")] string? Between,
    [property: Description("What must hold before the contract phase.")] string? BeforeContract)
{
    public static CodeUseDocument Of(CodeUse use, ReviewedFolder folder) => new(
        folder.PathOf(use.File), use.Line, JsonReport.Word(use.Kind), JsonReport.Word(use.Place), PlainText.Line(use.Text), use.Duties.BeforeExpand, use.Duties.Between, use.Duties.BeforeContract);
}
