using EfSafeMigrate.Projects.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>What a snapshot or a Designer says of a model, statement by statement; their order and their layout say nothing.</summary>
/// <param name="ByKey">What is said about each thing, by a name that stays the same when something else is said about it.</param>
internal sealed record SnapshotModel(IReadOnlyDictionary<string, SnapshotStatement> ByKey)
{
    private static readonly string[] Blocks = ["Entity", "OwnsOne", "OwnsMany", "ComplexProperty", "ComplexCollection"];

    /// <summary>Two models are the same text far more often than not, and that is seen without parsing.</summary>
    public static bool SameText(string one, string other) => Body(one) is { } body && body == Body(other);

    /// <summary>Lines came in between, and none is gone: that is seen without parsing, too.</summary>
    public static bool OnlyGrew(string before, string now)
    {
        var later = now.AsSpan().EnumerateLines();
        foreach (var line in before.AsSpan().EnumerateLines())
        {
            var wanted = line.Trim();
            bool found;
            do
            {
                found = later.MoveNext();
            }
            while (found && !later.Current.Trim().SequenceEqual(wanted));
            if (!found)
            {
                return false;
            }
        }
        return true;
    }

    public static SnapshotModel? Of(string text)
    {
        var method = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes(node => node is not MethodDeclarationSyntax).OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(method => method.Identifier.Text is "BuildModel" or "BuildTargetModel");
        if (method?.Body is not { } body)
        {
            return null;
        }
        var found = new Dictionary<string, SnapshotStatement>();
        Read(body, new("", "", ""), found);
        return new(found);
    }

    /// <summary>What this says, and the other says otherwise or not at all.</summary>
    public IReadOnlyList<SnapshotStatement> Beyond(SnapshotModel other) =>
        [.. ByKey.Where(each => other.ByKey.GetValueOrDefault(each.Key)?.Text != each.Value.Text).Select(each => each.Value).OrderBy(statement => statement.Line)];

    private static void Read(BlockSyntax block, Place place, Dictionary<string, SnapshotStatement> found)
    {
        foreach (var statement in block.Statements.OfType<ExpressionStatementSyntax>())
        {
            if (statement.Expression is not InvocationExpressionSyntax call)
            {
                continue;
            }
            var (name, arguments) = Innermost(call);
            var inner = call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<LambdaExpressionSyntax>().FirstOrDefault()?.Block;
            var line = statement.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            if (inner is not null && Blocks.Contains(name) && call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax })
            {
                var below = place.Within(name, arguments);
                Add(found, new SnapshotStatement(below.Path, below.Entity, null, name == "Entity" ? "" : name, line));
                Read(inner, below, found);
            }
            else if (!(name == "HasAnnotation" && arguments is ["ProductVersion", ..]))
            {
                var property = name is "Property" or "PrimitiveCollection" ? arguments.FirstOrDefault() : null;
                var key = name is "Property" or "PrimitiveCollection" or "HasKey" or "ToTable" or "ToView" ? $"{place.Path}/{name} {property}" : $"{place.Path}/{name} {string.Join(',', arguments)}";
                Add(found, new SnapshotStatement(key, place.Entity, property, name is "ToTable" or "ToView" ? WithoutNoSchema(Tokens(call)) : Tokens(call), line) { Call = name });
            }
        }
    }

    /// <summary>An entity stands in several blocks, and may say the same of itself twice.</summary>
    private static void Add(Dictionary<string, SnapshotStatement> found, SnapshotStatement statement) =>
        found[statement.Key] = found.TryGetValue(statement.Key, out var before) && before.Text != statement.Text ? before with { Text = $"{before.Text}\n{statement.Text}" } : before ?? statement;

    /// <summary>The call that a chain begins with, and what it is given.</summary>
    private static (string Name, string[] Arguments) Innermost(InvocationExpressionSyntax call)
    {
        while (call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax before })
        {
            call = before;
        }
        var name = call.Expression is MemberAccessExpressionSyntax member ? member.Name.Identifier.Text : call.Expression.ToString();
        return (name, [.. call.ArgumentList.Arguments.Where(argument => argument.Expression is not LambdaExpressionSyntax)
            .Select(argument => argument.Expression is LiteralExpressionSyntax literal ? literal.Token.ValueText : argument.Expression.ToString())]);
    }

    private static string Tokens(SyntaxNode node) => string.Join(' ', node.DescendantTokens().Select(token => token.Text.ReplaceLineEndings("\n")));

    /// <summary>EF says that there is no schema, or says nothing of it, as the model was made.</summary>
    private static string WithoutNoSchema(string tokens) => tokens.Replace(" , ( string ) null", "", StringComparison.Ordinal);

    private static string? Body(string text)
    {
        var at = text.IndexOf("(ModelBuilder ", StringComparison.Ordinal);
        return at < 0 ? null : text[at..].ReplaceLineEndings("\n");
    }

    private sealed record Place(string Path, string Entity, string Kind)
    {
        public Place Within(string name, string[] arguments) =>
            new($"{Path}/{string.Join(',', arguments)}", name == "Entity" ? Short(arguments.FirstOrDefault() ?? "") : $"{Entity}.{arguments.LastOrDefault()}", name);

        private static string Short(string type) => type[(type.LastIndexOfAny(['.', '+']) + 1)..];
    }
}

/// <param name="Entity">The entity's name without its namespace; empty for what is said of the whole model.</param>
/// <param name="Property">Null when it is not about one property.</param>
/// <param name="Text">Its words, one space between them.</param>
/// <param name="Line">One-based.</param>
internal sealed record SnapshotStatement(string Key, string Entity, string? Property, string Text, int Line)
{
    /// <summary>The first call of the chain; empty for an entity as a whole.</summary>
    public string Call { get; init; } = "";

    /// <summary>As a person names it.</summary>
    public string Subject => (Entity, Property, Call) switch
    {
        ("", _, var call) => $"{call} of the model",
        (var entity, { } property, _) => $"{entity}.{property}",
        (var entity, _, "") => entity,
        (var entity, _, "HasKey") => $"the key of {entity}",
        (var entity, _, "HasIndex") => $"an index of {entity}",
        (var entity, _, "HasOne" or "HasMany" or "Navigation" or "WithOwner") => $"a relationship of {entity}",
        (var entity, _, "ToTable" or "ToView") => $"the table of {entity}",
        (var entity, _, "HasData") => $"the seed rows of {entity}",
        var (entity, _, call) => $"{call} of {entity}",
    };

    public static IReadOnlyList<string> Subjects(IEnumerable<SnapshotStatement> statements)
    {
        var all = statements.ToArray();
        // Of a whole entity that is new, its parts are not named as well.
        var whole = all.Where(statement => statement is { Call: "", Property: null }).Select(statement => statement.Entity).ToHashSet();
        return [.. all.Where(statement => !whole.Contains(statement.Entity) || statement is { Call: "", Property: null }).Select(statement => statement.Subject).Distinct()];
    }
}
