using System.Collections.Frozen;
using System.Text.RegularExpressions;
using EfSafeMigrate.Projects.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>Finds the application's own classes in a migration: its context, or an entity that the migration's Designer names.</summary>
internal static partial class LiveModel
{
    private static readonly FrozenSet<string> OfEf =
    [
        "migrationBuilder", "table", "x", "MigrationBuilder", "ReferentialAction", "NpgsqlValueGenerationStrategy", "MySqlValueGenerationStrategy", "SqlServerValueGenerationStrategy",
        "DateTime", "DateTimeKind", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Guid",
    ];

    /// <returns>The first use, or null.</returns>
    /// <param name="designer">The file that names the entities; where none is known, the one beside.</param>
    public static (string Name, int Line)? UsedIn(SourceClasses classes, string file, string? designer, string context)
    {
        if (classes.Root(file) is not { } root)
        {
            return null;
        }
        var declared = root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text).ToHashSet();
        var types = root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .SelectMany(method => method.DescendantNodes()).OfType<SimpleNameSyntax>()
            .Where(name => !declared.Contains(name.Identifier.Text) && !OfEf.Contains(name.Identifier.Text) && IsType(name))
            .ToArray();
        // What EF writes uses no type but its own, and nobody has to look for entities then.
        var entities = (types.Length == 0 ? [] : Entities(classes.Tree.Read(designer ?? Path.ChangeExtension(file, ".Designer.cs")))).ToLookup(name => name[(name.LastIndexOfAny(['.', '+']) + 1)..]);
        var use = types.FirstOrDefault(name => name.Identifier.Text == context || entities[name.Identifier.Text].Any(entity => IsVisible(entity, name, root)));
        return use is null ? null : (use.Identifier.Text, use.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
    }

    private static IEnumerable<string> Entities(string? designer) =>
        designer is null ? [] : Named().Matches(designer).Select(match => match.Groups["name"].Value).Where(name => name.Contains('.', StringComparison.Ordinal)).Distinct();

    /// <summary>Created, an argument of a generic, asked for its type, or asked for a static member; a name in <c>nameof</c> is a text.</summary>
    private static bool IsType(SimpleNameSyntax name)
    {
        SyntaxNode at = name;
        while (at.Parent is QualifiedNameSyntax qualified && qualified.Right == at)
        {
            at = qualified;
        }
        return at.Parent switch
        {
            ObjectCreationExpressionSyntax or TypeArgumentListSyntax or TypeOfExpressionSyntax or CastExpressionSyntax => true,
            VariableDeclarationSyntax or ParameterSyntax or ArrayTypeSyntax or NullableTypeSyntax => true,
            ForEachStatementSyntax each => each.Type == at,
            MemberAccessExpressionSyntax access => access.Expression == at && !access.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() == "nameof"),
            _ => false,
        };
    }

    /// <summary>The name means the entity only where its namespace is open; elsewhere somebody froze a class of the same name.</summary>
    private static bool IsVisible(string entity, SimpleNameSyntax name, SyntaxNode root)
    {
        var space = entity[..entity.LastIndexOf('.')];
        return name.Parent is QualifiedNameSyntax qualified ? qualified.ToString().EndsWith(entity.Replace('+', '.'), StringComparison.Ordinal)
            : root.DescendantNodes().OfType<UsingDirectiveSyntax>().Any(opened => opened.Name?.ToString() == space)
                || name.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Any(around => $"{around.Name}.".StartsWith($"{space}.", StringComparison.Ordinal));
    }

    [GeneratedRegex("""\.Entity\("(?<name>[^"<]+)""")]
    private static partial Regex Named();
}
