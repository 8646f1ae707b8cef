using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Uses of touched tables as such: sets, navigations, new entities and their configuration; a variable of the class is none.</summary>
internal sealed class TableUses(SemanticModel model, MappedClasses classes, SetNames sets)
{
    private static readonly FrozenSet<string> Configuring = new[] { "Entity", "DbSet", "HasOne", "HasMany", "OwnsOne", "OwnsMany", "UsingEntity" }.ToFrozenSet();

    private readonly FrozenSet<string> ways = classes.Tables.SelectMany(target => classes.WaysTo(target.Entity).Concat(sets.Of(target.Entity.Name))).ToFrozenSet();

    public IEnumerable<(SyntaxNode Node, TouchedName Touched, UseKind Kind)> In(SyntaxNode root)
    {
        if (classes.Tables.Count == 0)
        {
            yield break;
        }
        foreach (var node in root.DescendantNodes())
        {
            var found = node switch
            {
                SimpleNameSyntax name when classes.TablesByClass.Contains(name.Identifier.ValueText) && KindOfClass(name) is { } kind => Named(name, kind),
                SimpleNameSyntax name when ways.Contains(name.Identifier.ValueText) => Led(name),
                ImplicitObjectCreationExpressionSyntax created => Created(created),
                _ => [],
            };
            foreach (var use in found)
            {
                yield return use;
            }
        }
    }

    private static UseKind? KindOfClass(SimpleNameSyntax name)
    {
        SyntaxNode at = name.Parent is QualifiedNameSyntax qualified ? qualified : name;
        return at.Parent switch
        {
            ObjectCreationExpressionSyntax => UseKind.Write,
            TypeArgumentListSyntax { Parent: GenericNameSyntax { Identifier.ValueText: "Set" or "Entries" } } => UseKind.Query,
            TypeArgumentListSyntax { Parent: GenericNameSyntax generic } when Configuring.Contains(generic.Identifier.ValueText) => UseKind.Configuration,
            _ => null,
        };
    }

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Named(SimpleNameSyntax name, UseKind kind) =>
        model.GetSymbolInfo(name).Symbol is not { } symbol ? []
        : from target in classes.TablesByClass[name.Identifier.ValueText]
          where (symbol as INamedTypeSymbol ?? (symbol as IMethodSymbol)?.ContainingType) is { } type && type.Same(target.Entity)
          select ((SyntaxNode)name, target.Touched, kind);

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Created(ImplicitObjectCreationExpressionSyntax created) =>
        model.GetTypeInfo(created).Type is not { } type ? []
        : from target in classes.Tables where type.Same(target.Entity) select ((SyntaxNode)created, target.Touched, UseKind.Write);

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Led(SimpleNameSyntax name)
    {
        var symbol = model.GetSymbolInfo(name).Symbol ?? model.GetSymbolInfo(name).CandidateSymbols.FirstOrDefault();
        return symbol is not IPropertySymbol property || !Leads(property) ? []
            : from target in classes.Tables
              where property.Type.Element().DerivesFrom(target.Entity)
              select ((SyntaxNode)name, target.Touched, KindOfUse.Of(name, model) is UseKind.Read or UseKind.Mapping ? UseKind.Query : KindOfUse.Of(name, model));
    }

    /// <summary>A set of a context, or a navigation of the model: not a list that anybody else keeps.</summary>
    private bool Leads(IPropertySymbol property) => property.Type.Is("DbSet") || property.ContainingType.Is("DbContext") || classes.IsEntity(property.ContainingType);
}
