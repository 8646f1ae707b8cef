using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>Copies a property with its facets, and puts a copy in a property's place.</summary>
internal static class PropertyCopy
{
    /// <param name="nullable">Null keeps the original's nullability.</param>
    public static IMutableProperty Add(IMutableEntityType owner, IReadOnlyProperty original, string name, bool? nullable)
    {
        var optional = nullable ?? original.IsNullable;
        var type = original.ClrType;
        var copy = owner.AddProperty(name, optional && type.IsValueType && Nullable.GetUnderlyingType(type) is null
            ? typeof(Nullable<>).MakeGenericType(type) : !optional ? Nullable.GetUnderlyingType(type) ?? type : type);
        copy.IsNullable = optional;
        copy.ValueGenerated = original.ValueGenerated;
        copy.IsConcurrencyToken = original.IsConcurrencyToken;
        Annotations(original, copy);
        return copy;
    }

    /// <summary>Replaces the property; keys forbid it, indexes and foreign keys on it are made anew.</summary>
    public static void Replace(IMutableProperty property, IReadOnlyProperty original, bool? nullable)
    {
        var wanted = nullable ?? original.IsNullable;
        if (ReferenceEquals(property, original) && (!property.ClrType.IsValueType || Nullable.GetUnderlyingType(property.ClrType) is not null))
        {
            property.IsNullable = wanted;
            foreach (var key in property.GetContainingForeignKeys().Where(key => wanted))
            {
                key.IsRequired = false;
            }
            return;
        }
        var owner = (IMutableEntityType)property.DeclaringType;
        var indexes = property.GetContainingIndexes().Select(index => IndexParts.Of(index, property)).ToArray();
        var foreignKeys = property.GetContainingForeignKeys().Select(key => ForeignKeyParts.Of(key, property)).ToArray();
        // What is owned has its owner's name before its own only where the table is named.
        var column = Places.StoreOf(owner) is { } store ? property.GetColumnName(store) : property.GetColumnName();
        var copyFrom = ReferenceEquals(property, original) ? Snapshot(property) : original;
        foreach (var key in property.GetContainingForeignKeys().ToArray())
        {
            key.DeclaringEntityType.RemoveForeignKey(key);
        }
        foreach (var index in property.GetContainingIndexes().ToArray())
        {
            index.DeclaringEntityType.RemoveIndex(index);
        }
        owner.RemoveProperty(property);
        var copy = Add(owner, copyFrom, property.Name, wanted);
        copy.SetColumnName(column);
        foreach (var index in indexes)
        {
            index.AddTo(copy);
        }
        foreach (var key in foreignKeys)
        {
            key.AddTo(copy);
        }
    }

    /// <summary>A key cannot let go of its property, and both sides of a foreign key have one CLR type: the property stays, over the original's column.</summary>
    public static void KeepType(IMutableProperty property, IReadOnlyProperty original) => property.SetColumnType(original.GetColumnType());

    /// <summary>The name, or the name with a suffix when the target has another property so called.</summary>
    public static string FreeName(IMutableEntityType owner, string name)
    {
        var free = name;
        for (var number = 1; owner.FindProperty(free) is not null || owner.GetDerivedTypes().Any(type => type.FindDeclaredProperty(free) is not null); number++)
        {
            free = $"{name}Kept{(number == 1 ? "" : number)}";
        }
        return free;
    }

    public static void Annotations(IReadOnlyAnnotatable from, IMutableAnnotatable to)
    {
        foreach (var annotation in from.GetAnnotations().Where(annotation => IsPlain(annotation.Value)))
        {
            to.SetAnnotation(annotation.Name, annotation.Value);
        }
    }

    /// <summary>Values that belong to nobody; an object such as a mapping or an override belongs to its model.</summary>
    private static bool IsPlain(object? value) =>
        value is null or string or Type || value.GetType() is { IsValueType: true } || value is Array;

    /// <summary>A property in a throw-away model, because the original is about to be removed.</summary>
    private static IMutableProperty Snapshot(IMutableProperty property)
    {
        var model = new ModelBuilder().Model;
        return Add(model.AddEntityType("Copy"), property, property.Name, nullable: null);
    }
}
