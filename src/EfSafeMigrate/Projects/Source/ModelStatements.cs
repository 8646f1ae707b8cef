using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Reads <c>BuildTargetModel</c> into entities.</summary>
internal sealed class ModelStatements(Expressions expressions, Frame frame)
{
    public Dictionary<string, EntityNode> Entities { get; } = [];

    public string? DefaultSchema { get; private set; }

    public int? LongestName { get; private set; }

    /// <summary>Enum types as annotations name them, with their values.</summary>
    public Dictionary<string, string> Enums { get; } = [];

    public void Read(MethodDeclarationSyntax method)
    {
        if (method.ExpressionBody is { } body)
        {
            Model(body.Expression);
        }
        foreach (var statement in method.Body?.Statements ?? default)
        {
            if (statement is ExpressionStatementSyntax { Expression: var expression })
            {
                Model(expression);
            }
        }
    }

    private void Model(ExpressionSyntax expression)
    {
        if (CallChain.Of(expression) is not { } chain)
        {
            return;
        }
        foreach (var call in chain.Calls)
        {
            switch (call.Name)
            {
                case "Entity" or "SharedTypeEntity" when Text(call, 0) is { } name:
                    if (!Entities.TryGetValue(name, out var entity))
                    {
                        Entities[name] = entity = new(name);
                    }
                    new EntityStatements(entity, expressions, frame).Read(call);
                    break;
                case "HasDefaultSchema":
                    DefaultSchema = Text(call, 0);
                    break;
                case "HasAnnotation" when Text(call, 0) is { } annotation:
                    Annotated(annotation, call);
                    break;
                case "HasPostgresEnum":
                    PostgresEnum(call);
                    break;
                default:
                    break;
            }
        }
    }

    private void Annotated(string annotation, ChainedCall call)
    {
        if (annotation == "Relational:MaxIdentifierLength" && Value(call, 1) is int length)
        {
            LongestName = length;
        }
        else if (annotation.StartsWith("Npgsql:Enum:", StringComparison.Ordinal) && Text(call, 1) is { } labels)
        {
            Enums[annotation["Npgsql:Enum:".Length..]] = labels;
        }
    }

    private void PostgresEnum(ChainedCall call)
    {
        var values = call.Arguments.Skip(1).Select(argument => expressions.Of(argument.Expression, frame)).ToArray();
        var names = values.OfType<string>().ToArray();
        if (values.OfType<Items>().FirstOrDefault() is { } labels && names.Length > 0)
        {
            Enums[string.Join('.', names)] = string.Join(",", labels.Values.OfType<string>());
        }
    }

    private object? Value(ChainedCall call, int at) => at < call.Arguments.Count ? expressions.Of(call.Arguments[at].Expression, frame) : null;

    private string? Text(ChainedCall call, int at) => Value(call, at) as string;
}
