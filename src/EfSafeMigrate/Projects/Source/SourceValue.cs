using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Projects.Source;

// What an expression is worth is an ordinary object where C# has one: text, numbers, dates. The rest stands here.

/// <summary>Known only when the code runs; <paramref name="Why"/> is a clause.</summary>
internal sealed record Unread(string Why)
{
    public static readonly Unread Computed = new("it is computed when it runs");
}

/// <summary>A member of a type that is not the project's, or an enum's member: <c>ReferentialAction.Cascade</c>.</summary>
/// <param name="OfEnum">It is a member of an enum of the project: its text is its name.</param>
internal sealed record MemberName(string Type, string Name, bool OfEnum = false);

/// <summary><c>typeof(T)</c>, or a name that stands for a type.</summary>
internal sealed record TypeName(string Name);

/// <summary>An array or a list: one thing, however many names it has.</summary>
internal sealed class Items(IEnumerable<object?> values)
{
    private readonly List<object?> held = [.. values];

    public IReadOnlyList<object?> Values => held;

    /// <summary>Something was done to it that was not followed.</summary>
    public bool IsLost { get; set; }

    public void Add(IEnumerable<object?> more) => held.AddRange(more);
}

/// <summary>An array of rows.</summary>
internal sealed record Grid(IReadOnlyList<Items> Rows);

/// <summary>A stream or a reader over a file's text.</summary>
internal sealed record OpenText(string Text);

/// <summary>A method, a local function or a lambda.</summary>
/// <param name="Body">A block, or an expression.</param>
/// <param name="Closure">Whose variables it sees; null for a method.</param>
internal sealed record Function(string Name, IReadOnlyList<string> Parameters, IReadOnlyList<Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionSyntax?> Defaults, CSharpSyntaxNode Body, Frame? Closure, SourceClass Class)
{
    /// <summary>Its last parameter takes all arguments that are left.</summary>
    public bool IsParams { get; init; }

    /// <summary>Why it is not followed, where its body is there; a clause.</summary>
    public string? Why { get; init; }
}

/// <summary>The <c>MigrationBuilder</c>.</summary>
internal sealed record Builder
{
    public static readonly Builder Value = new();
}

/// <summary>The variables of one call.</summary>
internal sealed class Frame(SourceClass holder, Frame? outer, int depth)
{
    private readonly Dictionary<string, object?> values = [];

    /// <summary>The class whose members it sees.</summary>
    public SourceClass Class => holder;

    public int Depth => depth;

    /// <summary>What the function has returned.</summary>
    public object? Result { get; set; }

    public IEnumerable<string> Names => values.Keys.Concat(outer?.Names ?? []);

    public bool TryGet(string name, out object? value) =>
        values.TryGetValue(name, out value) || (outer is not null && outer.TryGet(name, out value));

    public void Declare(string name, object? value) => values[name] = value;

    public void Assign(string name, object? value)
    {
        if (outer is not null && !values.ContainsKey(name) && outer.TryGet(name, out _))
        {
            outer.Assign(name, value);
            return;
        }
        values[name] = value;
    }
}
