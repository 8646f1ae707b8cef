using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Reads <c>BuildTargetModel</c> into entities.</summary>
internal sealed class ModelStatements(SourceClasses classes, Expressions expressions, Frame frame)
{
    private int depth;

    public Dictionary<string, EntityNode> Entities { get; } = [];

    public string? DefaultSchema { get; private set; }

    public int? LongestName { get; private set; }

    /// <summary>Enum types as annotations name them, with their values.</summary>
    public Dictionary<string, string> Enums { get; } = [];

    /// <summary>Something in it is known only when it runs.</summary>
    public bool IsIncomplete { get; private set; }

    public void Read(MethodDeclarationSyntax method)
    {
        var builder = method.ParameterList.Parameters.FirstOrDefault()?.Identifier.ValueText;
        if (method.ExpressionBody is { } body)
        {
            Model(body.Expression, builder);
        }
        foreach (var statement in method.Body?.Statements ?? default)
        {
            if (statement is ExpressionStatementSyntax { Expression: var expression })
            {
                Model(expression, builder);
            }
            else
            {
                IsIncomplete = true;
            }
        }
    }

    private void Model(ExpressionSyntax expression, string? builder)
    {
        if (CallChain.Of(expression) is not { } chain || chain.Root is not IdentifierNameSyntax root || root.Identifier.ValueText != builder)
        {
            Other(expression, builder);
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
                default:
                    break;
            }
        }
    }

    /// <summary>A provider's extension method called by its class, or a method of the project's that goes on with the model.</summary>
    private void Other(ExpressionSyntax expression, string? builder)
    {
        if (expression is not InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax given }, ..] arguments } call || given.Identifier.ValueText != builder)
        {
            IsIncomplete = true;
            return;
        }
        var (type, name) = call.Expression switch
        {
            MemberAccessExpressionSyntax { Expression: var on, Name: var method } => (on is BaseExpressionSyntax ? frame.Class.Base : on is ThisExpressionSyntax ? frame.Class.Name : on is NameSyntax simple ? SourceClass.NameOf(simple) : "", method.Identifier.ValueText),
            SimpleNameSyntax own => (frame.Class.Name, own.Identifier.ValueText),
            _ => ("", ""),
        };
        if (name == "HasPostgresEnum")
        {
            PostgresEnum(new ChainedCall(name, null, arguments));
        }
        else if (type is { Length: > 0 } && (type == frame.Class.Name ? frame.Class : classes.Find(type)) is { } holder)
        {
            IsIncomplete |= arguments.Count > 1 || ++depth > 8 || holder.Method(name, 1) is null;
            if (!IsIncomplete)
            {
                Read(holder.Method(name, 1)!);
            }
        }
        else
        {
            IsIncomplete |= !(type ?? "").EndsWith("Extensions", StringComparison.Ordinal);
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
