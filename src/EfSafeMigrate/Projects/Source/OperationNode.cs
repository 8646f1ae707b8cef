using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <param name="Name">Null for an argument that stands at its place.</param>
internal sealed record Argument(string? Name, ExpressionSyntax Expression, object? Value);

/// <summary>A call of the builder's.</summary>
/// <param name="Name">EF's name of the operation.</param>
/// <param name="At">The builder in the source.</param>
internal sealed record OperationNode(string Name, SyntaxToken At)
{
    /// <summary>By EF's name of the parameter; where a method takes one or several, by the name of the one.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>();

    /// <summary>The type argument, as C# writes it.</summary>
    public string? Clr { get; init; }

    /// <summary>What the two lambdas of <c>CreateTable</c> say.</summary>
    public TableBuilder? Table { get; init; }

    public Dictionary<string, object?> Annotations { get; } = [];

    public Dictionary<string, object?> OldAnnotations { get; } = [];

    /// <summary>Why it is not read, as a clause; null for one that is.</summary>
    public string? Why { get; init; }

    /// <summary>The call, where it is not read.</summary>
    public string Text { get; init; } = "";

    public static OperationNode NotRead(string name, string text, string why, SyntaxToken at) => new(name, at) { Text = text, Why = why };

    /// <summary>False for a method that EF's operations do not have.</summary>
    public bool Annotated(string method, object?[] arguments)
    {
        if (method is not ("Annotation" or "OldAnnotation") || arguments is not [string name, var value])
        {
            return false;
        }
        (method == "Annotation" ? Annotations : OldAnnotations)[name] = value;
        return true;
    }

    public string? Said(string argument) => Arguments.GetValueOrDefault(argument) as string;
}
