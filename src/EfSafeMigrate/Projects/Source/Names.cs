using System.Collections.Frozen;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>What a name stands for: a variable, a constant of the class or of another class of the project, a member of the library.</summary>
internal sealed class Names(SourceRun run, Expressions expressions)
{
    /// <summary>In every migration: nobody has to look through the project for them.</summary>
    private static readonly FrozenSet<string> OfProviders =
    [
        "ReferentialAction", "DeleteBehavior", "DateTimeKind", "NullSortOrder", "NpgsqlValueGenerationStrategy", "SqlServerValueGenerationStrategy", "MySqlValueGenerationStrategy",
    ];

    private readonly HashSet<string> asked = [];

    public object? Of(IdentifierNameSyntax name, Frame frame)
    {
        var text = name.Identifier.ValueText;
        return frame.TryGet(text, out var value) ? Kept(value)
            : InHierarchy(frame.Class, text, frame) is { } member ? member.Value
            : name.Parent is not MemberAccessExpressionSyntax && run.Classes.Whole(frame.Class) is { } whole && Member(whole, text, frame) is { } other ? other.Value
            // A property of EF's Migration.
            : text == "ActiveProvider" ? run.Provider
            : new TypeName(text);
    }

    public object? Of(MemberAccessExpressionSyntax access, Frame frame)
    {
        var name = access.Name.Identifier.ValueText;
        var left = expressions.Of(access.Expression, frame);
        return left switch
        {
            TypeName type when type.Name == frame.Class.Name || access.Expression is ThisExpressionSyntax or BaseExpressionSyntax => InHierarchy(frame.Class, name, frame) is { } own ? own.Value : name == "ActiveProvider" ? run.Provider : new TypeName(name),
            TypeName type => OfType(type.Name, name, frame),
            MemberName type => OfType(type.Name, name, frame),
            Builder when name == "ActiveProvider" => run.Provider,
            Builder or OperationNode => run.NotFollowed(access, frame, $"`{name}` is followed only when it runs"),
            string text when name == "Length" => text.Length,
            Items items when name is "Length" or "Count" => items.Values.Count,
            _ => left as Unread ?? Unread.Computed,
        };
    }

    private static object? Kept(object? value) => value is Items { IsLost: true } ? Unread.Computed : value;

    /// <summary>A member of the class, of one it stands in, or of one it derives from; null where there is none.</summary>
    private (object? Value, bool Found)? InHierarchy(SourceClass holder, string name, Frame frame)
    {
        if (run.Below(holder).FirstOrDefault(below => below.Overrides(name)) is { } own)
        {
            return Member(own, name, frame);
        }
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
        if (run.Lists.TryGetValue(key, out var list))
        {
            return (Kept(list), true);
        }
        if (expression is null || !asked.Add(key))
        {
            return (Unread.Computed, true);
        }
        try
        {
            var value = expressions.Of(expression, new Frame(type, null, frame.Depth + 1));
            if (value is Items items)
            {
                run.Lists[key] = items;
            }
            return (value, true);
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
        if (OfProviders.Contains(type))
        {
            return new MemberName(type, name);
        }
        if (run.Classes.Find(type) is { } holder)
        {
            return InHierarchy(holder, name, frame) is { } member ? member.Value
                : holder.Parts.SelectMany(part => part.Members).OfType<BaseTypeDeclarationSyntax>().Any(nested => nested.Identifier.ValueText == name) ? new TypeName(name)
                : Unread.Computed;
        }
        // A namespace or a type of the library: nobody knows which, and either may be followed by more.
        return run.Classes.FindEnum(type) is { } declared ? new MemberName(type, name, declared.Members.Any(member => member.Identifier.ValueText == name))
            : run.Classes.Find(name) is not null ? new TypeName(name)
            : new MemberName(type, name);
    }
}
