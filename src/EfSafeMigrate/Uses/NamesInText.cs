using EfSafeMigrate.Changes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>Names of properties, navigations and tables in texts that EF takes them from.</summary>
internal sealed class NamesInText(SemanticModel model, MappedClasses classes)
{
    /// <summary>Methods of libraries that sort by a name.</summary>
    private static readonly string[] Sorting = ["OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending"];

    private static readonly string[] Configuring = ["Property", "HasIndex", "HasKey", "HasAlternateKey", "HasForeignKey", "HasPrincipalKey", "Ignore", "IncludeProperties", "HasDiscriminator"];

    public IEnumerable<(SyntaxNode Node, TouchedName Touched, UseKind Kind)> In(ExpressionSyntax text)
    {
        if (text is not LiteralExpressionSyntax { Token.Value: string value } || value.Length == 0)
        {
            return [];
        }
        return text.Parent switch
        {
            AttributeArgumentSyntax argument => InAttribute(text, value, argument),
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } => InCall(text, value, call),
            ArgumentSyntax { Parent: BracketedArgumentListSyntax { Parent: ElementAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CurrentValues" or "OriginalValues", Expression: var entry } } } } =>
                Columns(text, value, EntityOf(model.GetTypeInfo(entry).Type, last: false), UseKind.Write),
            _ => [],
        };
    }

    /// <summary>The table of the entity whose configuration a text stands in; null where nobody can tell.</summary>
    public TableName? TableAround(ExpressionSyntax text) =>
        text.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && Configured(call) is { } entity
            ? classes.Properties.SelectMany(each => each).FirstOrDefault(target => entity.DerivesFrom(target.Holder))?.Touched.Table : null;

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> InCall(ExpressionSyntax text, string value, InvocationExpressionSyntax call)
    {
        var method = KindOfUse.NameOf(call);
        if (method == "Property" && call is { Expression: MemberAccessExpressionSyntax { Expression: var ef }, ArgumentList.Arguments: [{ Expression: var of }, _] } && ef.ToString().EndsWith("EF", StringComparison.Ordinal))
        {
            return Columns(text, value, model.GetTypeInfo(of).Type, UseKind.Query);
        }
        return method switch
        {
            "Include" or "ThenInclude" => Included(text, value, call),
            "HasColumnName" => Renamed(text, value, call),
            _ when Sorting.Contains(method) => Columns(text, value, ElementRead(call), UseKind.Query),
            "ToTable" => Tables(text, value, Configured(call)),
            _ when Configuring.Contains(method) => Columns(text, value, Configured(call), IsOfEntry(call) ? UseKind.Write : UseKind.Configuration),
            _ => [],
        };
    }

    private bool IsOfEntry(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Expression: var on } && model.GetTypeInfo(on).Type.Is("EntityEntry");

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> InAttribute(ExpressionSyntax text, string value, AttributeArgumentSyntax argument)
    {
        var attribute = argument.FirstAncestorOrSelf<AttributeSyntax>()!;
        if (attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || model.GetDeclaredSymbol(type) is not { } entity)
        {
            return [];
        }
        return attribute.Name.ToString().Split('.')[^1] switch
        {
            "Table" or "TableAttribute" => Tables(text, value, entity),
            "Index" or "ForeignKey" or "PrimaryKey" or "IndexAttribute" or "ForeignKeyAttribute" or "PrimaryKeyAttribute" => Columns(text, value, entity, UseKind.Configuration),
            _ => [],
        };
    }

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Columns(ExpressionSyntax text, string value, ITypeSymbol? entity, UseKind kind) =>
        entity is null ? []
        : from target in classes.Properties[value]
          where target.Way is null && (entity.DerivesFrom(target.Holder) || target.Holder.DerivesFrom(entity))
          select ((SyntaxNode)text, target.Touched, kind);

    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Tables(ExpressionSyntax text, string value, ITypeSymbol? entity) =>
        from target in classes.Tables
        where target.Touched.Table.Name == value && entity is not null && entity.DerivesFrom(target.Entity)
        select ((SyntaxNode)text, target.Touched, UseKind.Configuration);

    /// <summary><c>Property(order => order.Note).HasColumnName("note")</c>: the property says whose column it is.</summary>
    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Renamed(ExpressionSyntax text, string value, InvocationExpressionSyntax call)
    {
        var property = call.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(each => KindOfUse.NameOf(each) == "Property");
        var name = property?.ArgumentList.Arguments.FirstOrDefault()?.Expression.DescendantTokens().LastOrDefault(token => token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken)).ValueText;
        return name is null ? [] : Columns(text, name, Configured(property!), UseKind.Configuration).Where(use => use.Item2.Column == value);
    }

    /// <summary>What the query holds that a method is called on.</summary>
    private ITypeSymbol? ElementRead(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var query } ? model.GetTypeInfo(query).Type?.Element() : null;

    /// <summary><c>Include("Lines.Product")</c>.</summary>
    private IEnumerable<(SyntaxNode, TouchedName, UseKind)> Included(ExpressionSyntax text, string value, InvocationExpressionSyntax call)
    {
        var at = ElementRead(call) as INamedTypeSymbol;
        foreach (var name in value.Split('.'))
        {
            at = at?.PropertyOf(name)?.Type.Element() as INamedTypeSymbol;
            foreach (var target in classes.Tables.Where(target => at is not null && at.DerivesFrom(target.Entity)))
            {
                yield return (text, target.Touched, UseKind.Query);
            }
        }
    }

    /// <summary>The entity of the builder, of the entry, or of the configuration's class.</summary>
    private ITypeSymbol? Configured(InvocationExpressionSyntax call)
    {
        var last = KindOfUse.NameOf(call) != "HasPrincipalKey";
        for (var at = call.Expression; at is MemberAccessExpressionSyntax { Expression: var on };)
        {
            if (EntityOf(model.GetTypeInfo(on).Type, last) is { } entity)
            {
                return entity;
            }
            at = on is InvocationExpressionSyntax inner ? inner.Expression : on;
        }
        // What configures the table itself stands in a lambda of the entity's.
        return call.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } around && around != call ? Configured(around) : null;
    }

    private static ITypeSymbol? EntityOf(ITypeSymbol? type, bool last) =>
        type is INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } named && (named.Name.EndsWith("Builder", StringComparison.Ordinal) || named.Name == "EntityEntry") && named.Name is not "PropertyBuilder" and not "DiscriminatorBuilder"
            ? arguments[last ? ^1 : 0] : null;
}
