using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Uses of the properties behind touched columns.</summary>
internal sealed class PropertyUses(SemanticModel model, MappedClasses classes, SetNames sets)
{
    /// <summary>Attributes that say something of a column, or of a name outside of the code.</summary>
    private static readonly string[] Configuring = ["Column", "MaxLength", "StringLength", "Required", "Precision", "Key", "ForeignKey", "Unicode", "Comment", "ConcurrencyCheck", "Timestamp", "DatabaseGenerated", "DefaultValue", "Length", "Range"];

    private static readonly string[] Naming = ["JsonPropertyName", "JsonProperty", "DataMember", "XmlElement", "XmlAttribute", "BsonElement", "ProtoMember", "YamlMember", "Name"];

    public IEnumerable<(SyntaxNode Node, TouchedName Touched, UseKind Kind)> In(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            var found = node switch
            {
                SimpleNameSyntax name when classes.Properties.Contains(name.Identifier.ValueText) => Named(name),
                PropertyDeclarationSyntax property when property.AttributeLists.Count > 0 && classes.Properties.Contains(property.Identifier.ValueText) =>
                    Declared(property.AttributeLists, property.Identifier.ValueText, model.GetDeclaredSymbol(property)),
                ParameterSyntax { Parent.Parent: RecordDeclarationSyntax record } parameter when parameter.AttributeLists.Count > 0 && classes.Properties.Contains(parameter.Identifier.ValueText) =>
                    Declared(parameter.AttributeLists, parameter.Identifier.ValueText, model.GetDeclaredSymbol(record)?.PropertyOf(parameter.Identifier.ValueText)),
                _ => [],
            };
            foreach (var use in found)
            {
                yield return use;
            }
        }
    }

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Named(SimpleNameSyntax name)
    {
        var info = model.GetSymbolInfo(name);
        var symbol = info.Symbol ?? (info.CandidateSymbols.Length > 0 ? info.CandidateSymbols[0] : null);
        return from target in classes.Properties[name.Identifier.ValueText]
               where symbol switch
               {
                   IPropertySymbol property => target.Is(property) && target.Fits(TypeRead(name)) && IsOnTheWay(name, target),
                   IParameterSymbol parameter => IsOfRecord(parameter, target),
                   null => IsLost(name, target),
                   _ => false,
               }
               select ((SyntaxNode)name, target.Touched, KindOfUse.Of(name, model));
    }

    /// <summary><c>new Order(Note: …)</c> of a record.</summary>
    private static bool IsOfRecord(IParameterSymbol parameter, PropertyTarget target) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { IsRecord: true } record } && target.Property is not null && record.DerivesFrom(target.Holder);

    /// <summary>Code that does not compile, where the class is known or the set is named from which it comes.</summary>
    private bool IsLost(SimpleNameSyntax name, PropertyTarget target)
    {
        if (name.Parent is not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax }))
        {
            return false;
        }
        var type = TypeRead(name);
        return type is null or IErrorTypeSymbol ? Readings.ReceiverOf(name) is IdentifierNameSyntax parameter && sets.LeadsFrom(parameter, target.Holder.Name)
            : target.Property is null && type.DerivesFrom(target.Holder);
    }

    /// <summary>An address may be the customer's or the order's.</summary>
    private bool IsOnTheWay(SimpleNameSyntax name, PropertyTarget target)
    {
        if (target.Way is null)
        {
            return true;
        }
        var from = Readings.ReceiverOf(name) ?? Readings.InitializedOf(name);
        return from is null || model.GetSymbolInfo(from).Symbol is not IPropertySymbol way || way.Same(target.Way);
    }

    private ITypeSymbol? TypeRead(SimpleNameSyntax name) => Readings.TypeRead(name, model);

    private static IEnumerable<AttributeSyntax> Known(SyntaxList<AttributeListSyntax> lists, string[] words) =>
        lists.SelectMany(list => list.Attributes).Where(attribute => words.Contains(NameOf(attribute)));

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Declared(SyntaxList<AttributeListSyntax> lists, string name, IPropertySymbol? property) =>
        property is null ? []
        : from target in classes.Properties[name]
          where target.Is(property) && (target.Property!.ContainingType.Same(target.Holder) || property.ContainingType.DerivesFrom(target.Holder))
          from attribute in Known(lists, Configuring).Select(each => (Node: each, Kind: UseKind.Configuration)).Concat(Known(lists, Naming).Select(each => (Node: each, Kind: UseKind.SerializedName)))
          select ((SyntaxNode)attribute.Node, target.Touched, attribute.Kind);

    private static string NameOf(AttributeSyntax attribute)
    {
        var name = (attribute.Name as QualifiedNameSyntax)?.Right.Identifier.ValueText ?? (attribute.Name as SimpleNameSyntax)?.Identifier.ValueText ?? "";
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
    }
}
