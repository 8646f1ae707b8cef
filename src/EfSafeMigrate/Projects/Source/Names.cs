using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>What a name stands for: a variable, a constant of the class or of another class of the project, a member of the library.</summary>
internal sealed class Names(SourceRun run, Expressions expressions)
{
    private readonly HashSet<string> asked = [];

    public object? Of(IdentifierNameSyntax name, Frame frame)
    {
        var text = name.Identifier.ValueText;
        return frame.TryGet(text, out var value) ? value
            : InHierarchy(frame.Class, text, frame) is { } member ? member.Value
            : new TypeName(text);
    }

    public object? Of(MemberAccessExpressionSyntax access, Frame frame)
    {
        var name = access.Name.Identifier.ValueText;
        var left = expressions.Of(access.Expression, frame);
        return left switch
        {
            TypeName type when type.Name == frame.Class.Name || access.Expression is ThisExpressionSyntax or BaseExpressionSyntax => InHierarchy(frame.Class, name, frame) is { } own ? own.Value : new TypeName(name),
            TypeName type => OfType(type.Name, name, frame),
            MemberName type when Library.Member(type.Name, name) is { } known => known,
            Builder when name == "ActiveProvider" => run.Provider,
            Builder or OperationNode => run.NotFollowed(access, frame, $"`{name}` is followed only when it runs"),
            string text when name == "Length" => text.Length,
            Items items when name is "Length" or "Count" => items.Values.Count,
            _ => left as Unread ?? Unread.Computed,
        };
    }

    /// <summary>A member of the class, of one it stands in, or of one it derives from; null where there is none.</summary>
    private (object? Value, bool Found)? InHierarchy(SourceClass holder, string name, Frame frame)
    {
        var type = holder;
        for (var up = 0; type is not null && up < 8; up++)
        {
            if (Member(type, name, frame) is { } found)
            {
                return found;
            }
            var around = type.Parts[0].Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault();
            type = around is not null ? new(around.Identifier.ValueText, [around])
                : type.Base is { } parent && parent is not ("Migration" or "object") ? run.Classes.Find(parent) : null;
        }
        return null;
    }

    private (object? Value, bool Found)? Member(SourceClass type, string name, Frame frame)
    {
        var (found, expression) = type.Member(name);
        if (!found)
        {
            return null;
        }
        var key = $"{type.Name}.{name}";
        if (expression is null || !asked.Add(key))
        {
            return (Unread.Computed, true);
        }
        try
        {
            return (expressions.Of(expression, new Frame(type, null, frame.Depth + 1)), true);
        }
        finally
        {
            asked.Remove(key);
        }
    }

    private object? OfType(string type, string name, Frame frame)
    {
        if (Library.Member(type, name) is { } known)
        {
            return known;
        }
        if (run.Classes.Find(type) is { } holder)
        {
            return InHierarchy(holder, name, frame) is { } member ? member.Value
                : holder.Parts.SelectMany(part => part.Members).OfType<BaseTypeDeclarationSyntax>().Any(nested => nested.Identifier.ValueText == name) ? new TypeName(name)
                : Unread.Computed;
        }
        // A namespace or a type of the library: nobody knows which, and either may be followed by more.
        return new MemberName(type, name) is var member2 && run.Classes.FindEnum(type) is null && run.Classes.Find(name) is not null ? new TypeName(name) : member2;
    }
}
