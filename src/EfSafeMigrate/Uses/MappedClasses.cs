using EfSafeMigrate.Changes;
using Microsoft.CodeAnalysis;

namespace EfSafeMigrate.Uses;

/// <summary>The classes of the model in one compilation, with what is touched of each.</summary>
internal sealed class MappedClasses
{
    private readonly INamedTypeSymbol[] entities;

    public MappedClasses(Compilation compilation, IReadOnlyList<TouchedName> touched, IReadOnlyList<MappedProperty> mapped)
    {
        var found = mapped.Select(each => each.Entity).Distinct().ToDictionary(name => name, name => compilation.GetTypesByMetadataName(name).FirstOrDefault());
        entities = [.. found.Values.OfType<INamedTypeSymbol>()];
        var properties = from each in touched
                         where each.Column is not null
                         from property in mapped
                         where property.Table.Matches(each.Table) && IsNamed(each, property.Column) && found[property.Entity] is not null
                         select PropertyTarget.Of(each, property, found[property.Entity]!);
        Properties = properties.OfType<PropertyTarget>().Distinct().ToLookup(target => target.Name);
        Tables = [.. touched.Where(each => each.Column is null).SelectMany(each => ClassesOf(each, mapped, found)).Distinct()];
        TablesByClass = Tables.ToLookup(target => target.Entity.Name);
    }

    /// <summary>By the properties' names.</summary>
    public ILookup<string, PropertyTarget> Properties { get; }

    public IReadOnlyList<TableTarget> Tables { get; }

    /// <summary>By the classes' names.</summary>
    public ILookup<string, TableTarget> TablesByClass { get; }

    /// <summary>The properties by which the classes of the model lead to a class.</summary>
    public IEnumerable<string> WaysTo(INamedTypeSymbol entity) =>
        entities.SelectMany(each => each.GetMembers().OfType<IPropertySymbol>()).Where(property => property.Type.Element().DerivesFrom(entity)).Select(property => property.Name);

    public bool IsEntity(ITypeSymbol type) => entities.Any(entity => type.DerivesFrom(entity) || entity.DerivesFrom(type));

    private static bool IsNamed(TouchedName touched, string column) => column == touched.Column || (touched.Touch == Touch.RenamedColumn && column == touched.NewName);

    /// <summary>What is owned has a class of its own for a table only where its owner has not.</summary>
    private static IEnumerable<TableTarget> ClassesOf(TouchedName touched, IReadOnlyList<MappedProperty> mapped, Dictionary<string, INamedTypeSymbol?> found)
    {
        var there = mapped.Where(property => property.Table.Matches(touched.Table) || property.Table.ToString() == touched.NewName).ToArray();
        var depth = there.Select(DepthOf).DefaultIfEmpty().Min();
        return there.Where(property => DepthOf(property) == depth).Select(property => HolderOf(property, found[property.Entity])).OfType<INamedTypeSymbol>()
            .Select(holder => new TableTarget(touched, holder));
    }

    private static int DepthOf(MappedProperty property) => property.Property.Count(letter => letter == '.');

    private static INamedTypeSymbol? HolderOf(MappedProperty property, INamedTypeSymbol? entity)
    {
        foreach (var name in property.Property.Split('.')[..^1])
        {
            entity = entity?.PropertyOf(name)?.Type.Element() as INamedTypeSymbol;
        }
        return entity;
    }
}

/// <summary>The class behind a touched table.</summary>
internal sealed record TableTarget(TouchedName Touched, INamedTypeSymbol Entity);
