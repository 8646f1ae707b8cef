using System.Text;
using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Scaffolding;

/// <summary>A planned migration as C#: EF's own file for the interim model, with the planned steps as the bodies of <c>Up</c> and <c>Down</c>.</summary>
internal static class MigrationText
{
    /// <param name="skeleton">EF's file for the proposed operations.</param>
    /// <param name="mark">What the migration says of itself; null for an ordinary one.</param>
    public static string Of(string skeleton, IReadOnlyList<Step> up, IReadOnlyList<Step> down, PhaseMark? mark) =>
        WithBodies(skeleton, Body(up, mark), Body(down));

    public static string WithBodies(string skeleton, string up, string down) => WithBody(WithBody(skeleton, "Up", up), "Down", down);

    /// <summary>Statements, not indented.</summary>
    public static string Body(IReadOnlyList<Step> steps, PhaseMark? mark = null) =>
        string.Join("\n\n", steps.Select((step, at) => Statement(step, at == 0 ? mark : null)));

    private static string Statement(Step step, PhaseMark? mark)
    {
        var code = step switch
        {
            Emit emit => Annotated(emit.ClearDefault ? CodeEdits.WithoutArgument(emit.Operation.Code, "defaultValue", "defaultValueSql") : emit.Operation.Code, emit.Annotations),
            Rename { What: RenameTable rename } => RenameCall(rename),
            Rename { What: RenameColumn rename } => RenameCall(rename),
            Plans.Sql sql => SqlCall(sql.Text, sql.Suppressed),
            Fill fill => Annotated(SqlCall(fill.Text, suppressed: true), [(BackfillSpec.Annotation, Literal(JsonSerializer.Serialize(fill.Spec, SpecJson.Default.BackfillSpec)))]),
            _ => throw new InvalidOperationException($"There is no code for `{step.GetType().Name}`."),
        };
        if (mark is not null)
        {
            code = Annotated(code, [(PhaseMark.Annotation, Literal(JsonSerializer.Serialize(mark, SpecJson.Default.PhaseMark)))]);
        }
        return step.Comment is { } comment ? $"// {comment}\n{code}" : code;
    }

    private static string RenameCall(RenameColumn rename)
    {
        var schema = rename.Table.Schema is { } name ? $"\n    schema: {Literal(name)}," : "";
        return $"migrationBuilder.RenameColumn(\n    name: {Literal(rename.Name)},{schema}\n    table: {Literal(rename.Table.Name)},\n    newName: {Literal(rename.NewName)});";
    }

    private static string RenameCall(RenameTable rename)
    {
        string Schema(string argument, string? name) => name is null ? "" : $"\n    {argument}: {Literal(name)},";
        return $"migrationBuilder.RenameTable(\n    name: {Literal(rename.Table.Name)},{Schema("schema", rename.Table.Schema)}{Schema("newSchema", rename.NewName.Schema)}\n    newName: {Literal(rename.NewName.Name)});";
    }

    private static string SqlCall(string text, bool suppressed)
    {
        // More quotes around than inside, and the text's own indentation kept.
        var fence = new string('"', Math.Max(3, LongestQuotes(text) + 1));
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "" : $"    {line}");
        return $"migrationBuilder.Sql(\n    {fence}\n{string.Join('\n', lines)}\n    {fence}{(suppressed ? ", suppressTransaction: true" : "")});";
    }

    private static string Annotated(string code, IReadOnlyList<(string Name, string Value)> annotations)
    {
        var text = new StringBuilder(code.TrimEnd().TrimEnd(';'));
        foreach (var (name, value) in annotations)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n    .Annotation({Literal(name)}, {value})");
        }
        return text.Append(';').ToString();
    }

    private static string Literal(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    private static int LongestQuotes(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private static string WithBody(string file, string method, string body)
    {
        var newLine = file.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        var head = Array.FindIndex(lines, line => line.Contains($" {method}(MigrationBuilder ", StringComparison.Ordinal));
        var brace = lines[head + 1];
        var closing = Array.FindIndex(lines, head + 2, line => line == brace.Replace('{', '}'));
        var indent = new string(' ', brace.Length - 1 + 4);
        var inside = body.Length == 0 ? [] : body.Split('\n').Select(line => line.Length == 0 ? "" : indent + line);
        return string.Join(newLine, [.. lines[..(head + 2)], .. inside, .. lines[closing..]]);
    }
}
