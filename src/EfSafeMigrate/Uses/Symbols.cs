using Microsoft.CodeAnalysis;

namespace EfSafeMigrate.Uses;

/// <summary>Questions to symbols.</summary>
internal static class Symbols
{
    public static bool Same(this ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other.OriginalDefinition);

    /// <summary>Its own or an inherited one.</summary>
    public static IPropertySymbol? PropertyOf(this INamedTypeSymbol type, string name)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } found)
            {
                return found;
            }
        }
        return null;
    }

    public static bool Overrides(this IPropertySymbol property, IPropertySymbol other)
    {
        for (var at = other.OverriddenProperty; at is not null; at = at.OverriddenProperty)
        {
            if (at.Same(property))
            {
                return true;
            }
        }
        return false;
    }

    public static bool DerivesFrom(this ITypeSymbol type, ITypeSymbol other)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.Same(other))
            {
                return true;
            }
        }
        return other.TypeKind == TypeKind.Interface && type.AllInterfaces.Any(each => each.Same(other));
    }

    /// <summary>What a collection holds, and what <c>Nullable</c> holds; the type itself otherwise.</summary>
    public static ITypeSymbol Element(this ITypeSymbol type) =>
        type is IArrayTypeSymbol array ? array.ElementType
        : type is not INamedTypeSymbol { SpecialType: not SpecialType.System_String } named ? type
        : named.AllInterfaces.Append(named).FirstOrDefault(each => each.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T) is { } many ? many.TypeArguments[0]
        : named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? named.TypeArguments[0]
        : named.Name == "DbSet" && named.TypeArguments.Length == 1 ? named.TypeArguments[0]
        : type;

    /// <summary>A class of that name stands above it, its interfaces included.</summary>
    public static bool Is(this ITypeSymbol? type, string name)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.Name == name)
            {
                return true;
            }
        }
        return type is not null && type.AllInterfaces.Any(each => each.Name == name);
    }

    /// <summary>In a namespace, or in one below it.</summary>
    public static bool IsIn(this ISymbol? symbol, string space) =>
        symbol?.ContainingNamespace?.ToDisplayString() is { } name && (name == space || name.StartsWith($"{space}.", StringComparison.Ordinal));
}
