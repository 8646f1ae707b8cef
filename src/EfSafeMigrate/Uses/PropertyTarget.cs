using EfSafeMigrate.Changes;
using Microsoft.CodeAnalysis;

namespace EfSafeMigrate.Uses;

/// <summary>A mapped property of a touched column, as one compilation knows it.</summary>
/// <param name="Holder">The class that has it, or had it: the entity, or the owned or complex type.</param>
/// <param name="Property">Null where the class has it no more, or never had it because EF keeps the value.</param>
/// <param name="Way">The property that leads to the holder from the entity; null for one of the entity itself.</param>
internal sealed record PropertyTarget(TouchedName Touched, string Name, INamedTypeSymbol Holder, IPropertySymbol? Property, IPropertySymbol? Way)
{
    public static PropertyTarget? Of(TouchedName touched, MappedProperty mapped, INamedTypeSymbol entity)
    {
        var (holder, way) = (entity, (IPropertySymbol?)null);
        var path = mapped.Property.Split('.');
        foreach (var name in path[..^1])
        {
            if (holder.PropertyOf(name) is not { } next || next.Type.Element() is not INamedTypeSymbol type)
            {
                return null;
            }
            (holder, way) = (type, next);
        }
        return new(touched, path[^1], holder, holder.PropertyOf(path[^1]), way);
    }

    /// <summary>The symbol is the property: itself, what it overrides, or what it implements.</summary>
    public bool Is(IPropertySymbol symbol)
    {
        if (Property is null)
        {
            return false;
        }
        for (var at = symbol; at is not null; at = at.OverriddenProperty)
        {
            if (at.Same(Property))
            {
                return true;
            }
        }
        return symbol.Overrides(Property) || (symbol.ContainingType.TypeKind == TypeKind.Interface && Holder.FindImplementationForInterfaceMember(symbol) is { } made && made.Same(Property));
    }

    /// <summary>A value of the type may be the holder; a class that others share is told apart by what it is read from.</summary>
    public bool Fits(ITypeSymbol? receiver) => receiver switch
    {
        null or IErrorTypeSymbol => Property is not null && Property.ContainingType.Same(Holder),
        ITypeParameterSymbol open => open.ConstraintTypes.Length == 0 || open.ConstraintTypes.Any(Fits),
        _ => receiver.DerivesFrom(Holder) || Holder.DerivesFrom(receiver),
    };
}
